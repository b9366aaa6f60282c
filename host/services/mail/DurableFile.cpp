#include "DurableFile.h"

#include "core/UniqueFd.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>

namespace zoco::host
{

namespace
{

[[noreturn]] void fail(const std::string& path) { throw std::system_error(errno, std::generic_category(), path); }

void syncFolderOf(const std::string& path)
{
    const auto folder = path.substr(0, path.rfind('/'));
    const UniqueFd fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!fd || ::fsync(fd.get()) != 0) fail(folder);
}

} // namespace

void replaceDurably(const std::string& path, std::string_view content)
{
    const auto draft = path + ".new";
    {
        const UniqueFd fd(::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
        if (!fd) fail(draft);
        while (!content.empty())
        {
            const auto n = ::write(fd.get(), content.data(), content.size());
            if (n < 0 && errno == EINTR) continue;
            if (n <= 0) fail(draft);
            content.remove_prefix(static_cast<std::size_t>(n));
        }
        if (::fsync(fd.get()) != 0) fail(draft);
    }
    if (std::rename(draft.c_str(), path.c_str()) != 0) fail(path);
    syncFolderOf(path);
}

void removeDurably(const std::string& path)
{
    if (::unlink(path.c_str()) != 0)
    {
        if (errno != ENOENT) fail(path);
        return;
    }
    syncFolderOf(path);
}

} // namespace zoco::host
