#pragma once

#include "CatalogoRepository.h"
#include "consulta/FacetCache.h"
#include "pictures/PictureStore.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace catalogo
{

/// A page of the list, with what its filter lets through.
struct Pagina
{
    std::vector<ProductoResumen> productos;
    std::shared_ptr<const Facetas> facetas; ///< shared with the cache
    std::int64_t total = 0;
    std::optional<std::int64_t> precioMin; ///< of the whole list; nothing when it is empty
    std::optional<std::int64_t> precioMax;
    std::optional<std::string> siguiente; ///< cursor of the next page
};

/// What the catalogue can do. Failures that a client is told are Problems. [any-thread]
class CatalogoUseCases
{
public:
    CatalogoUseCases(const CatalogoRepository& repository, const PictureStore& pictures)
        : _repository(repository), _pictures(pictures)
    {
    }

    zoco::Result<Pagina> list(const zoco::CallContext& context, const Consulta& query);
    zoco::Result<Producto> find(const zoco::CallContext& context, std::string_view idOrSku) const;
    zoco::Result<std::vector<CategoriaContada>> categories(const zoco::CallContext& context) const;

    /// 409 `sku-repetido` when another product has the sku.
    zoco::Result<Producto> create(const zoco::CallContext& context, DatosProducto data);
    /// Replaces everything but id and time of creation.
    zoco::Result<Producto> replace(const zoco::CallContext& context, std::string_view idOrSku, DatosProducto data);
    /// Changes the product that is there now by `change`, which may be called again when somebody else was faster.
    using Change = std::function<zoco::Result<DatosProducto>(const Producto& now)>;
    zoco::Result<Producto> change(const zoco::CallContext& context, std::string_view idOrSku, const Change& change);
    zoco::Result<void> remove(const zoco::CallContext& context, std::string_view idOrSku);

    /// Many at once, all or nothing: an import.
    zoco::Result<void> apply(const zoco::CallContext& context, const Cambios& changes);

    bool hasPicture(std::string_view name) const { return _pictures.contains(name); }

private:
    /// A category that is there already keeps its name, however a request writes it.
    zoco::Result<void> useStoredName(const zoco::CallContext& context, std::optional<Categoria>& category) const;
    zoco::Result<std::shared_ptr<const Facetas>> facetsOf(const zoco::CallContext& context, const Filtro& filter);

    const CatalogoRepository& _repository;
    const PictureStore& _pictures;
    FacetCache _facets;
};

} // namespace catalogo
