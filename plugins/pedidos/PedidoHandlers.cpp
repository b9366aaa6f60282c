#include "PedidoHandlers.h"

#include "Problemas.h"
#include "casos/Actual.h"
#include "http/Acceso.h"
#include "http/Campos.h"

#include <algorithm>
#include <iterator>

namespace pedidos
{

using zoco::Reply;
using zoco::Request;
using zoco::Result;

Reply PedidoHandlers::comprar(const Request& request) const
{
    auto wanted = campo::solicitud(request, _e.ajustes.envios);
    if (!wanted) return std::move(wanted.problem());
    return _compra.place(
        request, Quien::of(request, _e.crypto), *wanted,
        [&](const Pedido& order, const std::string& token)
        { return Reply::json(_vista.pedido(order, token), 201).header("Location", "/Pedidos/" + order.id); });
}

Reply PedidoHandlers::page(const Pagina& page, Result<std::vector<PedidoResumen>> found) const
{
    if (!found) return std::move(found.problem());
    const bool hasMore = cutTo(page, *found);
    return Reply::json(
        _vista.pedidos(*found, hasMore ? cursorDe({found->back().creado, found->back().id}) : std::string()));
}

Reply PedidoHandlers::lista(const Request& request) const
{
    std::vector<zoco::FieldError> errors;
    const auto place = paginaDe(request, errors);
    if (!errors.empty()) return problema::datosInvalidos(std::move(errors));
    return page(place, _e.pedidos.of(request, request.claim("sub"), place.detras, place.limite + 1));
}

Reply PedidoHandlers::gestion(const Request& request) const
{
    std::vector<zoco::FieldError> errors;
    const auto place = paginaDe(request, errors);
    const auto filter = filtroDe(request, _e.pedidos, errors);
    if (!errors.empty()) return problema::datosInvalidos(std::move(errors));
    return page(place, _e.pedidos.all(request, filter, place.detras, place.limite + 1));
}

Reply PedidoHandlers::ver(const Request& request) const
{
    auto order = pedidoPermitido(request, _e);
    if (!order) return std::move(order.problem());
    return Reply::json(_vista.pedido(*order, ""));
}

Reply PedidoHandlers::change(const Request& request, Pedido pedido, Estado a, std::string_view motivo) const
{
    const auto reply = Reply::json(_vista.estado(pedido, a));
    const auto pass = [&](const Pedido& now) -> Result<Reply>
    {
        auto done =
            _transiciones.pass(request, Transiciones::objetoDe(now), a, actorOf(request), motivo, &request, &reply);
        if (!done) return std::move(done.problem());
        return reply;
    };
    return conActual(_e, request, std::move(pedido), pass);
}

Reply PedidoHandlers::cancelar(const Request& request) const
{
    std::string why;
    if (!request.body().empty())
    {
        auto body = Cuerpo::of(request, {"motivo"});
        if (!body) return std::move(body.problem());
        why = body->optionalText("motivo", 200);
        if (!body->isGood()) return body->problem();
    }
    auto order = pedidoPermitido(request, _e);
    if (!order) return std::move(order.problem());
    return change(request, std::move(*order), Estado::Cancelado, why);
}

/// What is paid, payments say; what has expired, the clock; what came back, a return. Whoever says no more than that it
/// was sent has sent all that is left.
Reply PedidoHandlers::pasar(const Request& request) const
{
    auto body = Cuerpo::of(request, {"a", "motivo"});
    if (!body) return std::move(body.problem());
    const auto a = estadoDe(body->text("a", 20));
    constexpr Estado kByHand[] = {Estado::Confirmado, Estado::Preparado, Estado::Enviado, Estado::Entregado,
                                  Estado::Cancelado};
    if (!a || std::find(std::begin(kByHand), std::end(kByHand), *a) == std::end(kByHand))
        body->fault("a", "must be confirmado, preparado, enviado, entregado or cancelado");
    const auto why = body->optionalText("motivo", 200);
    if (!body->isGood()) return body->problem();
    auto order = pedidoPermitido(request, _e);
    if (!order) return std::move(order.problem());
    if (*a != Estado::Enviado) return change(request, std::move(*order), *a, why);
    return _expediciones.send(request, std::move(*order), {}, actorOf(request),
                              [&](const Pedido& sent, const Expedicion&, Estado now)
                              { return Reply::json(_vista.estado(sent, now)); });
}

} // namespace pedidos
