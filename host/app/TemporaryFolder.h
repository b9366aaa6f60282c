#pragma once

#include <stdlib.h>

#include <cerrno>
#include <filesystem>
#include <string>
#include <system_error>

namespace zoco::host
{

/// A folder below the system's temporary one, removed with all it holds at the end. Throws std::system_error.
class TemporaryFolder
{
public:
    /// `prefix` begins its name.
    explicit TemporaryFolder(const std::string& prefix)
        : _path((std::filesystem::temp_directory_path() / (prefix + "XXXXXX")).string())
    {
        if (::mkdtemp(_path.data()) == nullptr) throw std::system_error(errno, std::generic_category(), _path);
    }
    ~TemporaryFolder()
    {
        std::error_code none;
        std::filesystem::remove_all(_path, none);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    const std::string& path() const noexcept { return _path; }

private:
    std::string _path;
};

} // namespace zoco::host
