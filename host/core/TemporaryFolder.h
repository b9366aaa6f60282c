#pragma once

#include <stdlib.h>

#include <cerrno>
#include <filesystem>
#include <string>
#include <system_error>

namespace zoco::host
{

/// A folder for its owner alone, removed with all it holds at the end. Throws std::system_error.
class TemporaryFolder
{
public:
    /// Below the system's temporary one; `prefix` begins its name.
    explicit TemporaryFolder(const std::string& prefix)
        : _path((std::filesystem::temp_directory_path() / (prefix + "XXXXXX")).string())
    {
        if (::mkdtemp(_path.data()) == nullptr) throw std::system_error(errno, std::generic_category(), _path);
    }
    /// This very folder; what an earlier owner left there goes first.
    static TemporaryFolder at(std::string path) { return TemporaryFolder(std::move(path), Exact{}); }
    ~TemporaryFolder()
    {
        std::error_code none;
        std::filesystem::remove_all(_path, none);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    const std::string& path() const noexcept { return _path; }

private:
    struct Exact
    {
    };
    TemporaryFolder(std::string path, Exact) : _path(std::move(path))
    {
        std::filesystem::remove_all(_path);
        std::filesystem::create_directories(_path);
        std::filesystem::permissions(_path, std::filesystem::perms::owner_all);
    }

    std::string _path;
};

} // namespace zoco::host
