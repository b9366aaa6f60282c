#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace zoco::host
{

/// Token buckets, one per route and client; IPv6 clients count by their /64, since one customer has all of it.
/// Memory is bounded: in a full shard, buckets that are full again are forgotten, and then any. [any-thread]
class RateLimiter
{
public:
    /// Takes a token. Empty: go on. Otherwise the seconds after which one is there again (at least 1).
    std::optional<std::int64_t> acquire(std::uint32_t route, std::string_view client, std::uint32_t count,
                                        std::uint32_t windowMs);
    /// The same at a given time of the steady clock.
    std::optional<std::int64_t> acquireAt(std::int64_t nowNs, std::uint32_t route, std::string_view client,
                                          std::uint32_t count, std::uint32_t windowMs);

    /// Buckets that are remembered.
    std::size_t size() const;

private:
    /// Instead of tokens it keeps the time at which the bucket will be full: the generic cell rate algorithm
    /// (ITU-T I.371).
    struct Shard
    {
        mutable std::mutex mutex;
        std::unordered_map<std::string, std::int64_t> fullAtNs;
        std::int64_t sweepAgainNs = 0; ///< not before: a flood must not make every request look through all buckets
    };

    std::array<Shard, 16> _shards;
};

} // namespace zoco::host
