#pragma once

#include "model/Producto.h"
#include "text/Folding.h"
#include "zoco/Result.h"

#include <functional>
#include <string_view>

namespace catalogo
{

/// Reads products from bodies of requests. [any-thread]
class ProductoBody
{
public:
    using HasPicture = std::function<bool(std::string_view name)>;

    /// `moneda`: of prices that have none. `hasPicture`: whether a picture of that name is stored.
    ProductoBody(const Folding& folding, std::string_view moneda, HasPicture hasPicture)
        : _folding(folding), _moneda(moneda), _hasPicture(std::move(hasPicture))
    {
    }

    /// A whole product. 400 `json-invalido` when it is no JSON; all faults at once as 422 `producto-invalido`.
    zoco::Result<DatosProducto> whole(std::string_view body) const;
    /// The product with a JSON merge patch (RFC 7396) applied.
    zoco::Result<DatosProducto> patched(const DatosProducto& now, std::string_view patch) const;

private:
    const Folding& _folding;
    std::string _moneda;
    HasPicture _hasPicture;
};

} // namespace catalogo
