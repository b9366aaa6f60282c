#include "Authentication.h"

#include "core/Clock.h"

#include <exception>
#include <optional>

namespace zoco::host
{

namespace
{
constexpr int kMostTries = 3; ///< while sessions are revoked under the question
} // namespace

Authentication::Authentication(AuthenticationSettings settings, const HostService& auth,
                               const ServiceRegistry& services, const Log& log)
    : _settings(settings),
      _services(services),
      _auth(auth.service()),
      _find(auth.operation(kAuthSession, {"huella"})),
      _log(log.source("host.authentication")),
      _sessions(_settings.cache),
      _pool({"authentication", _settings.threads, _settings.queueLimit})
{
}

std::optional<Asker> Authentication::recall(const TokenHash& token)
{
    auto found = _sessions.find(token, steadyNs(), unixMicros());
    if (!found) return std::nullopt;
    if (*found == nullptr) return Asker{};
    return Asker{Asker::Kind::Known, std::move(*found)};
}

void Authentication::ask(const TokenHash& token, Call& call, AuthenticationNext& next) noexcept
{
    if (_services.providerOf(kAuthService).empty()) return next.proceed(call, {});
    if (isStuck() || isLeftAlone() || !join(token, call, next)) next.proceed(call, {Asker::Kind::Away});
}

/// Whether it has failed a moment ago. After that moment one question tries it, and the others wait for its outcome
/// elsewhere.
bool Authentication::isLeftAlone()
{
    auto again = _askAgainNs.load(std::memory_order_relaxed);
    if (again == 0) return false;
    const auto now = steadyNs();
    return now < again || !_askAgainNs.compare_exchange_strong(again, now + _settings.askNs);
}

/// Whether every thread waits for an answer that is late already: a provider in this process cannot be cut short.
bool Authentication::isStuck() const
{
    const std::lock_guard lock(_mutex);
    return _askedNs.size() >= _settings.threads && *_askedNs.rbegin() < steadyNs() - _settings.askNs;
}

/// False when no thread will ever take the question.
bool Authentication::join(const TokenHash& token, Call& call, AuthenticationNext& next)
{
    const std::lock_guard lock(_mutex);
    auto& question = _questions[token];
    const bool isNew = question == nullptr;
    if (isNew) question = std::make_unique<Question>(Question{*this, token, {}});
    question->waiting.emplace_back(&call, &next);
    if (!isNew || _pool.post({&look, question.get()})) return true;
    _questions.erase(token);
    return false;
}

void Authentication::look(void* context)
{
    auto& self = static_cast<Question*>(context)->self;
    const auto token = static_cast<Question*>(context)->token;
    std::uint64_t ticket = 0;
    const auto beganNs = steadyNs();
    {
        const std::lock_guard lock(self._mutex);
        self._askedNs.insert(beganNs);
    }
    auto asker = self.lookUp(token, ticket);
    std::unique_ptr<Question> question;
    {
        const std::lock_guard lock(self._mutex);
        question = std::move(self._questions.extract(token).mapped());
        self._askedNs.erase(self._askedNs.find(beganNs));
    }
    // Who joined late may have come after a revocation that the answer is from before.
    if (asker.session != nullptr && self._sessions.hitSince(ticket, *asker.session) != Revocations::Hit::No)
        asker = self.lookUp(token, ticket);
    for (const auto& [call, next] : question->waiting) next->proceed(*call, asker);
}

Asker Authentication::lookUp(const TokenHash& token, std::uint64_t& ticket)
try
{
    for (int i = 0; i < kMostTries; ++i)
    {
        bool isUnsure = false;
        ticket = _sessions.ticket();
        auto asker = lookUpOnce(token, ticket, isUnsure);
        if (!isUnsure) return asker;
    }
    return {Asker::Kind::Away};
}
catch (const std::exception& e) // a row that is none, or no memory
{
    return fail(e.what());
}

Asker Authentication::lookUpOnce(const TokenHash& token, std::uint64_t ticket, bool& isUnsure)
{
    CallContext context;
    context.deadlineNs = steadyNs() + _settings.askNs;
    std::optional<AuthSession> row;
    const std::string_view bytes(reinterpret_cast<const char*>(token.data()), token.size());
    const auto done =
        _auth.call(context, _find, {Value::blob(bytes)}, [&](const Row& found) { row = found.as<AuthSession>(); });
    const auto now = steadyNs();
    if (!done.ok()) return fail(done.problem().title);
    if (now > context.deadlineNs) return fail("its answer came late");
    _askAgainNs.store(0, std::memory_order_relaxed);
    auto session = row ? Session::make(*row) : nullptr;
    if (row && session == nullptr) return fail("its answer is no session");
    if (session == nullptr || session->expiresUs() <= unixMicros())
    {
        _sessions.putUnknown(token, now);
        return {};
    }
    // A user's revocation is over when it is told: who is asked again knows which of their sessions go on.
    isUnsure = _sessions.put(token, session, ticket, now) != Revocations::Hit::No;
    if (isUnsure) return {};
    return {Asker::Kind::Known, std::move(session)};
}

Asker Authentication::fail(std::string_view what)
{
    if (_askAgainNs.exchange(steadyNs() + _settings.pauseNs) == 0)
        _log.warning("nobody can tell who asks", {{"service", kAuthService}, {"reason", what}});
    return {Asker::Kind::Away};
}

} // namespace zoco::host
