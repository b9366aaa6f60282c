#pragma once

#include "core/NetworkList.h"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>

namespace zoco::host
{

/// Counts open connections in all and per client (of IPv6, per /64), and says when there are too many. [any-thread]
class ConnectionCounter
{
public:
    /// Those of `many`, such as proxies, are not limited each.
    ConnectionCounter(std::size_t limit, std::size_t limitPerClient, NetworkList many = {})
        : _limit(limit), _limitPerClient(limitPerClient), _many(std::move(many))
    {
    }

    /// Counts one more, or returns false. `client` empty is the operator, who gets in however many there are.
    bool open(const std::string& client);
    void close(const std::string& client);
    std::size_t total() const;
    /// Waits until none is open. False when the deadline passed first.
    bool waitForNone(std::chrono::milliseconds deadline);

private:
    const std::size_t _limit;
    const std::size_t _limitPerClient; ///< 0: none
    const NetworkList _many;
    mutable std::mutex _mutex;
    std::condition_variable _changed;
    std::size_t _total = 0;
    std::unordered_map<std::string, std::size_t> _perClient;
};

} // namespace zoco::host
