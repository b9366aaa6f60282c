#include "CatalogoUseCases.h"

#include "PublicId.h"
#include "consulta/Cursor.h"

#include <algorithm>
#include <chrono>

namespace catalogo
{

namespace
{

using zoco::CallContext;
using zoco::Problem;
using zoco::Result;

constexpr int kAttempts = 3;

std::int64_t nowMicroseconds()
{
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

Problem unknownProduct() { return {404, "producto-desconocido", "There is no such product", "", {}}; }

Problem takenSku()
{
    return {409, "sku-repetido", "Another product has this sku", "", {{"/sku", "is taken"}}, ZOCO_E_DUPLICATE};
}

std::string cursorBehind(Orden orden, const ProductoResumen& p)
{
    const auto number = orden == Orden::Novedad ? p.creado : p.importe;
    return encodeCursor(orden, {p.clave, number, p.id});
}

void addTotals(Pagina& page, const std::optional<std::string>& category)
{
    for (const auto& f : *page.facetas)
    {
        if (category && (!f.categoria || f.categoria->id != *category)) continue;
        page.total += f.productos;
        page.precioMin = std::min(page.precioMin.value_or(f.minimo), f.minimo);
        page.precioMax = std::max(page.precioMax.value_or(f.maximo), f.maximo);
    }
}

Cambios changesFor(const Producto& p)
{
    Cambios out;
    if (p.categoria) out.categorias.push_back(*p.categoria);
    out.ahora = p.modificado;
    return out;
}

} // namespace

Result<Pagina> CatalogoUseCases::list(const CallContext& context, const Consulta& query)
{
    Pagina out;
    ZOCO_TRY(out.productos, _repository.list(context, query, query.limite + 1));
    if (out.productos.size() > static_cast<std::size_t>(query.limite))
    {
        out.productos.pop_back();
        out.siguiente = cursorBehind(query.orden, out.productos.back());
    }
    ZOCO_TRY(out.facetas, facetsOf(context, query.filtro));
    addTotals(out, query.filtro.categoria);
    return out;
}

Result<std::shared_ptr<const Facetas>> CatalogoUseCases::facetsOf(const CallContext& context, const Filtro& filter)
{
    const auto key = FacetCache::keyOf(filter);
    if (auto known = _facets.find(key)) return known;
    const auto generation = _facets.generation();
    ZOCO_TRY(auto facets, _repository.facets(context, filter));
    std::shared_ptr<const Facetas> out = std::make_shared<Facetas>(std::move(facets));
    _facets.keep(key, out, generation);
    return out;
}

Result<Producto> CatalogoUseCases::find(const CallContext& context, std::string_view idOrSku) const
{
    ZOCO_TRY(auto found, _repository.find(context, idOrSku));
    if (!found) return unknownProduct();
    return std::move(*found);
}

Result<std::vector<CategoriaContada>> CatalogoUseCases::categories(const CallContext& context) const
{
    return _repository.categories(context);
}

Result<void> CatalogoUseCases::useStoredName(const CallContext& context, std::optional<Categoria>& category) const
{
    if (!category) return {};
    ZOCO_TRY(const auto stored, _repository.allCategories(context));
    for (const auto& c : stored)
        if (c.id == category->id) category = c;
    return {};
}

Result<Producto> CatalogoUseCases::create(const CallContext& context, DatosProducto data)
{
    if (auto named = useStoredName(context, data.categoria); !named) return std::move(named.problem());
    Producto product{std::move(data), newPublicId(), nowMicroseconds(), 0};
    product.modificado = product.creado;
    auto changes = changesFor(product);
    changes.nuevos.push_back(product);
    if (auto done = apply(context, changes); !done)
        return done.problem().code == ZOCO_E_DUPLICATE ? takenSku() : std::move(done.problem());
    return find(context, product.id);
}

Result<Producto> CatalogoUseCases::replace(const CallContext& context, std::string_view idOrSku, DatosProducto data)
{
    return change(context, idOrSku, [&](const Producto&) { return Result<DatosProducto>(data); });
}

Result<Producto> CatalogoUseCases::change(const CallContext& context, std::string_view idOrSku, const Change& change)
{
    for (int attempt = 1;; ++attempt)
    {
        ZOCO_TRY(const auto now, find(context, idOrSku));
        ZOCO_TRY(auto data, change(now));
        if (auto named = useStoredName(context, data.categoria); !named) return std::move(named.problem());
        if (data == static_cast<const DatosProducto&>(now)) return now;
        const Producto product{std::move(data), now.id, now.creado, std::max(nowMicroseconds(), now.modificado + 1)};
        auto changes = changesFor(product);
        changes.reemplazos.push_back({product, now.modificado});
        auto done = apply(context, changes);
        if (done) return find(context, product.id);
        if (done.problem().code == ZOCO_E_DUPLICATE) return takenSku();
        if (done.problem().code != ZOCO_E_GUARD || attempt == kAttempts) return std::move(done.problem());
    }
}

Result<void> CatalogoUseCases::remove(const CallContext& context, std::string_view idOrSku)
{
    ZOCO_TRY(const auto product, find(context, idOrSku));
    ZOCO_TRY(const bool wasThere, _repository.remove(context, product.id));
    _facets.clear();
    return wasThere ? Result<void>() : unknownProduct();
}

Result<void> CatalogoUseCases::apply(const CallContext& context, const Cambios& changes)
{
    auto done = _repository.apply(context, changes);
    _facets.clear(); // also after a failure, whose outcome may be unknown
    return done;
}

} // namespace catalogo
