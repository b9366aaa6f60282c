#include "GanchoHandlers.h"

#include "Anuncios.h"
#include "Destino.h"
#include "GanchoVista.h"
#include "Problemas.h"
#include "Reloj.h"
#include "http/Acceso.h"
#include "http/Cuerpo.h"
#include "http/Listado.h"
#include "text/Ficha.h"

namespace pedidos
{

using zoco::Reply;
using zoco::Request;
using zoco::Result;

Result<Gancho> GanchoHandlers::wanted(const Request& request) const
{
    ZOCO_TRY(auto found, _repository.find(request, request.param("gancho")));
    if (!found) return problema::ganchoDesconocido();
    return std::move(*found);
}

Reply GanchoHandlers::crear(const Request& request) const
{
    constexpr std::size_t kAddress = 400;
    auto body = Cuerpo::of(request, {"url", "tipos"});
    if (!body) return std::move(body.problem());
    Gancho g{base64Url(_e.crypto.random(16)), body->text("url", kAddress), actorOf(request), nowUs(), {}};
    for (const auto& tipo : body->choices("tipos", kTiposGancho)) g.tipos += marcaDe(tipo);
    if (!g.url.empty()) body->fault("url", faultOfDestino(g.url, _e.ajustes.ganchosLocales));
    if (!body->isGood()) return body->problem();
    const auto secret = base64Url(_e.crypto.random(32));
    const auto reply = Reply::json(jsonDe(g, secret), 201).header("Location", "/Pedidos/ganchos/" + g.id);
    zoco::Group group(_e.data);
    _repository.addCreate(group, g, secret);
    _e.respuestas.add(group, request, reply);
    if (auto done = group.run(request); !done) return std::move(done.problem());
    return reply;
}

Reply GanchoHandlers::lista(const Request& request) const
{
    auto all = _repository.all(request);
    if (!all) return std::move(all.problem());
    return Reply::json(jsonDe(*all));
}

Reply GanchoHandlers::ver(const Request& request) const
{
    auto gancho = wanted(request);
    if (!gancho) return std::move(gancho.problem());
    return Reply::json(jsonDe(*gancho));
}

Reply GanchoHandlers::borrar(const Request& request) const
{
    auto gancho = wanted(request);
    if (!gancho) return std::move(gancho.problem());
    if (auto done = _repository.remove(request, gancho->id); !done) return std::move(done.problem());
    return Reply::empty(204);
}

Reply GanchoHandlers::entregas(const Request& request) const
{
    std::vector<zoco::FieldError> errors;
    const auto place = paginaDe(request, errors);
    if (!errors.empty()) return problema::datosInvalidos(std::move(errors));
    auto gancho = wanted(request);
    if (!gancho) return std::move(gancho.problem());
    auto found = _repository.deliveries(request, gancho->id, place.detras, place.limite + 1);
    if (!found) return std::move(found.problem());
    const bool hasMore = cutTo(place, *found);
    const auto tries = _repository.tries(request, gancho->id, *found);
    if (!tries) return tries.problem();
    return Reply::json(
        jsonDe(*found, *tries, hasMore ? cursorDe({found->back().momento, found->back().id}) : std::string()));
}

/// Also of what was delivered: whoever lost it may have it again.
Reply GanchoHandlers::repetir(const Request& request) const
{
    const auto id = request.param("entrega");
    auto gancho = wanted(request);
    if (!gancho) return std::move(gancho.problem());
    auto found = _repository.delivery(request, gancho->id, id);
    if (!found) return std::move(found.problem());
    if (!*found) return problema::entregaDesconocida();
    const auto tries = _repository.tries(request, gancho->id, {**found});
    if (!tries) return tries.problem();
    const auto now = nowUs();
    (*found)->estado = "pendiente";
    (*found)->proximo = now;
    const auto reply = Reply::json(jsonDe(**found, *tries), 202);
    zoco::Group group(_e.data);
    _repository.addRepeat(group, gancho->id, id, now, now + Anuncios::patience());
    _e.respuestas.add(group, request, reply);
    if (auto done = group.run(request); !done) return std::move(done.problem());
    _repartidor.wake();
    return reply;
}

} // namespace pedidos
