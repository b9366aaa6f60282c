#include "FakeLogins.h"

#include "core/Clock.h"
#include "services/ServiceChange.h"

namespace zoco::host::test
{

namespace
{

std::string fingerprintOf(const std::string& token)
{
    const auto hash = hashOfToken(token);
    return {hash.begin(), hash.end()};
}

} // namespace

void FakeLogins::change(const std::string& plugin)
{
    ServiceChange change(_registry, {"usuarios", "otro"});
    std::string reason;
    if (!plugin.empty()) (void)change.offer({"zoco.auth/1", plugin, raw(), nullptr});
    (void)change.rebind(reason);
    change.commit();
}

std::string FakeLogins::logIn(const std::string& user, const std::string& roles, std::int64_t seconds)
{
    const std::lock_guard lock(_mutex);
    auto token = std::to_string(++_made);
    token = std::string(kTokenSize - token.size(), 't') + token;
    _sessions[fingerprintOf(token)] = {
        user, "s" + std::to_string(_made), roles, unixMicros() + seconds * 1'000'000, 7'000'000, "pwd"};
    return token;
}

void FakeLogins::end(const std::string& token)
{
    const std::lock_guard lock(_mutex);
    _sessions.erase(fingerprintOf(token));
}

void FakeLogins::hold()
{
    const std::lock_guard lock(_mutex);
    _isHeld = true;
}

void FakeLogins::release()
{
    const std::lock_guard lock(_mutex);
    _isHeld = false;
    _released.notify_all();
}

std::optional<AuthSession> FakeLogins::session(const CallContext&, std::string_view fingerprint)
{
    ++_questions;
    if (_status < 0) throw ProblemException(Problem::fromStatus(_status));
    std::unique_lock lock(_mutex);
    const auto found = _sessions.find(std::string(fingerprint));
    auto out = found == _sessions.end() ? std::nullopt : std::optional(found->second);
    ++_waiting;
    _released.wait(lock, [this] { return !_isHeld; });
    --_waiting;
    return out;
}

} // namespace zoco::host::test
