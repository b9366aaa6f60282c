#include "support/SmallDisk.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

namespace zoco::test
{

namespace
{

constexpr const char* kBallast = "ballast";

} // namespace

std::vector<std::string> SmallDisk::launcher(const std::string& content) const
{
    return {"unshare",
            "--mount",
            ::geteuid() == 0 ? "--" : "--map-root-user",
            "sh",
            "-ec",
            R"(mount -t tmpfs -o size="$1"m none "$0"; [ -z "$2" ] || cp -r "$2" "$0"; shift 2; exec "$@")",
            _folder,
            std::to_string(_megabytes),
            content};
}

std::string SmallDisk::seenFromOutside(::pid_t child, const std::string& name) const
{
    return "/proc/" + std::to_string(child) + "/root" + _folder + "/" + name;
}

void SmallDisk::fill(::pid_t child) const
{
    const auto path = seenFromOutside(child, kBallast);
    const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) throw std::system_error(errno, std::generic_category(), path);
    const std::string block(4096, 'x');
    while (::write(fd, block.data(), block.size()) > 0)
    {
    }
    const int why = errno;
    ::close(fd);
    if (why != ENOSPC) throw std::system_error(why, std::generic_category(), path);
}

void SmallDisk::makeRoom(::pid_t child) const { std::filesystem::remove(seenFromOutside(child, kBallast)); }

} // namespace zoco::test
