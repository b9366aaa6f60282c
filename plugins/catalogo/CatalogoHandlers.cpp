#include "CatalogoHandlers.h"

#include "http/ContentType.h"
#include "http/Etag.h"
#include "http/ProductoJson.h"

namespace catalogo
{

namespace
{

using zoco::Reply;
using zoco::Request;

constexpr std::string_view kSvgPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

Reply answer(zoco::Result<Producto> result)
{
    if (!result) return std::move(result.problem());
    return Reply::json(toJson(*result));
}

} // namespace

Reply CatalogoHandlers::list(const Request& request) const
{
    auto query = parseConsulta([&](std::string_view name) { return request.query(name); }, _folding);
    if (!query) return std::move(query.problem());
    auto page = _useCases.list(request, *query);
    if (!page) return std::move(page.problem());
    return revalidated(request, toJson(*page));
}

Reply CatalogoHandlers::show(const Request& request) const
{
    auto product = _useCases.find(request, request.param("producto"));
    if (!product) return std::move(product.problem());
    return revalidated(request, toJson(*product));
}

Reply CatalogoHandlers::categories(const Request& request) const
{
    auto categories = _useCases.categories(request);
    if (!categories) return std::move(categories.problem());
    return revalidated(request, toJson(*categories));
}

Reply CatalogoHandlers::picture(const Request& request) const
{
    const auto name = request.param("nombre");
    const auto unknown = [] { return zoco::Problem{404, "imagen-desconocida", "There is no such picture", "", {}}; };
    const auto kind = kindOfPictureName(name);
    if (!kind) return unknown();
    const auto etag = '"' + std::string(name) + '"';
    const bool isKnownToClient = isCurrent(request, etag) && _pictures.contains(name);
    auto content = isKnownToClient ? std::string() : _pictures.read(name);
    if (!content) return unknown();
    auto reply = isKnownToClient ? Reply::empty(304) : Reply(200, std::move(*content), mediaTypeOf(*kind));
    reply.header("ETag", etag);
    if (*kind == PictureKind::Svg) reply.header("Content-Security-Policy", kSvgPolicy);
    return reply;
}

Reply CatalogoHandlers::create(const Request& request) const
{
    if (auto fault = faultOfContentType(request, {"application/json"})) return std::move(*fault);
    auto data = _bodies.whole(request.body());
    if (!data) return std::move(data.problem());
    auto product = _useCases.create(request, std::move(*data));
    if (!product) return std::move(product.problem());
    return Reply::json(toJson(*product), 201).header("Location", "/Catalogo/productos/" + product->id);
}

Reply CatalogoHandlers::replace(const Request& request) const
{
    if (auto fault = faultOfContentType(request, {"application/json"})) return std::move(*fault);
    auto data = _bodies.whole(request.body());
    if (!data) return std::move(data.problem());
    return answer(_useCases.replace(request, request.param("producto"), std::move(*data)));
}

Reply CatalogoHandlers::patch(const Request& request) const
{
    if (auto fault = faultOfContentType(request, {"application/merge-patch+json", "application/json"}))
        return std::move(*fault);
    const auto change = [&](const Producto& now) { return _bodies.patched(now, request.body()); };
    return answer(_useCases.change(request, request.param("producto"), change));
}

Reply CatalogoHandlers::remove(const Request& request) const
{
    auto done = _useCases.remove(request, request.param("producto"));
    if (!done) return std::move(done.problem());
    return Reply::empty(204);
}

} // namespace catalogo
