#include "PagosRoutes.h"

#include "Resources.h"

namespace pagos
{

namespace
{

constexpr std::uint64_t kBodyLimit = 64 * 1024;
constexpr std::uint32_t kTimeoutMs = 60'000; ///< a payment service may be slow

constexpr std::uint64_t kFileLimit = 1024 * 1024;

/// Adds routes that methods of `Handlers` answer.
template <class Handlers>
auto adder(zoco::Http& http, std::function<const Handlers&()> handlers, std::uint64_t limit)
{
    return
        [&http, handlers, limit](const char* method, const char* pattern, const char* fragment,
                                 zoco::RouteOptions options, zoco::Reply (Handlers::*call)(const zoco::Request&) const)
    {
        const std::string text(resource("file", fragment).value_or("{}"));
        options.openapi = text.c_str();
        options.bodyLimit = limit;
        options.timeoutMs = kTimeoutMs;
        http.route(method, pattern, options,
                   [handlers, call](const zoco::Request& request) { return (handlers().*call)(request); });
    };
}

} // namespace

void addRoutes(zoco::Http& http, std::function<const PagosHandlers&()> handlers)
{
    const auto add = adder<PagosHandlers>(http, std::move(handlers), kBodyLimit);
    const zoco::RouteOptions open{.auth = zoco::Auth::Public};
    const zoco::RouteOptions visitor{.auth = zoco::Auth::Visitor};
    const zoco::RouteOptions paying{.auth = zoco::Auth::Visitor, .idempotency = zoco::Idempotency::Accepted};
    const zoco::RouteOptions staff{
        .auth = zoco::Auth::Role, .role = "pagos", .idempotency = zoco::Idempotency::Accepted};

    add("GET", "/Pagos/medios", "openapi-medios.json", open, &PagosHandlers::methods);
    add("POST", "/Pagos", "openapi-crear.json", paying, &PagosHandlers::create);
    add("GET", "/Pagos/{id}", "openapi-pago.json", visitor, &PagosHandlers::show);
    add("POST", "/Pagos/{id}/captura", "openapi-captura.json", staff, &PagosHandlers::capture);
    add("POST", "/Pagos/{id}/reembolsos", "openapi-reembolso.json", staff, &PagosHandlers::refund);
    add("POST", "/Pagos/{id}/anulacion", "openapi-anulacion.json", staff, &PagosHandlers::cancel);
    add("POST", "/Pagos/notificaciones/{conector}", "openapi-notificacion.json", open, &PagosHandlers::notify);
    add("GET", "/Pagos/{id}/retorno", "openapi-retorno.json", open, &PagosHandlers::comeBack);
    add("POST", "/Pagos/{id}/retorno", "openapi-retorno-reto.json", open, &PagosHandlers::comeBack);
}

void addStaffRoutes(zoco::Http& http, std::function<const GestionHandlers&()> handlers)
{
    const auto add = adder<GestionHandlers>(http, std::move(handlers), kFileLimit);
    const zoco::RouteOptions staff{.auth = zoco::Auth::Role, .role = "pagos"};

    add("GET", "/Pagos/notificaciones", "openapi-notificaciones.json", staff, &GestionHandlers::notifications);
    add("POST", "/Pagos/liquidaciones", "openapi-liquidacion.json", staff, &GestionHandlers::settle);
    add("GET", "/Pagos/conciliacion", "openapi-conciliacion.json", staff, &GestionHandlers::reconcile);
}

} // namespace pagos
