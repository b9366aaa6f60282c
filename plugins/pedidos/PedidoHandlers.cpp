#include "PedidoHandlers.h"

#include "Problemas.h"
#include "http/Campos.h"
#include "text/Ficha.h"

#include <charconv>

namespace pedidos
{

using zoco::Reply;
using zoco::Request;
using zoco::Result;

namespace
{

constexpr const char* kStaff = "pedidos";
constexpr int kMostPerPage = 100;
constexpr int kPerPage = 20;

bool isStaff(const Request& request) { return request.hasClaim("role", kStaff); }

/// The token of an order, of a header or of a mailed link.
std::string accessOf(const Request& request)
{
    const auto header = request.header("X-Acceso");
    return header.empty() ? request.query("acceso").value_or("") : std::string(header);
}

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

std::string nameOf(const Request& request)
{
    const auto user = request.claim("sub");
    return user.empty() ? "cliente" : std::string(user);
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

Result<Pedido> PedidoHandlers::allowed(const Request& request) const
{
    ZOCO_TRY(auto found, _e.pedidos.find(request, request.param("pedido")));
    if (!found) return problema::pedidoDesconocido();
    const auto user = request.claim("sub");
    const bool isTheirs = found->usuario && !user.empty() && user == *found->usuario;
    const auto token = accessOf(request);
    const bool hasToken = !token.empty() && zoco::equalInConstantTime(huella(token), found->acceso);
    if (!isTheirs && !hasToken && !isStaff(request)) return problema::pedidoDesconocido();
    return std::move(*found);
}

Reply PedidoHandlers::ver(const Request& request) const
{
    auto order = allowed(request);
    if (!order) return std::move(order.problem());
    return Reply::json(_vista.pedido(*order, ""));
}

Reply PedidoHandlers::change(const Request& request, Pedido pedido, Estado a, std::string_view motivo) const
{
    constexpr int kAttempts = 3;
    const auto reply = Reply::json(_vista.estado(pedido, a));
    for (int attempt = 1;; ++attempt)
    {
        auto done = _transiciones.pass(request, {pedido.id, pedido.estado, pedido.cupon}, a, nameOf(request), motivo,
                                       &request, &reply);
        if (done) return reply;
        if (done.problem().code != ZOCO_E_GUARD || attempt == kAttempts) return std::move(done.problem());
        auto now = _e.pedidos.find(request, pedido.id); // somebody else was quicker
        if (!now) return std::move(now.problem());
        if (!*now) return problema::pedidoDesconocido();
        pedido = std::move(**now);
    }
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
    auto order = allowed(request);
    if (!order) return std::move(order.problem());
    return change(request, *order, Estado::Cancelado, why);
}

/// What is paid, payments say; what has expired, the clock.
Reply PedidoHandlers::pasar(const Request& request) const
{
    auto body = Cuerpo::of(request, {"a", "motivo"});
    if (!body) return std::move(body.problem());
    const auto a = estadoDe(body->text("a", 20));
    const bool isOurs = a && *a != Estado::Pagado && *a != Estado::Caducado && *a != Estado::Pendiente;
    if (!isOurs)
        body->fault("a", "must be confirmado, preparado, enviado_parcial, enviado, entregado, cancelado or devuelto");
    const auto why = body->optionalText("motivo", 200);
    if (!body->isGood()) return body->problem();
    auto order = allowed(request);
    if (!order) return std::move(order.problem());
    return change(request, *order, *a, why);
}

} // namespace pedidos
