#include "RateLimiter.h"

#include "core/ClientNetwork.h"
#include "core/Clock.h"

#include <algorithm>
#include <functional>

namespace zoco::host
{

namespace
{

constexpr std::size_t kBucketsPerShard = 8192;
constexpr std::int64_t kSweepIntervalNs = 100'000'000;

std::string keyOf(std::uint32_t route, std::string_view client)
{
    return std::to_string(route) + ' ' + clientNetwork(client);
}

} // namespace

std::optional<std::int64_t> RateLimiter::acquire(std::uint32_t route, std::string_view client, std::uint32_t count,
                                                 std::uint32_t windowMs)
{
    return acquireAt(steadyNs(), route, client, count, windowMs);
}

std::optional<std::int64_t> RateLimiter::acquireAt(std::int64_t nowNs, std::uint32_t route, std::string_view client,
                                                   std::uint32_t count, std::uint32_t windowMs)
{
    if (count == 0 || windowMs == 0) return std::nullopt;
    const auto windowNs = static_cast<std::int64_t>(windowMs) * 1'000'000;
    const auto tokenNs = std::max<std::int64_t>(1, windowNs / count);
    auto key = keyOf(route, client);
    auto& shard = _shards[std::hash<std::string>{}(key) % _shards.size()];

    const std::lock_guard lock(shard.mutex);
    if (shard.fullAtNs.size() >= kBucketsPerShard && nowNs >= shard.sweepAgainNs)
    {
        shard.sweepAgainNs = nowNs + kSweepIntervalNs;
        std::erase_if(shard.fullAtNs, [nowNs](const auto& bucket) { return bucket.second <= nowNs; });
    }
    // Still full: many clients at once. Somebody's bucket is forgotten, since turning newcomers away would turn all
    // away.
    if (shard.fullAtNs.size() >= kBucketsPerShard && !shard.fullAtNs.contains(key))
        shard.fullAtNs.erase(shard.fullAtNs.begin());
    auto& fullAt = shard.fullAtNs[std::move(key)];
    const auto next = std::max(fullAt, nowNs) + tokenNs;
    if (next - nowNs > windowNs)
        return std::max<std::int64_t>(1, (next - nowNs - windowNs + 999'999'999) / 1'000'000'000);
    fullAt = next;
    return std::nullopt;
}

std::size_t RateLimiter::size() const
{
    std::size_t out = 0;
    for (const auto& shard : _shards)
    {
        const std::lock_guard lock(shard.mutex);
        out += shard.fullAtNs.size();
    }
    return out;
}

} // namespace zoco::host
