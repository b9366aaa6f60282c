#pragma once

#include "model/Cuenta.h"
#include "zoco/Services.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pedidos
{

/// Products and their stock, as catalogo publishes them. [any-thread]
class Existencias
{
public:
    /// [lifecycle, in start] `data` outlives it. Throws when catalogo is not there.
    explicit Existencias(const zoco::Service& data);

    /// What is sold of these ids, in no order.
    zoco::Result<std::vector<ProductoEnVenta>> of(const zoco::CallContext& context,
                                                  const std::vector<LineaCarrito>& lineas) const;
    /// The id of a product by id or sku.
    zoco::Result<std::optional<std::string>> idOf(const zoco::CallContext& context, std::string_view idOrSku) const;

private:
    const zoco::Service& _data;
    zoco::Operation _forSale, _idOf;
};

} // namespace pedidos
