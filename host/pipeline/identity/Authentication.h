#pragma once

#include "SessionCache.h"
#include "core/Log.h"
#include "core/WorkerPool.h"
#include "services/HostService.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace zoco::host
{

class Call;

/// A value.
struct AuthenticationSettings
{
    SessionCacheLimits cache{};
    std::size_t threads = 8;              ///< that ask zoco.auth/1, at most
    std::size_t queueLimit = 4096;        ///< questions that wait for one of them
    std::int64_t askNs = 2'000'000'000;   ///< for an answer; a later one does not count
    std::int64_t pauseNs = 1'000'000'000; ///< after a failure, before it is asked again
};

/// What is known of a token.
struct Asker
{
    enum class Kind
    {
        Known = 1, ///< `session` is good
        Unknown,   ///< there is no such session, or nobody who could have one
        Away       ///< nobody can tell just now
    };
    Kind kind = Kind::Unknown;
    std::shared_ptr<const Session> session{};
};

/// Where a call goes on when it is known who asks.
class AuthenticationNext
{
public:
    /// [any-thread]
    virtual void proceed(Call& call, Asker asker) noexcept = 0;

protected:
    ~AuthenticationNext() = default;
};

/// Finds out who has a token: by the cache, or by asking zoco.auth/1 on threads of its own, since the loop must not
/// wait. Many requests with one token ask once. A provider that fails is left alone for a moment, so that what could do
/// without it does not wait for it.
class Authentication
{
public:
    /// Before the first change of `auth`. All outlive it.
    Authentication(AuthenticationSettings settings, const HostService& auth, const ServiceRegistry& services,
                   const Log& log);
    Authentication(const Authentication&) = delete;
    Authentication& operator=(const Authentication&) = delete;

    /// What the cache knows; nothing: to be asked. [any-thread]
    std::optional<Asker> recall(const TokenHash& token);
    /// Asks, and goes on with `next`, at once or later. [any-thread]
    void ask(const TokenHash& token, Call& call, AuthenticationNext& next) noexcept;

    /// Whether this plugin is the one that knows sessions.
    bool isProvider(std::string_view plugin) const { return _services.providerOf(kAuthService) == plugin; }
    SessionCache& sessions() noexcept { return _sessions; }

    /// Finishes what waits, and asks no more. Before `auth` and plugins end.
    void shutdown() noexcept { _pool.shutdown(); }

private:
    struct Question
    {
        Authentication& self;
        TokenHash token;
        std::vector<std::pair<Call*, AuthenticationNext*>> waiting;
    };

    static void look(void* question);
    bool join(const TokenHash& token, Call& call, AuthenticationNext& next);
    Asker lookUp(const TokenHash& token, std::uint64_t& ticket);
    Asker lookUpOnce(const TokenHash& token, std::uint64_t ticket, bool& isUnsure);
    Asker fail(std::string_view what);
    bool isLeftAlone();
    bool isStuck() const;

    const AuthenticationSettings _settings;
    const ServiceRegistry& _services;
    const Service _auth;
    const Operation _find;
    LogSource _log;
    SessionCache _sessions;
    std::atomic<std::int64_t> _askAgainNs{0}; ///< 0: the last answer was good
    mutable std::mutex _mutex;                ///< of the questions
    std::multiset<std::int64_t> _askedNs;     ///< when those that run began
    std::unordered_map<TokenHash, std::unique_ptr<Question>, TokenHashHash> _questions;
    WorkerPool _pool; ///< last: it uses the rest
};

} // namespace zoco::host
