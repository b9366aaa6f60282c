#pragma once

#include <string>
#include <string_view>

namespace zoco::test
{

/// A folder of one test's own, below the system's temporary one; gone with the object. Throws std::system_error.
class TempFolder
{
public:
    TempFolder();
    ~TempFolder();
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;

    const std::string& path() const noexcept { return _path; }
    /// Absolute path of a name below the folder.
    std::string path(std::string_view name) const { return _path + "/" + std::string(name); }
    /// Writes a file, and the folders above it; returns its absolute path.
    std::string write(std::string_view name, std::string_view content, unsigned mode = 0644) const;
    /// The content of a file below the folder; throws when it cannot be read.
    std::string read(std::string_view name) const;

private:
    std::string _path;
};

/// The content of any file; throws std::runtime_error when it cannot be read.
std::string readFile(const std::string& path);

} // namespace zoco::test
