#pragma once

#include <string>

namespace zoco::gestorbbdd
{

/// A new file beside another one, readable by its owner only; gone at the end unless it was published. Throws
/// std::system_error.
class DraftFile
{
public:
    explicit DraftFile(const std::string& target);
    ~DraftFile();
    DraftFile(const DraftFile&) = delete;
    DraftFile& operator=(const DraftFile&) = delete;

    const std::string& path() const noexcept { return _path; }

    /// Gives it its name, durably; never in the place of something else (std::errc::file_exists).
    void publish();
    /// The same in the place of what is there.
    void replace();

private:
    void publish(unsigned flags);

    const std::string _target;
    std::string _path;
    bool _isPublished = false;
};

} // namespace zoco::gestorbbdd
