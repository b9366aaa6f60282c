#include "Revocations.h"

#include "Session.h"

namespace zoco::host
{

namespace
{
constexpr std::size_t kRemembered = 256;
} // namespace

std::uint64_t Revocations::now() const
{
    const std::lock_guard lock(_mutex);
    return _last;
}

void Revocations::add(Revocation revocation)
{
    const std::lock_guard lock(_mutex);
    revocation.number = ++_last;
    _recent.push_back(std::move(revocation));
    if (_recent.size() > kRemembered) _recent.pop_front();
}

Revocations::Hit Revocations::hitSince(std::uint64_t then, const Session& session) const
{
    const std::lock_guard lock(_mutex);
    if (_last - then > _recent.size()) return Hit::Unknown;
    for (auto at = _recent.rbegin(); at != _recent.rend() && at->number > then; ++at)
    {
        if (at->user.empty() && at->session.empty()) return Hit::Unknown;
        if (at->user == session.user() || at->session == session.id()) return Hit::Yes;
    }
    return Hit::No;
}

} // namespace zoco::host
