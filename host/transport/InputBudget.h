#pragma once

#include "core/NetworkList.h"

#include <cstddef>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>

namespace zoco::host
{

/// How much memory large requests may hold while they arrive, in all and by one client (of IPv6, a /64), which may have
/// a quarter: slow senders of large bodies must not use up the machine, nor keep others from sending. Proxies, which
/// speak for many, may have all of it. [any-thread]
class InputBudget
{
public:
    explicit InputBudget(std::size_t bytes, NetworkList proxies = {})
        : _limit(bytes), _limitPerClient(bytes / 4), _proxies(std::move(proxies))
    {
    }

    /// Takes so many bytes, or none and returns false.
    bool take(const std::string& client, std::size_t bytes);
    void give(const std::string& client, std::size_t bytes) noexcept;
    std::size_t used() const;

private:
    const std::size_t _limit;
    const std::size_t _limitPerClient;
    const NetworkList _proxies;
    mutable std::mutex _mutex;
    std::size_t _used = 0;
    std::unordered_map<std::string, std::size_t> _perClient;
};

} // namespace zoco::host
