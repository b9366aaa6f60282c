#pragma once

#include "consulta/Consulta.h"
#include "model/Producto.h"
#include "zoco/Services.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace catalogo
{

/// Changes that happen together or not at all. Built by the use cases; a value.
struct Cambios
{
    /// A product as it shall be, and `modificado` of the one it replaces.
    struct Reemplazo
    {
        Producto producto;
        std::int64_t antes = 0;
    };

    std::vector<Categoria> categorias; ///< made when not there yet
    std::vector<Producto> nuevos;
    std::vector<Reemplazo> reemplazos;
    std::int64_t ahora = 0; ///< microseconds UTC

    bool isEmpty() const noexcept { return nuevos.empty() && reemplazos.empty(); }
};

/// The catalogue in the data service: one function per operation of sql/operations. [any-thread]
class CatalogoRepository
{
public:
    /// Resolves the operations; throws when one is not there. [lifecycle, in start] `data` and `folding` outlive it.
    CatalogoRepository(const zoco::Service& data, const Folding& folding);

    /// At most `limite` products of the list, which may be one more than the query's own limit.
    zoco::Result<std::vector<ProductoResumen>> list(const zoco::CallContext& context, const Consulta& query,
                                                    int limite) const;

    /// One row of `facets`: the products of one category, or of none.
    struct Faceta
    {
        std::optional<Categoria> categoria;
        std::int64_t productos = 0;
        std::int64_t minimo = 0; ///< lowest price
        std::int64_t maximo = 0;
    };
    /// Of the products that a filter lets through, its category left aside; by name of the category.
    zoco::Result<std::vector<Faceta>> facets(const zoco::CallContext& context, const Filtro& filter) const;

    /// An id wins over an equal sku.
    zoco::Result<std::optional<Producto>> find(const zoco::CallContext& context, std::string_view idOrSku) const;
    zoco::Result<std::vector<CategoriaContada>> categories(const zoco::CallContext& context) const;
    /// Every category, used or not.
    zoco::Result<std::vector<Categoria>> allCategories(const zoco::CallContext& context) const;
    /// Hands out every product, in no order.
    zoco::Result<void> forEach(const zoco::CallContext& context, const std::function<void(Producto)>& onProduct) const;

    /// Whether the shop has ever had a product.
    zoco::Result<bool> wasEverFilled(const zoco::CallContext& context) const;
    /// All or nothing. ZOCO_E_GUARD: a replaced product was changed by somebody else; ZOCO_E_DUPLICATE: a sku is taken.
    zoco::Result<void> apply(const zoco::CallContext& context, const Cambios& changes) const;
    /// Whether there was one.
    zoco::Result<bool> remove(const zoco::CallContext& context, std::string_view id) const;

private:
    const zoco::Service& _data;
    const Folding& _folding;
    zoco::Operation _list;
    zoco::Operation _facets;
    zoco::Operation _find;
    zoco::Operation _all;
    zoco::Operation _create;
    zoco::Operation _replace;
    zoco::Operation _remove;
    zoco::Operation _categories;
    zoco::Operation _allCategories;
    zoco::Operation _createCategory;
    zoco::Operation _wasEverFilled;
    zoco::Operation _setFilled;
};

} // namespace catalogo
