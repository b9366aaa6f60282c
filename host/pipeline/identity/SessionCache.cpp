#include "SessionCache.h"

#include <algorithm>

namespace zoco::host
{

std::optional<std::shared_ptr<const Session>> SessionCache::find(const TokenHash& token, std::int64_t nowNs,
                                                                 std::int64_t nowUs)
{
    auto& shard = shardOf(token);
    const std::lock_guard lock(shard.mutex);
    if (const auto found = shard.byToken.find(token); found != shard.byToken.end())
    {
        const auto at = found->second;
        if (at->untilNs <= nowNs) return std::nullopt;
        if (at->session->expiresUs() <= nowUs) return nullptr;
        shard.entries.splice(shard.entries.begin(), shard.entries, at);
        return at->session;
    }
    const auto unknown = shard.unknownUntilNs.find(token);
    if (unknown != shard.unknownUntilNs.end() && unknown->second > nowNs) return nullptr;
    return std::nullopt;
}

/// The revocation is noted before the shards are gone through: whoever comes to a shard after that sees the note.
Revocations::Hit SessionCache::put(const TokenHash& token, std::shared_ptr<const Session> session, std::uint64_t ticket,
                                   std::int64_t nowNs)
{
    auto& shard = shardOf(token);
    const std::lock_guard lock(shard.mutex);
    const auto hit = _revocations.hitSince(ticket, *session);
    if (hit != Revocations::Hit::No) return hit;
    const auto untilNs = nowNs + _limits.sessionNs;
    if (const auto found = shard.byToken.find(token); found != shard.byToken.end())
    {
        shard.entries.splice(shard.entries.begin(), shard.entries, found->second);
        shard.entries.front().session = std::move(session);
        shard.entries.front().untilNs = untilNs;
        return hit;
    }
    if (shard.entries.size() >= std::max<std::size_t>(1, _limits.sessions / _shards.size()))
    {
        shard.byToken.erase(shard.entries.back().token);
        shard.entries.pop_back();
    }
    shard.entries.push_front({token, std::move(session), untilNs});
    shard.byToken.emplace(token, shard.entries.begin());
    return hit;
}

void SessionCache::putUnknown(const TokenHash& token, std::int64_t nowNs)
{
    auto& shard = shardOf(token);
    const std::lock_guard lock(shard.mutex);
    if (const auto found = shard.byToken.find(token); found != shard.byToken.end())
    {
        shard.entries.erase(found->second);
        shard.byToken.erase(found);
    }
    if (shard.unknownUntilNs.size() >= std::max<std::size_t>(1, _limits.unknown / _shards.size()))
        shard.unknownUntilNs.clear(); // they are for a second anyway
    shard.unknownUntilNs[token] = nowNs + _limits.unknownNs;
}

template <class Ends>
void SessionCache::remove(const Ends& ends)
{
    for (auto& shard : _shards)
    {
        const std::lock_guard lock(shard.mutex);
        for (auto at = shard.entries.begin(); at != shard.entries.end();)
        {
            if (!ends(*at->session))
            {
                ++at;
                continue;
            }
            shard.byToken.erase(at->token);
            at = shard.entries.erase(at);
        }
    }
}

void SessionCache::revokeUser(std::string_view user)
{
    _revocations.addUser(user);
    remove([&](const Session& session) { return session.user() == user; });
}

void SessionCache::revokeSession(std::string_view id)
{
    _revocations.addSession(id);
    remove([&](const Session& session) { return session.id() == id; });
}

void SessionCache::clear()
{
    _revocations.addAll();
    remove([](const Session&) { return true; });
}

std::size_t SessionCache::size() const
{
    std::size_t out = 0;
    for (const auto& shard : _shards)
    {
        const std::lock_guard lock(shard.mutex);
        out += shard.entries.size();
    }
    return out;
}

} // namespace zoco::host
