#pragma once

#include "datos/SesionesRepository.h"
#include "zoco/Auth.h"
#include "zoco/Outbox.h"

#include <string_view>

namespace usuarios
{

/// The topic that tells all nodes that sessions of a user ended, or that their roles changed.
inline constexpr std::string_view kSesionesCerradas = "usuarios.sesiones_cerradas";

/// The one way by which sessions end: in the database, on this host before the answer goes out, and on the other nodes
/// by a durable event of the same group. A group with steps of this class is run by `run`. [any-thread]
class Cierre
{
public:
    /// All outlive it. [lifecycle, in start]
    Cierre(const SesionesRepository& sesiones, const zoco::Service& data, const zoco::Crypto& crypto,
           const zoco::Events& events)
        : _sesiones(sesiones), _outbox(data, crypto), _events(events)
    {
    }

    /// Ends one session; the group fails when the user has none of that id.
    void addEnd(zoco::Group& group, std::string_view usuario, std::string_view sesion) const
    {
        _sesiones.addRemove(group, sesion, usuario, true);
        addForget(group, usuario);
    }
    /// Ends a session in whose place another one comes, when it is still there.
    void addReplace(zoco::Group& group, std::string_view usuario, std::string_view sesion) const
    {
        _sesiones.addRemove(group, sesion, usuario, false);
        addForget(group, usuario);
    }
    /// Ends all sessions of a user but one; `except` empty: all.
    void addEndOthers(zoco::Group& group, std::string_view usuario, std::string_view except) const
    {
        _sesiones.addRemoveOthers(group, usuario, except);
        addForget(group, usuario);
    }
    /// Ends none, but all nodes look at the user's sessions anew: their roles changed.
    void addForget(zoco::Group& group, std::string_view usuario) const
    {
        _outbox.add(group, kSesionesCerradas, {{"usuario", usuario}});
    }

    /// Runs the group; this host then forgets what it keeps about the sessions of `usuario` (empty: of nobody).
    zoco::Result<std::int64_t> run(zoco::Group& group, const zoco::CallContext& context, std::string_view usuario) const
    {
        auto done = group.run(context);
        if (!usuario.empty()) (void)zoco::revokeUser(_events, usuario); // also when nobody knows whether it happened
        return done;
    }

private:
    const SesionesRepository& _sesiones;
    zoco::Outbox _outbox;
    const zoco::Events& _events;
};

} // namespace usuarios
