#pragma once

#include "zoco/Auth.h"
#include "zoco/Outbox.h"

#include <string_view>

namespace usuarios
{

/// The topic that tells all nodes that sessions of a user ended, or that their roles changed.
inline constexpr std::string_view kSesionesCerradas = "usuarios.sesiones_cerradas";

/// Makes hosts forget what they keep about sessions: this one at once, the others by an event. [any-thread]
class Cierre
{
public:
    /// All outlive it. [lifecycle, in start]
    Cierre(const zoco::Service& data, const zoco::Crypto& crypto, const zoco::Events& events)
        : _outbox(data, crypto), _events(events)
    {
    }

    /// A step of the group that ends the sessions.
    void add(zoco::Group& group, std::string_view usuario) const
    {
        _outbox.add(group, kSesionesCerradas, {{"usuario", usuario}});
    }
    /// When the group has run, before the answer: this host forgets.
    void forgetHere(std::string_view usuario) const { (void)zoco::revokeUser(_events, usuario); }

private:
    zoco::Outbox _outbox;
    const zoco::Events& _events;
};

} // namespace usuarios
