#include "PerfilHandlers.h"

#include "Problemas.h"
#include "Reloj.h"
#include "http/Campos.h"
#include "http/Vista.h"
#include "zoco/Json.h"

#include <algorithm>

namespace usuarios
{

using zoco::Group;
using zoco::Reply;
using zoco::Request;
using zoco::Result;

namespace
{

Result<Body> addressBody(const Request& request)
{
    return Body::of(request, {"nombre", "linea1", "linea2", "cp", "ciudad", "provincia", "pais", "telefono"});
}

Reply codesReply(Result<Factor::Codes> codes)
{
    if (!codes) return std::move(codes.problem());
    std::string out;
    zoco::JsonWriter json(out);
    json.beginObject().key("codigos").beginArray();
    for (const auto& code : *codes) json.value(code);
    json.endArray().endObject();
    return Reply::json(std::move(out));
}

/// A change that the row's guard refused is one of something that is not there, or not one's own.
Reply done(Result<std::int64_t> result)
{
    if (result) return Reply::empty(204);
    return result.problem().code == ZOCO_E_GUARD ? problema::noEncontrado() : std::move(result.problem());
}

} // namespace

Reply PerfilHandlers::direcciones(const Request& request) const
{
    auto list = _e.perfil.direcciones(request, request.claim("sub"));
    if (!list) return std::move(list.problem());
    return Reply::json(addressesJson(*list));
}

Reply PerfilHandlers::direccion(const Request& request) const
{
    auto found = _e.perfil.direccion(request, request.param("id"), request.claim("sub"));
    if (!found) return std::move(found.problem());
    if (!*found) return problema::noEncontrado();
    return Reply::json(addressJson(**found));
}

Reply PerfilHandlers::crearDireccion(const Request& request) const
{
    auto body = addressBody(request);
    if (!body) return std::move(body.problem());
    const DireccionGuardada address{_e.perfil.newId(), campo::direccion(*body)};
    if (!body->isGood()) return body->problem();
    Group group(_e.data);
    _e.perfil.addDireccion(group, request.claim("sub"), address, nowUs());
    auto saved = group.run(request);
    if (!saved && saved.problem().code == ZOCO_E_GUARD)
        return zoco::Problem{409, "demasiadas-direcciones", "There are as many addresses as there may be", "", {}};
    if (!saved) return std::move(saved.problem());
    return Reply::json(addressJson(address), 201).header("Location", "/Usuarios/yo/direcciones/" + address.id);
}

Reply PerfilHandlers::cambiarDireccion(const Request& request) const
{
    auto body = addressBody(request);
    if (!body) return std::move(body.problem());
    const DireccionGuardada address{std::string(request.param("id")), campo::direccion(*body)};
    if (!body->isGood()) return body->problem();
    Group group(_e.data);
    _e.perfil.addChange(group, request.claim("sub"), address);
    auto saved = group.run(request);
    if (!saved) return done(std::move(saved));
    return Reply::json(addressJson(address));
}

Reply PerfilHandlers::borrarDireccion(const Request& request) const
{
    Group group(_e.data);
    _e.perfil.addRemove(group, request.claim("sub"), request.param("id"));
    return done(group.run(request));
}

Reply PerfilHandlers::consentimientos(const Request& request) const
{
    auto list = _e.perfil.consentimientos(request, request.claim("sub"));
    if (!list) return std::move(list.problem());
    return Reply::json(consentsJson(*list));
}

Reply PerfilHandlers::consentir(const Request& request) const
{
    const auto asunto = request.param("asunto");
    if (std::find(kAsuntos.begin(), kAsuntos.end(), asunto) == kAsuntos.end()) return problema::noEncontrado();
    auto body = Body::of(request, {"version", "otorgado"});
    if (!body) return std::move(body.problem());
    Consentimiento consent{std::string(asunto), campo::version(*body), body->boolean("otorgado"), nowUs()};
    if (!body->isGood()) return body->problem();
    Group group(_e.data);
    _e.perfil.addConsentimiento(group, request.claim("sub"), consent);
    const auto detail = consent.asunto + ' ' + consent.version + (consent.isOtorgado ? " si" : " no");
    _e.auditoria.add(group, {request.claim("sub"), "consentimiento", request.claim("sub"), detail});
    return done(group.run(request));
}

Reply PerfilHandlers::factor(const Request& request) const
{
    auto state = _factor.estado(request, Visita(request));
    if (!state) return std::move(state.problem());
    std::string out;
    zoco::JsonWriter(out).beginObject().member("activo", state->isActivo).member("codigos", state->codigos).endObject();
    return Reply::json(std::move(out));
}

Reply PerfilHandlers::prepararFactor(const Request& request) const
{
    const Visita visita(request);
    if (!_acceso.isReciente(visita)) return problema::autenticacionReciente();
    auto made = _factor.preparar(request, visita);
    if (!made) return std::move(made.problem());
    std::string out;
    zoco::JsonWriter(out)
        .beginObject()
        .member("secreto", made->secreto)
        .member("uri", made->uri)
        .member("qr", made->qr)
        .endObject();
    return Reply::json(std::move(out));
}

Reply PerfilHandlers::activarFactor(const Request& request) const
{
    auto body = Body::of(request, {"codigo"});
    if (!body) return std::move(body.problem());
    const auto code = campo::codigoNecesario(*body);
    if (!body->isGood()) return body->problem();
    const Visita visita(request);
    if (!_acceso.isReciente(visita)) return problema::autenticacionReciente();
    return codesReply(_factor.activar(request, visita, code));
}

Reply PerfilHandlers::desactivarFactor(const Request& request) const
{
    const Visita visita(request);
    if (!_acceso.isReciente(visita)) return problema::autenticacionReciente();
    auto off = _factor.desactivar(request, visita);
    if (!off) return std::move(off.problem());
    return Reply::empty(204);
}

Reply PerfilHandlers::renovarCodigos(const Request& request) const
{
    const Visita visita(request);
    if (!_acceso.isReciente(visita)) return problema::autenticacionReciente();
    return codesReply(_factor.renovar(request, visita));
}

} // namespace usuarios
