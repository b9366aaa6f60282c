#include "SecretFile.h"

#include "core/UniqueFd.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>

namespace zoco::host
{

bool readSecretFile(const std::string& path, std::string& secret, std::string& fault)
{
    constexpr std::size_t kMax = 64 * 1024;
    const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat info
    {
    };
    if (!fd || ::fstat(fd.get(), &info) != 0)
    {
        fault = "cannot read " + path + ": " + std::strerror(errno);
        return false;
    }
    if (!S_ISREG(info.st_mode))
    {
        fault = path + " is not a regular file";
        return false;
    }
    if ((info.st_mode & 077) != 0)
    {
        fault = path + " may be read by others than its owner; use chmod 600";
        return false;
    }
    secret.resize(kMax + 1);
    const auto size = ::read(fd.get(), secret.data(), secret.size());
    secret.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
    if (!secret.empty() && secret.back() == '\n') secret.pop_back();
    if (!secret.empty() && secret.back() == '\r') secret.pop_back();
    if (secret.empty() || secret.size() > kMax)
    {
        fault = path + (secret.empty() ? " is empty" : " is larger than 64 KiB");
        return false;
    }
    return true;
}

} // namespace zoco::host
