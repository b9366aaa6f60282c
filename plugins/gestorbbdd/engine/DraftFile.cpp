#include "DraftFile.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <system_error>
#include <unistd.h>

namespace zoco::gestorbbdd
{

namespace
{

[[noreturn]] void failed() { throw std::system_error(errno, std::generic_category()); }

void sync(const std::string& path, int flags)
{
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | flags);
    if (fd < 0) failed();
    const int synced = ::fsync(fd);
    ::close(fd);
    if (synced != 0 && flags == 0) failed();
}

} // namespace

DraftFile::DraftFile(const std::string& target) : _target(target), _path(target + ".XXXXXX")
{
    const int fd = ::mkostemp(_path.data(), O_CLOEXEC);
    if (fd < 0) failed();
    ::close(fd);
}

DraftFile::~DraftFile()
{
    if (!_isPublished) ::unlink(_path.c_str());
}

void DraftFile::publish() { publish(RENAME_NOREPLACE); }

void DraftFile::replace() { publish(0); }

void DraftFile::publish(unsigned flags)
{
    sync(_path, 0);
    if (::renameat2(AT_FDCWD, _path.c_str(), AT_FDCWD, _target.c_str(), flags) != 0) failed();
    _isPublished = true;
    sync(std::filesystem::path(_target).parent_path().string(), O_DIRECTORY);
}

} // namespace zoco::gestorbbdd
