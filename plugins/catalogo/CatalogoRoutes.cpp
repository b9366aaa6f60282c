#include "CatalogoRoutes.h"

#include "Resources.h"

namespace catalogo
{

namespace
{

constexpr std::uint64_t kBodyLimit = 256 * 1024;

/// Answers carry an entity tag, so that an unchanged one costs a client no bytes, and it never sees an old one.
constexpr const char* kRevalidate = "no-cache";

using Method = zoco::Reply (CatalogoHandlers::*)(const zoco::Request&) const;

} // namespace

void addRoutes(zoco::Http& http, std::function<const CatalogoHandlers&()> handlers)
{
    const auto add =
        [&](const char* method, const char* pattern, const char* operation, zoco::RouteOptions options, Method call)
    {
        const std::string text(resource("file", operation).value_or("{}")); // routes take 0-terminated text
        options.openapi = text.c_str();
        http.route(method, pattern, options,
                   [handlers, call](const zoco::Request& request) { return (handlers().*call)(request); });
    };
    const zoco::RouteOptions open{.auth = zoco::Auth::Public, .cacheControl = kRevalidate};
    const zoco::RouteOptions forEver{.auth = zoco::Auth::Public, .cacheControl = "public, max-age=31536000, immutable"};
    const zoco::RouteOptions write{.auth = zoco::Auth::Role, .role = "catalogo", .bodyLimit = kBodyLimit};
    constexpr auto kAll = "/Catalogo/productos";
    constexpr auto kOne = "/Catalogo/productos/{producto}";

    add("GET", kAll, "openapi-lista.json", open, &CatalogoHandlers::list);
    add("GET", kOne, "openapi-producto.json", open, &CatalogoHandlers::show);
    add("GET", "/Catalogo/categorias", "openapi-categorias.json", open, &CatalogoHandlers::categories);
    add("GET", "/Catalogo/imagenes/{nombre}", "openapi-imagen.json", forEver, &CatalogoHandlers::picture);
    add("POST", kAll, "openapi-crear.json", write, &CatalogoHandlers::create);
    add("PUT", kOne, "openapi-reemplazar.json", write, &CatalogoHandlers::replace);
    add("PATCH", kOne, "openapi-cambiar.json", write, &CatalogoHandlers::patch);
    add("DELETE", kOne, "openapi-borrar.json", write, &CatalogoHandlers::remove);
}

} // namespace catalogo
