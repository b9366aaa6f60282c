#include "UsuariosHandlers.h"

#include "Problemas.h"
#include "Reloj.h"
#include "http/Campos.h"
#include "http/Vista.h"
#include "model/Clave.h"
#include "zoco/Json.h"

#include <array>

namespace usuarios
{

using zoco::Reply;
using zoco::Request;

namespace
{

Reply resultJson(std::string_view result)
{
    std::string out;
    zoco::JsonWriter(out).beginObject().member("resultado", result).endObject();
    return Reply::json(std::move(out));
}

std::string_view nameOf(Confirmado confirmed)
{
    switch (confirmed)
    {
    case Confirmado::Cuenta:
        return "cuenta";
    case Confirmado::Correo:
        return "correo";
    case Confirmado::CorreoAMedias:
        break;
    }
    return "correo-a-medias";
}

} // namespace

Paso UsuariosHandlers::registrar(const Request& request) const
{
    auto body = Body::of(request, {"correo", "clave", "nombre", "idioma", "condiciones", "privacidad", "novedades"});
    if (!body) return std::move(body.problem());
    const auto correo = campo::correo(*body);
    Alta alta{correo.value_or(Correo{}),
              campo::clave(*body),
              campo::nombre(*body),
              campo::idioma(*body).value_or(Visita(request).idioma),
              {}};
    for (std::size_t i = 0; i < kAsuntos.size(); ++i)
        alta.versiones[i] = campo::versionIfThere(*body, std::string(kAsuntos[i]).c_str()).value_or("");
    const std::array<std::string_view, 2> own = {alta.correo.clave, alta.nombre};
    if (!alta.clave.empty()) body->fault("clave", faultOfClave(alta.clave, own));
    if (!body->isGood()) return body->problem();
    return _registro.registrar(std::move(alta));
}

Reply UsuariosHandlers::verificar(const Request& request) const
{
    auto body = Body::of(request, {"ficha"});
    if (!body) return std::move(body.problem());
    const auto token = campo::ficha(*body);
    if (!body->isGood()) return body->problem();
    auto done = _registro.confirmar(request, token);
    if (!done) return std::move(done.problem());
    return resultJson(nameOf(*done));
}

void UsuariosHandlers::olvido(const Request& request, zoco::Responder responder) const
{
    auto body = Body::of(request, {"correo"});
    const auto correo = body ? campo::correo(*body) : std::nullopt;
    if (!correo || !body->isGood())
    {
        responder.send(body ? body->problem() : std::move(body.problem()));
        return;
    }
    const auto context = zoco::CallContext(request);
    responder.send(Reply::empty(202));
    _registro.pedirClave(context, Visita(request), *correo);
}

Paso UsuariosHandlers::nuevaClave(const Request& request) const
{
    auto body = Body::of(request, {"ficha", "clave"});
    if (!body) return std::move(body.problem());
    const auto token = campo::ficha(*body);
    auto clave = campo::clave(*body);
    if (!body->isGood()) return body->problem();
    return _registro.nuevaClave(request, token, std::move(clave));
}

Paso UsuariosHandlers::entrar(const Request& request) const
{
    auto body = Body::of(request, {"correo", "clave", "codigo"});
    if (!body) return std::move(body.problem());
    const auto correo = campo::correo(*body);
    Credenciales credentials{correo.value_or(Correo{}), campo::clave(*body), campo::codigo(*body)};
    if (!body->isGood()) return body->problem();
    return _acceso.entrar(request, std::move(credentials));
}

Reply UsuariosHandlers::salir(const Request& request) const
{
    auto done = _acceso.salir(request, Visita(request));
    if (!done) return std::move(done.problem());
    return Reply::empty(204).endSession();
}

Reply UsuariosHandlers::sesiones(const Request& request) const
{
    const Visita visita(request);
    auto list = _e.sesiones.of(request, visita.usuario, nowUs());
    if (!list) return std::move(list.problem());
    return Reply::json(sessionsJson(*list, visita.sesion));
}

Reply UsuariosHandlers::terminar(const Request& request) const
{
    const Visita visita(request);
    const auto id = request.param("id");
    if (id != visita.sesion && !_acceso.isReciente(visita)) return problema::autenticacionReciente();
    auto done = _acceso.terminar(request, visita, id);
    if (!done) return std::move(done.problem());
    auto reply = Reply::empty(204);
    if (id == visita.sesion) reply.endSession();
    return reply;
}

Reply UsuariosHandlers::terminarOtras(const Request& request) const
{
    const Visita visita(request);
    if (!_acceso.isReciente(visita)) return problema::autenticacionReciente();
    auto done = _acceso.terminarOtras(request, visita);
    if (!done) return std::move(done.problem());
    return Reply::empty(204);
}

Reply UsuariosHandlers::yo(const Request& request) const
{
    auto user = _cuenta.ver(request, Visita(request));
    if (!user) return std::move(user.problem());
    return Reply::json(accountJson(*user));
}

Reply UsuariosHandlers::cambiar(const Request& request) const
{
    auto body = Body::of(request, {"nombre", "idioma", "telefono", "nif"});
    if (!body) return std::move(body.problem());
    CambiosPerfil changes;
    if (body->has("nombre")) changes.nombre = campo::nombre(*body);
    if (body->has("idioma"))
    {
        changes.idioma = campo::idioma(*body);
        if (!changes.idioma) body->fault("idioma", "is missing");
    }
    if (body->has("telefono")) changes.telefono.emplace(campo::telefono(*body));
    if (body->has("nif")) changes.nif.emplace(campo::nif(*body));
    if (!body->isGood()) return body->problem();
    auto user = _cuenta.cambiar(request, Visita(request), changes);
    if (!user) return std::move(user.problem());
    return Reply::json(accountJson(*user));
}

Reply UsuariosHandlers::borrar(const Request& request) const
{
    const Visita visita(request);
    if (!_acceso.isReciente(visita)) return problema::autenticacionReciente();
    auto done = _cuenta.borrar(request, visita);
    if (!done) return std::move(done.problem());
    return Reply::empty(204).endSession();
}

Paso UsuariosHandlers::cambiarClave(const Request& request) const
{
    auto body = Body::of(request, {"claveActual", "clave"});
    if (!body) return std::move(body.problem());
    auto actual = campo::clave(*body, "claveActual");
    auto nueva = campo::clave(*body);
    if (!body->isGood()) return body->problem();
    return _cuenta.cambiarClave(request, std::move(actual), std::move(nueva));
}

Reply UsuariosHandlers::pedirCorreo(const Request& request) const
{
    auto body = Body::of(request, {"correo"});
    if (!body) return std::move(body.problem());
    const auto correo = campo::correo(*body);
    if (!body->isGood()) return body->problem();
    const Visita visita(request);
    if (!_acceso.isReciente(visita)) return problema::autenticacionReciente();
    auto done = _cuenta.pedirCorreo(request, visita, *correo);
    if (!done) return std::move(done.problem());
    return Reply::empty(202);
}

} // namespace usuarios
