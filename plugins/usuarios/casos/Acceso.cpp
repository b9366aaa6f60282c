#include "Acceso.h"

#include "Apertura.h"
#include "Problemas.h"
#include "Reloj.h"
#include "cifra/Huella.h"
#include "cifra/Totp.h"
#include "http/Vista.h"
#include "text/Fecha.h"

#include <algorithm>
#include <chrono>
#include <memory>

namespace usuarios
{

using zoco::CallContext;
using zoco::Group;
using zoco::Reply;
using zoco::Request;
using zoco::Result;

namespace
{

bool isSixDigits(std::string_view text) noexcept
{
    return text.size() == 6 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool contains(const std::vector<std::string>& list, const std::string& value)
{
    return std::find(list.begin(), list.end(), value) != list.end();
}

} // namespace

std::string hashOfRecoveryCode(std::string_view typed)
{
    std::string code;
    for (const char c : typed)
        if (c != ' ' && c != '-') code += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    return sha256(code);
}

bool Acceso::isReciente(const Visita& visita) const
{
    return !visita.usuario.empty() && visita.autenticado + _e.ajustes.autenticacionReciente >= nowUs();
}

Paso Acceso::entrar(const Request& request, Credenciales credentials) const
{
    const Visita visita(request);
    auto user = _e.usuarios.byCorreo(request, credentials.correo);
    if (!user) return std::move(user.problem());
    const auto id = *user ? (*user)->id : std::string("nadie");
    auto known = _e.usuarios.known(request, id);
    if (!known) return std::move(known.problem());
    const bool isKnownOrigin = contains(*known, originIndex(_e.crypto, id, visita.red));
    Intento attempt{std::move(credentials), std::move(*user), std::move(*known), {}, _contadores.direccion(visita.red)};
    const auto& correo = attempt.credenciales.correo;
    attempt.cuenta = isKnownOrigin ? _contadores.cuentaDesde(correo, visita.red) : _contadores.cuenta(correo);
    TrabajoClave work{attempt.credenciales.clave, _e.claves.dummy(), {}};
    if (attempt.usuario && attempt.usuario->clave) work.guardada = *attempt.usuario->clave;
    // Counted when its turn has come: those that wait in the queue have not been tried yet.
    const auto refusal = std::make_shared<std::optional<zoco::Problem>>();
    work.isWanted =
        [this, refusal, context = CallContext(request), counters = std::vector{attempt.cuenta, attempt.direccion}]
    {
        auto wait = _e.intentos.take(context, counters, nowUs());
        if (!wait) *refusal = std::move(wait.problem());
        if (wait && *wait) *refusal = problema::demasiadosIntentos(**wait);
        return !refusal->has_value();
    };
    return Pendiente{std::move(work),
                     [this, refusal, attempt = std::move(attempt)](const Request& r, const ResultadoClave& result)
                     { return *refusal ? Reply(std::move(**refusal)) : terminarIntento(r, attempt, result); }};
}

Reply Acceso::terminarIntento(const Request& request, const Intento& attempt, const ResultadoClave& result) const
{
    const auto& user = attempt.usuario;
    const bool isRight = result.coincide && user && user->clave && user->isActivo;
    if (!isRight) return rechazar(request, attempt, "acceso-fallido", problema::credencialesInvalidas());
    return abrir(request, attempt, result);
}

Reply Acceso::rechazar(const Request& request, const Intento& attempt, std::string_view action,
                       zoco::Problem problem) const
{
    Group group(_e.data);
    const auto object = attempt.usuario ? attempt.usuario->id : std::string();
    _e.auditoria.add(group, {"visitante", action, object, Visita(request).direccion});
    if (auto done = group.run(request); !done) return std::move(done.problem());
    return problem;
}

std::optional<zoco::Problem> Acceso::addCodigo(Group& group, const CallContext& context, const Intento& attempt,
                                               std::int64_t now) const
{
    const auto& user = *attempt.usuario;
    const auto& code = attempt.credenciales.codigo;
    auto wait = _e.intentos.take(context, {_contadores.codigo(user.id)}, now);
    if (!wait) return std::move(wait.problem());
    if (*wait) return problema::demasiadosIntentos(**wait);
    if (isSixDigits(code))
    {
        const auto step = matchTotp(*user.totp, code, now, user.totpPaso);
        if (!step) return problema::segundoFactor();
        _e.usuarios.addUseTotp(group, user.id, *step);
    }
    else
    {
        _e.perfil.addSpendCode(group, user.id, hashOfRecoveryCode(code));
        _e.auditoria.add(group, {user.id, "codigo-de-recuperacion-usado", user.id, ""});
    }
    _e.intentos.addForget(group, _contadores.codigo(user.id).clave);
    return std::nullopt;
}

Reply Acceso::abrir(const Request& request, const Intento& attempt, const ResultadoClave& result) const
{
    const auto& user = *attempt.usuario;
    const Visita visita(request);
    const auto now = nowUs();
    Group group(_e.data);
    if (user.hasSegundoFactor() && attempt.credenciales.codigo.empty())
    {
        _e.intentos.addGiveBack(group, attempt.cuenta.clave);
        _e.intentos.addGiveBack(group, attempt.direccion.clave);
        if (auto done = group.run(request); !done) return std::move(done.problem());
        return problema::segundoFactor();
    }
    if (user.hasSegundoFactor())
        if (auto fault = addCodigo(group, request, attempt, now))
            return rechazar(request, attempt, "segundo-factor-fallido", std::move(*fault));
    const auto opened = addSesion(group, _e, visita, user.id, now, user.hasSegundoFactor() ? "pwd otp" : "pwd");
    if (!result.hash.empty()) _e.usuarios.addRehash(group, user, result.hash);
    _e.intentos.addForget(group, attempt.cuenta.clave);
    _e.intentos.addGiveBack(group, attempt.direccion.clave);
    addAviso(group, attempt, visita, now);
    _e.auditoria.add(group, {user.id, "acceso", user.id, visita.direccion});
    if (auto done = _e.cierre.run(group, request, visita.usuario); !done)
    {
        if (done.problem().code != ZOCO_E_GUARD) return std::move(done.problem());
        return rechazar(request, attempt, "segundo-factor-fallido", problema::segundoFactor()); // a code used already
    }
    return Reply::json(sessionJson(opened.token, opened.sesion, user))
        .session(opened.token, std::chrono::seconds(longestSession()));
}

void Acceso::addAviso(Group& group, const Intento& attempt, const Visita& visita, std::int64_t now) const
{
    const auto& user = *attempt.usuario;
    const auto device = deviceIndex(_e.crypto, user.id, visita.familia);
    const bool isFirst = attempt.conocidos.empty();
    if (!isFirst && !contains(attempt.conocidos, device))
        _e.cartero.add(group, "dispositivo", user.idioma, user.correo,
                       {{"fecha", readableTime(now, user.idioma)},
                        {"agente", visita.agente},
                        {"enlace", visita.tienda + "/olvido"}});
    _e.usuarios.addKnown(group, user.id, device, now);
    _e.usuarios.addKnown(group, user.id, originIndex(_e.crypto, user.id, visita.red), now);
}

Result<void> Acceso::salir(const CallContext& context, const Visita& visita) const
{
    auto done = terminar(context, visita, visita.sesion);
    if (!done && done.problem().status == 404) return {}; // it had ended already
    return done;
}

Result<void> Acceso::terminar(const CallContext& context, const Visita& visita, std::string_view id) const
{
    Group group(_e.data);
    _e.cierre.addEnd(group, visita.usuario, id);
    _e.auditoria.add(group, {visita.usuario, "sesion-cerrada", id, ""});
    auto done = _e.cierre.run(group, context, visita.usuario);
    if (!done) return done.problem().code == ZOCO_E_GUARD ? problema::noEncontrado() : std::move(done.problem());
    return {};
}

Result<void> Acceso::terminarOtras(const CallContext& context, const Visita& visita) const
{
    Group group(_e.data);
    _e.cierre.addEndOthers(group, visita.usuario, visita.sesion);
    _e.auditoria.add(group, {visita.usuario, "otras-sesiones-cerradas", visita.usuario, ""});
    if (auto done = _e.cierre.run(group, context, visita.usuario); !done) return std::move(done.problem());
    return {};
}

} // namespace usuarios
