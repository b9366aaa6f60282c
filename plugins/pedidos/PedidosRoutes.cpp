#include "PedidosRoutes.h"

#include <string>

namespace pedidos
{

namespace
{

using zoco::Reply;
using zoco::Request;
using zoco::RouteOptions;

constexpr std::uint64_t kBodyLimit = 16 * 1024;
constexpr std::uint32_t kMailsCount = 100; ///< of one client: each may mail somebody
constexpr std::uint32_t kTenMinutesMs = 600'000;

/// Adds routes of one class of handlers, each with the OpenAPI fragment of its name.
template <class Handlers>
class Adder
{
public:
    using To = std::function<const Handlers&()>;
    using Method = Reply (Handlers::*)(const Request&) const;

    Adder(zoco::Http& http, To to) : _http(http), _to(std::move(to)) {}

    void add(const char* method, const char* pattern, const char* name, RouteOptions options, Method call)
    {
        const std::string text(
            zoco::embeddedFile("openapi-" + std::string(name) + ".json").value_or("{}")); // 0-terminated
        options.openapi = text.c_str();
        _http.route(method, pattern, options,
                    [to = _to, call](const Request& request) { return (to().*call)(request); });
    }

private:
    zoco::Http& _http;
    To _to;
};

} // namespace

void addRoutes(zoco::Http& http, const std::function<const CarritoHandlers&()>& carrito,
               const std::function<const PedidoHandlers&()>& pedido,
               const std::function<const EntregaHandlers&()>& entrega,
               const std::function<const FacturaHandlers&()>& factura,
               const std::function<const GanchoHandlers&()>& gancho)
{
    using C = CarritoHandlers;
    using P = PedidoHandlers;
    const RouteOptions read{.auth = zoco::Auth::Visitor};
    const RouteOptions write{
        .auth = zoco::Auth::Visitor, .bodyLimit = kBodyLimit, .idempotency = zoco::Idempotency::Accepted};
    auto mails = write;
    mails.rateCount = kMailsCount;
    mails.rateWindowMs = kTenMinutesMs;
    const RouteOptions keep{.auth = zoco::Auth::Role,
                            .role = "pedidos",
                            .bodyLimit = kBodyLimit,
                            .idempotency = zoco::Idempotency::Accepted};
    constexpr auto kLine = "/Pedidos/carrito/lineas/{producto}";

    Adder<C> cart(http, carrito);
    cart.add("GET", "/Pedidos/carrito", "carrito", read, &C::ver);
    cart.add("DELETE", "/Pedidos/carrito", "vaciar", read, &C::vaciar);
    cart.add("POST", "/Pedidos/carrito/lineas", "sumar", write, &C::sumar);
    cart.add("PUT", kLine, "poner", write, &C::poner);
    cart.add("DELETE", kLine, "quitar", read, &C::quitar);
    cart.add("POST", "/Pedidos/carrito/cupones", "poner-cupon", write, &C::ponerCupon);
    cart.add("DELETE", "/Pedidos/carrito/cupones/{codigo}", "quitar-cupon", read, &C::quitarCupon);
    cart.add("GET", "/Pedidos/envios", "envios", read, &C::envios);
    cart.add("POST", "/Pedidos/cupones", "crear-cupon", keep, &C::crearCupon);
    cart.add("GET", "/Pedidos/cupones", "cupones", {.auth = zoco::Auth::Role, .role = "pedidos"}, &C::cupones);

    Adder<P> orders(http, pedido);
    orders.add("POST", "/Pedidos", "comprar", mails, &P::comprar);
    orders.add("GET", "/Pedidos", "pedidos", {.auth = zoco::Auth::User}, &P::lista);
    orders.add("GET", "/Pedidos/gestion", "gestion", {.auth = zoco::Auth::Role, .role = "pedidos"}, &P::gestion);
    orders.add("GET", "/Pedidos/{pedido}", "pedido", {.auth = zoco::Auth::Public}, &P::ver);
    orders.add("POST", "/Pedidos/{pedido}/cancelacion", "cancelar", mails, &P::cancelar);
    orders.add("POST", "/Pedidos/{pedido}/estado", "pasar", keep, &P::pasar);

    using E = EntregaHandlers;
    Adder<E> deliveries(http, entrega);
    deliveries.add("POST", "/Pedidos/{pedido}/expediciones", "expedir", keep, &E::expedir);
    deliveries.add("POST", "/Pedidos/{pedido}/devoluciones", "devolver", write, &E::devolver);
    deliveries.add("POST", "/Pedidos/{pedido}/devoluciones/{devolucion}/recepcion", "recibir", keep, &E::recibir);

    using F = FacturaHandlers;
    Adder<F> invoices(http, factura);
    invoices.add("GET", "/Pedidos/{pedido}/factura", "factura", {.auth = zoco::Auth::Public}, &F::ver);
    invoices.add("GET", "/Pedidos/{pedido}/facturas", "facturas", {.auth = zoco::Auth::Public}, &F::lista);

    using G = GanchoHandlers;
    const RouteOptions look{.auth = zoco::Auth::Role, .role = "pedidos"};
    constexpr auto kHook = "/Pedidos/ganchos/{gancho}";
    Adder<G> hooks(http, gancho);
    hooks.add("POST", "/Pedidos/ganchos", "crear-gancho", keep, &G::crear);
    hooks.add("GET", "/Pedidos/ganchos", "ganchos", look, &G::lista);
    hooks.add("GET", kHook, "gancho", look, &G::ver);
    hooks.add("DELETE", kHook, "borrar-gancho", look, &G::borrar);
    hooks.add("GET", "/Pedidos/ganchos/{gancho}/entregas", "gancho-entregas", look, &G::entregas);
    hooks.add("POST", "/Pedidos/ganchos/{gancho}/entregas/{entrega}/repeticion", "repetir-gancho", keep, &G::repetir);
}

} // namespace pedidos
