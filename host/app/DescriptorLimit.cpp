#include "DescriptorLimit.h"

#include <sys/resource.h>

#include <algorithm>

namespace zoco::host
{

std::size_t fittingConnections(std::size_t wanted) noexcept
{
    constexpr rlim_t kOthers = 256; // listeners, logs, databases, libraries
    const rlim_t needed = 2 * static_cast<rlim_t>(wanted) + kOthers;
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= needed) return wanted;
    const auto before = limit.rlim_cur;
    limit.rlim_cur = std::min(needed, limit.rlim_max);
    if (::setrlimit(RLIMIT_NOFILE, &limit) != 0) limit.rlim_cur = before;
    if (limit.rlim_cur >= needed) return wanted;
    const auto others = std::min(kOthers, limit.rlim_cur / 2);
    return std::max<std::size_t>(1, static_cast<std::size_t>(limit.rlim_cur - others) / 2);
}

} // namespace zoco::host
