#include "PagosRoutes.h"

#include "Resources.h"

namespace pagos
{

namespace
{

constexpr std::uint64_t kBodyLimit = 64 * 1024;
constexpr std::uint32_t kTimeoutMs = 60'000; ///< a payment service may be slow

using Method = zoco::Reply (PagosHandlers::*)(const zoco::Request&) const;

} // namespace

void addRoutes(zoco::Http& http, std::function<const PagosHandlers&()> handlers)
{
    const auto add =
        [&](const char* method, const char* pattern, const char* fragment, zoco::RouteOptions options, Method call)
    {
        const std::string text(resource("file", fragment).value_or("{}"));
        options.openapi = text.c_str();
        options.bodyLimit = kBodyLimit;
        options.timeoutMs = kTimeoutMs;
        http.route(method, pattern, options,
                   [handlers, call](const zoco::Request& request) { return (handlers().*call)(request); });
    };
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

} // namespace pagos
