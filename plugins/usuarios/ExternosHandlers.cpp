#include "ExternosHandlers.h"

#include "Problemas.h"
#include "Reloj.h"
#include "http/Body.h"
#include "zoco/Json.h"

#include <chrono>

namespace usuarios
{

using zoco::Reply;
using zoco::Request;

namespace
{

Reply redirect(std::string_view to) { return Reply::empty(303).header("Location", to); }

/// As the pages know it.
std::string_view nameOf(Retorno::Fin fin)
{
    switch (fin)
    {
    case Retorno::Fin::Dentro:
        return "dentro";
    case Retorno::Fin::Enlazado:
        return "enlazado";
    case Retorno::Fin::Denegado:
        return "denegado";
    case Retorno::Fin::NoDisponible:
        return "no-disponible";
    case Retorno::Fin::CuentaExistente:
        return "cuenta-existente";
    case Retorno::Fin::SinCorreo:
        return "sin-correo";
    case Retorno::Fin::Ajena:
        return "ajena";
    case Retorno::Fin::Inactiva:
        return "inactiva";
    case Retorno::Fin::Caducado:
        break;
    }
    return "caducado";
}

} // namespace

Reply ExternosHandlers::proveedores(const Request&) const
{
    std::string out;
    zoco::JsonWriter json(out);
    json.beginObject().key("proveedores").beginArray();
    for (const auto& client : _providers.all())
        json.beginObject().member("id", client->provider().id).member("nombre", client->provider().name).endObject();
    json.endArray().endObject();
    return Reply::json(std::move(out));
}

Reply ExternosHandlers::entrar(const Request& request) const
{
    auto* provider = _providers.find(request.param("proveedor"));
    if (provider == nullptr) return problema::noEncontrado();
    auto url = _externos.empezar(request, *provider, Proposito::Entrar, request.query("volver").value_or("/"));
    if (url) return redirect(*url);
    if (url.problem().status == 502) return redirect("/acceso?externo=no-disponible");
    return std::move(url.problem());
}

Reply ExternosHandlers::retorno(const Request& request) const
{
    auto* provider = _providers.find(request.param("proveedor"));
    if (provider == nullptr) return problema::noEncontrado();
    auto done = _externos.volver(request, *provider);
    if (!done) return std::move(done.problem());
    if (done->fin == Retorno::Fin::Dentro)
        return redirect(done->volver).session(done->token, std::chrono::seconds(_acceso.longestSession()));
    const bool isInside = !request.claim("sub").empty();
    const auto page = isInside ? std::string("/cuenta") : std::string("/acceso");
    return redirect(page + "?externo=" + std::string(nameOf(done->fin)));
}

Reply ExternosHandlers::lista(const Request& request) const
{
    auto list = _e.externos.of(request, request.claim("sub"));
    if (!list) return std::move(list.problem());
    std::string out;
    zoco::JsonWriter json(out);
    json.beginObject().key("externos").beginArray();
    for (const auto& e : *list)
    {
        const auto* provider = _providers.find(e.proveedor);
        json.beginObject()
            .member("id", e.id)
            .member("proveedor", e.proveedor)
            .member("nombre", provider == nullptr ? std::string_view(e.proveedor) : provider->provider().name)
            .member("correo", e.correo)
            .member("creado", rfc3339(e.creado))
            .member("usado", rfc3339(e.usado))
            .endObject();
    }
    json.endArray().endObject();
    return Reply::json(std::move(out));
}

Reply ExternosHandlers::begin(const Request& request, Proposito purpose) const
{
    if (request.claim("sub").empty()) return problema::nadie(); // the route lets guests in, for the browser's own mark
    auto body = Body::of(request, {"volver"});
    if (!body) return std::move(body.problem());
    const auto volver = body->optionalText(
        "volver", 500,
        [](std::string_view path) { return isOwnPath(path) ? std::string() : std::string("is no page of this shop"); });
    if (!body->isGood()) return body->problem();
    auto* provider = _providers.find(request.param("proveedor"));
    if (provider == nullptr) return problema::noEncontrado();
    auto url = _externos.empezar(request, *provider, purpose, volver.value_or("/cuenta"));
    if (!url) return std::move(url.problem());
    std::string out;
    zoco::JsonWriter(out).beginObject().member("url", *url).endObject();
    return Reply::json(std::move(out));
}

Reply ExternosHandlers::enlazar(const Request& request) const
{
    if (!request.claim("sub").empty() && !_acceso.isReciente(Visita(request))) return problema::autenticacionReciente();
    return begin(request, Proposito::Enlazar);
}

Reply ExternosHandlers::confirmar(const Request& request) const { return begin(request, Proposito::Confirmar); }

Reply ExternosHandlers::quitar(const Request& request) const
{
    const Visita visita(request);
    if (!_acceso.isReciente(visita)) return problema::autenticacionReciente();
    auto done = _externos.quitar(request, visita, request.param("id"));
    if (!done) return std::move(done.problem());
    return Reply::empty(204);
}

} // namespace usuarios
