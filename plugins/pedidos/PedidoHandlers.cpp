#include "PedidoHandlers.h"

#include "Problemas.h"
#include "casos/Actual.h"
#include "http/Acceso.h"
#include "http/Campos.h"
#include "text/Ficha.h"

#include <algorithm>
#include <charconv>
#include <iterator>

namespace pedidos
{

using zoco::Reply;
using zoco::Request;

namespace
{

constexpr int kMostPerPage = 100;
constexpr int kPerPage = 20;

std::string cursorOf(const PedidoResumen& order) { return std::to_string(order.creado) + '-' + order.id; }

/// A forged one leads to another place of the same list.
std::optional<PedidosRepository::Lugar> placeOf(std::string_view cursor)
{
    PedidosRepository::Lugar out;
    const auto* end = cursor.data() + cursor.size();
    const auto [at, error] = std::from_chars(cursor.data(), end, out.creado);
    if (error != std::errc() || at == end || *at != '-') return std::nullopt;
    out.id.assign(at + 1, end);
    return isBase64Url(out.id, 22) ? std::optional(std::move(out)) : std::nullopt;
}

std::optional<int> limitOf(const Request& request)
{
    const auto text = request.query("limite");
    if (!text) return kPerPage;
    int out = 0;
    const auto [at, error] = std::from_chars(text->data(), text->data() + text->size(), out);
    const bool isGood = error == std::errc() && at == text->data() + text->size() && out >= 1 && out <= kMostPerPage;
    return isGood ? std::optional(out) : std::nullopt;
}

} // namespace

Reply PedidoHandlers::comprar(const Request& request) const
{
    auto wanted = campo::solicitud(request, _e.ajustes.envios);
    if (!wanted) return std::move(wanted.problem());
    return _compra.place(
        request, Quien::of(request, _e.crypto), *wanted,
        [&](const Pedido& order, const std::string& token)
        { return Reply::json(_vista.pedido(order, token), 201).header("Location", "/Pedidos/" + order.id); });
}

Reply PedidoHandlers::lista(const Request& request) const
{
    std::vector<zoco::FieldError> errors;
    const auto limit = limitOf(request);
    if (!limit) errors.push_back({"/limite", "must be a whole number from 1 to " + std::to_string(kMostPerPage)});
    std::optional<PedidosRepository::Lugar> place;
    if (const auto cursor = request.query("cursor"))
    {
        place = placeOf(*cursor);
        if (!place) errors.push_back({"/cursor", "is none of this list"});
    }
    if (!errors.empty()) return problema::datosInvalidos(std::move(errors));
    auto found = _e.pedidos.of(request, request.claim("sub"), place, *limit + 1);
    if (!found) return std::move(found.problem());
    const bool hasMore = found->size() > static_cast<std::size_t>(*limit);
    if (hasMore) found->pop_back();
    return Reply::json(_vista.pedidos(*found, hasMore ? cursorOf(found->back()) : std::string()));
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
