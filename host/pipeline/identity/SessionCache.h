#pragma once

#include "Revocations.h"
#include "Session.h"
#include "TokenHash.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <unordered_map>

namespace zoco::host
{

/// A value.
struct SessionCacheLimits
{
    std::size_t sessions = 32 * 1024; ///< the one that was used longest ago goes first
    std::size_t unknown = 16 * 1024;  ///< tokens of no session; apart, so that a flood of them displaces no session
    std::int64_t sessionNs = 30'000'000'000;
    std::int64_t unknownNs = 1'000'000'000;
};

/// What zoco.auth/1 said lately of tokens. Never holds a session beyond its end; one that is revoked is gone when
/// `revoke...` returns, and an answer that was under way is not taken. [any-thread]
class SessionCache
{
public:
    explicit SessionCache(SessionCacheLimits limits = {}) : _limits(limits) {}
    SessionCache(const SessionCache&) = delete;
    SessionCache& operator=(const SessionCache&) = delete;

    /// Nothing: to be asked. Null: there is no such session. `nowNs` steady, `nowUs` since 1970.
    std::optional<std::shared_ptr<const Session>> find(const TokenHash& token, std::int64_t nowNs, std::int64_t nowUs);

    /// To be taken before the question is asked.
    std::uint64_t ticket() const { return _revocations.now(); }
    /// Keeps an answer unless that session was revoked since the ticket was taken; then Yes or Unknown says so.
    Revocations::Hit put(const TokenHash& token, std::shared_ptr<const Session> session, std::uint64_t ticket,
                         std::int64_t nowNs);
    /// Whether a session that was answered since the ticket was taken has been revoked meanwhile.
    Revocations::Hit hitSince(std::uint64_t ticket, const Session& session) const
    {
        return _revocations.hitSince(ticket, session);
    }
    void putUnknown(const TokenHash& token, std::int64_t nowNs);

    void revokeUser(std::string_view user);
    void revokeSession(std::string_view session);
    void clear();

    /// Sessions that are kept.
    std::size_t size() const;

private:
    struct Entry
    {
        TokenHash token;
        std::shared_ptr<const Session> session;
        std::int64_t untilNs;
    };
    struct Shard
    {
        mutable std::mutex mutex;
        std::list<Entry> entries; ///< the last used first
        std::unordered_map<TokenHash, std::list<Entry>::iterator, TokenHashHash> byToken;
        std::unordered_map<TokenHash, std::int64_t, TokenHashHash> unknownUntilNs;
    };

    Shard& shardOf(const TokenHash& token) { return _shards[token[8] % _shards.size()]; }
    template <class Ends>
    void remove(const Ends& ends);

    const SessionCacheLimits _limits;
    Revocations _revocations;
    std::array<Shard, 16> _shards;
};

} // namespace zoco::host
