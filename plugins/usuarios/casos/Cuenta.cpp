#include "Cuenta.h"

#include "Borrado.h"
#include "Problemas.h"
#include "Registro.h"
#include "Reloj.h"
#include "http/Body.h"
#include "model/Clave.h"
#include "text/Fecha.h"

#include <algorithm>
#include <array>

namespace usuarios
{

using zoco::CallContext;
using zoco::Group;
using zoco::Reply;
using zoco::Request;
using zoco::Result;

namespace
{

constexpr int kAttempts = 3;

void apply(const CambiosPerfil& changes, Usuario& user)
{
    if (changes.nombre) user.nombre = *changes.nombre;
    if (changes.idioma) user.idioma = *changes.idioma;
    if (changes.telefono) user.telefono = *changes.telefono;
    if (changes.nif) user.nif = *changes.nif;
}

} // namespace

Result<Usuario> Cuenta::ver(const CallContext& context, const Visita& visita) const
{
    ZOCO_TRY(auto user, _e.usuarios.byId(context, visita.usuario));
    if (!user) return problema::noEncontrado();
    return std::move(*user);
}

Result<Usuario> Cuenta::cambiar(const CallContext& context, const Visita& visita, const CambiosPerfil& changes) const
{
    for (int attempt = 1;; ++attempt)
    {
        ZOCO_TRY(auto user, ver(context, visita));
        auto changed = user;
        apply(changes, changed);
        Group group(_e.data);
        const auto now = std::max(nowUs(), user.modificado + 1);
        _e.usuarios.addProfile(group, changed, now);
        _e.auditoria.add(group, {user.id, "perfil-cambiado", user.id, ""});
        const auto done = group.run(context);
        if (done) return changed;
        if (done.problem().code != ZOCO_E_GUARD || attempt == kAttempts) return done.problem();
    }
}

Result<void> Cuenta::borrar(const CallContext& context, const Visita& visita) const
{
    ZOCO_TRY(const auto user, ver(context, visita));
    Group group(_e.data);
    addBorrado(group, _e, user, user.id);
    _e.usuarios.addRemove(group, user.id);
    _e.cartero.add(group, "cuenta-borrada", user.idioma, user.correo, {{"fecha", readableTime(nowUs(), user.idioma)}});
    if (auto done = _e.cierre.run(group, context, user.id); !done) return std::move(done.problem());
    return {};
}

Paso Cuenta::cambiarClave(const Request& request, std::string actual, std::string nueva) const
{
    const Visita visita(request);
    auto user = ver(request, visita);
    if (!user) return std::move(user.problem());
    const std::array<std::string_view, 2> own = {user->correo, user->nombre};
    if (auto fault = faultOfClave(nueva, own); !fault.empty()) return invalidData("/clave", std::move(fault));
    auto wait = _e.intentos.take(request, {Contadores(_e.ajustes).codigo(user->id)}, nowUs());
    if (!wait) return std::move(wait.problem());
    if (*wait) return problema::demasiadosIntentos(**wait);
    TrabajoClave work{std::move(actual), user->clave.value_or(_e.claves.dummy()), std::move(nueva)};
    return Pendiente{std::move(work), [this, user = *user](const Request& r, const ResultadoClave& result)
                     { return guardarClave(r, user, result); }};
}

Reply Cuenta::guardarClave(const Request& request, const Usuario& user, const ResultadoClave& result) const
{
    const Visita visita(request);
    const auto now = nowUs();
    Group group(_e.data);
    if (!result.coincide || !user.clave)
    {
        _e.auditoria.add(group, {user.id, "clave-no-cambiada", user.id, visita.direccion});
        if (auto done = group.run(request); !done) return std::move(done.problem());
        return invalidData("/claveActual", "is not the password");
    }
    _e.usuarios.addClave(group, user.id, result.hash, now);
    _e.cierre.addEndOthers(group, user.id, visita.sesion);
    _e.fichas.addRemoveOf(group, user.id, clase::kClave);
    _e.intentos.addForget(group, Contadores(_e.ajustes).codigo(user.id).clave);
    _e.auditoria.add(group, {user.id, "clave-cambiada", user.id, visita.direccion});
    _e.cartero.add(group, "clave-cambiada", user.idioma, user.correo,
                   {{"fecha", readableTime(now, user.idioma)}, {"enlace", visita.tienda + "/olvido"}});
    if (auto done = _e.cierre.run(group, request, user.id); !done) return std::move(done.problem());
    return Reply::empty(204);
}

Result<void> Cuenta::pedirCorreo(const CallContext& context, const Visita& visita, const Correo& correo) const
{
    const auto now = nowUs();
    ZOCO_TRY(const auto wait, _e.intentos.take(context, {Contadores(_e.ajustes).buzon(correo)}, now));
    if (wait) return problema::demasiadosIntentos(*wait);
    ZOCO_TRY(const auto user, ver(context, visita));
    ZOCO_TRY(const auto other, _e.usuarios.byCorreo(context, correo));
    const auto until = now + _e.ajustes.fichaVerificacion;
    const auto hours = std::to_string(_e.ajustes.fichaVerificacion / kHourUs);
    const auto link = [&](const std::string& token) { return visita.tienda + "/verificacion?ficha=" + token; };
    Group group(_e.data);
    _e.fichas.addRemoveChangesOf(group, user.id);
    const Cambio change{_e.fichas.newId(), user.id, correo.texto, _e.usuarios.indexOf(correo)};
    _e.fichas.addChange(group, change, until);
    const auto old = _e.fichas.addCreate(group, clase::kCorreoViejo, change.id, "", until);
    _e.cartero.add(group, "correo-viejo", user.idioma, user.correo, {{"enlace", link(old)}, {"horas", hours}});
    // The owner of an address that has an account is told so, and who asks here is not.
    const auto fresh = _e.fichas.addCreate(group, other ? clase::kNada : clase::kCorreoNuevo, change.id, "", until);
    if (other)
        _e.cartero.add(group, "ya-existe", other->idioma, correo.texto, {{"enlace", visita.tienda + "/olvido"}});
    else
        _e.cartero.add(group, "correo-nuevo", user.idioma, correo.texto, {{"enlace", link(fresh)}, {"horas", hours}});
    _e.auditoria.add(group, {user.id, "correo-pedido", user.id, correo.texto});
    if (auto done = group.run(context); !done) return std::move(done.problem());
    return {};
}

} // namespace usuarios
