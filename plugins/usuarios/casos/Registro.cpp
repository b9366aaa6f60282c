#include "Registro.h"

#include "Problemas.h"
#include "Reloj.h"
#include "http/Body.h"
#include "model/Clave.h"
#include "text/Fecha.h"
#include "text/Lines.h"

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

/// What the link of a registration brings, in this order; those of an older version end earlier.
enum Linea : std::size_t
{
    kCorreo,
    kNombre,
    kHash,
    kIdioma,
    kMomento,
    kVersiones
};
constexpr std::size_t kLineas = kVersiones + kAsuntos.size();

} // namespace

Paso Registro::registrar(Alta alta) const
{
    TrabajoClave work{alta.clave, {}, alta.clave};
    return Pendiente{std::move(work),
                     [this, alta = std::move(alta)](const Request& request, const ResultadoClave& result)
                     { return darAlta(request, alta, result.hash); }};
}

Reply Registro::darAlta(const Request& request, const Alta& alta, const std::string& hash) const
{
    const auto now = nowUs();
    const Visita visita(request);
    auto wait = _e.intentos.take(request, {Contadores(_e.ajustes).buzon(alta.correo)}, now);
    if (!wait) return std::move(wait.problem());
    if (*wait) return Reply::empty(202); // it has had mails enough
    auto found = _e.usuarios.byCorreo(request, alta.correo);
    if (!found) return std::move(found.problem());
    const bool isKnown = found->has_value();
    Group group(_e.data);
    const auto datos = joinLines({alta.correo.texto, alta.nombre, hash, alta.idioma, std::to_string(now),
                                  alta.versiones[0], alta.versiones[1], alta.versiones[2]});
    const auto token = _e.fichas.addCreate(group, isKnown ? clase::kNada : clase::kAlta, "", datos,
                                           now + _e.ajustes.fichaVerificacion);
    const auto link = isKnown ? visita.tienda + "/olvido" : visita.tienda + "/verificacion?ficha=" + token;
    const auto hours = std::to_string(_e.ajustes.fichaVerificacion / kHourUs);
    _e.cartero.add(group, isKnown ? "ya-existe" : "verificacion", isKnown ? (*found)->idioma : alta.idioma,
                   alta.correo.texto, {{"enlace", link}, {"horas", hours}});
    const auto object = isKnown ? (*found)->id : std::string();
    _e.auditoria.add(group,
                     {"visitante", isKnown ? "registro-repetido" : "registro-pedido", object, alta.correo.texto});
    if (auto done = group.run(request); !done) return std::move(done.problem());
    return Reply::empty(202);
}

Result<Confirmado> Registro::confirmar(const CallContext& context, std::string_view token) const
{
    ZOCO_TRY(const auto ficha, _e.fichas.find(context, token, nowUs()));
    if (!ficha) return problema::fichaCaducada();
    if (ficha->clase == clase::kAlta) return crear(context, *ficha);
    if (ficha->clase == clase::kCorreoViejo || ficha->clase == clase::kCorreoNuevo)
        return confirmarCambio(context, *ficha);
    return problema::fichaCaducada();
}

Result<Confirmado> Registro::crear(const CallContext& context, const Ficha& ficha) const
{
    const auto lines = splitLines(ficha.datos, kLineas);
    auto correo = parseCorreo(lines[kCorreo]);
    if (!correo) return problema::fichaCaducada();
    const auto now = nowUs();
    const auto id = _e.usuarios.newId();
    Group group(_e.data);
    _e.fichas.addSpend(group, ficha.id, now);
    _e.usuarios.addCreate(
        group, id,
        {correo->texto, _e.usuarios.indexOf(*correo), lines[kNombre], lines[kHash], "cliente", lines[kIdioma]}, now);
    _e.auditoria.add(group, {id, "cuenta-creada", id, correo->texto});
    for (std::size_t i = 0; i < kAsuntos.size(); ++i)
        if (const auto& version = lines[kVersiones + i]; !version.empty())
            _e.perfil.addConsentimiento(group, id,
                                        {std::string(kAsuntos[i]), version, true, std::stoll(lines[kMomento])});
    if (auto done = group.run(context); !done) return problema::fichaCaducadaUnless(std::move(done.problem()));
    return Confirmado::Cuenta;
}

Result<Confirmado> Registro::confirmarCambio(const CallContext& context, const Ficha& ficha) const
{
    const auto now = nowUs();
    const bool isByOld = ficha.clase == clase::kCorreoViejo;
    Group group(_e.data);
    _e.fichas.addSpend(group, ficha.id, now);
    _e.fichas.addConfirm(group, ficha.sujeto, isByOld);
    if (auto done = group.run(context); !done) return problema::fichaCaducadaUnless(std::move(done.problem()));
    ZOCO_TRY(const auto change, _e.fichas.change(context, ficha.sujeto, now));
    if (!change) return problema::fichaCaducada();
    if (!change->isPorViejo || !change->isPorNuevo) return Confirmado::CorreoAMedias;
    return cambiarCorreo(context, *change);
}

Result<Confirmado> Registro::cambiarCorreo(const CallContext& context, const Cambio& change) const
{
    ZOCO_TRY(const auto user, _e.usuarios.byId(context, change.usuario));
    if (!user) return problema::fichaCaducada();
    const auto now = nowUs();
    Group group(_e.data);
    _e.fichas.addTakeChange(group, change.id);
    _e.usuarios.addCorreo(group, user->id, change.correo, change.indice, now);
    _e.fichas.addRemoveOf(group, user->id, clase::kClave);
    _e.cierre.addEndOthers(group, user->id, "");
    _e.auditoria.add(group, {user->id, "correo-cambiado", user->id, user->correo + " -> " + change.correo});
    for (const auto& to : {user->correo, change.correo})
        _e.cartero.add(group, "correo-cambiado", user->idioma, to, {{"fecha", readableTime(now, user->idioma)}});
    if (auto done = _e.cierre.run(group, context, user->id); !done)
        return problema::fichaCaducadaUnless(std::move(done.problem()));
    return Confirmado::Correo;
}

void Registro::pedirClave(const CallContext& context, const Visita& visita, const Correo& correo) const
{
    const auto now = nowUs();
    const auto wait = _e.intentos.take(context, {Contadores(_e.ajustes).buzon(correo)}, now).value();
    if (wait) return;
    const auto user = _e.usuarios.byCorreo(context, correo).value();
    if (!user || !user->isActivo) return;
    Group group(_e.data);
    const auto token = _e.fichas.addCreate(group, clase::kClave, user->id, "", now + _e.ajustes.fichaClave);
    _e.cartero.add(group, "clave", user->idioma, user->correo,
                   {{"enlace", visita.tienda + "/clave-nueva?ficha=" + token},
                    {"minutos", std::to_string(_e.ajustes.fichaClave / kMinuteUs)}});
    _e.auditoria.add(group, {"visitante", "clave-pedida", user->id, visita.direccion});
    group.run(context).value();
}

Paso Registro::nuevaClave(const Request& request, std::string_view token, std::string clave) const
{
    auto ficha = _e.fichas.find(request, token, nowUs());
    if (!ficha) return std::move(ficha.problem());
    if (!*ficha || (*ficha)->clase != clase::kClave) return problema::fichaCaducada();
    auto user = _e.usuarios.byId(request, (*ficha)->sujeto);
    if (!user) return std::move(user.problem());
    if (!*user || !(*user)->isActivo) return problema::fichaCaducada();
    const std::array<std::string_view, 2> own = {(*user)->correo, (*user)->nombre};
    if (auto fault = faultOfClave(clave, own); !fault.empty()) return invalidData("/clave", std::move(fault));
    return Pendiente{{clave, {}, clave},
                     [this, ficha = **ficha, user = **user](const Request& r, const ResultadoClave& result)
                     { return cambiarClave(r, ficha, user, result.hash); }};
}

Reply Registro::cambiarClave(const Request& request, const Ficha& ficha, const Usuario& user,
                             const std::string& hash) const
{
    const auto now = nowUs();
    const Visita visita(request);
    const auto correo = parseCorreo(user.correo).value();
    Group group(_e.data);
    _e.fichas.addSpend(group, ficha.id, now);
    _e.fichas.addRemoveOf(group, user.id, clase::kClave);
    _e.usuarios.addClave(group, user.id, hash, now);
    _e.cierre.addEndOthers(group, user.id, "");
    // Who reads the mailbox is let in, however many tries others have made meanwhile.
    _e.usuarios.addKnown(group, user.id, originIndex(_e.crypto, user.id, visita.red), now);
    _e.intentos.addForget(group, Contadores(_e.ajustes).cuenta(correo).clave);
    _e.intentos.addForget(group, Contadores(_e.ajustes).cuentaDesde(correo, visita.red).clave);
    _e.auditoria.add(group, {user.id, "clave-recuperada", user.id, visita.direccion});
    _e.cartero.add(group, "clave-cambiada", user.idioma, user.correo,
                   {{"fecha", readableTime(now, user.idioma)}, {"enlace", visita.tienda + "/olvido"}});
    if (auto done = _e.cierre.run(group, request, user.id); !done)
        return problema::fichaCaducadaUnless(std::move(done.problem()));
    return Reply::empty(204);
}

} // namespace usuarios
