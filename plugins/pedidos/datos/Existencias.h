#pragma once

#include "model/Cuenta.h"
#include "model/Piezas.h"
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
    /// The same, and one more that is named by id or sku.
    zoco::Result<std::vector<ProductoEnVenta>> with(const zoco::CallContext& context, std::string_view idOrSku,
                                                    const std::vector<LineaCarrito>& lineas) const;

    /// Takes pieces for an order; fails with ZOCO_E_GUARD when there are not so many. `pedido` empty: sold at once,
    /// with nothing to give back.
    void addTake(zoco::Group& group, std::string_view pedido, std::string_view producto, std::int64_t cantidad) const;
    /// The products of which an order has pieces reserved.
    zoco::Result<std::vector<std::string>> reservedBy(const zoco::CallContext& context, std::string_view pedido) const;
    /// Gives them back. Behind the guarded transition of the order, which makes it happen once.
    void addGiveBack(zoco::Group& group, std::string_view pedido, std::string_view producto) const;

    /// Pieces that were sold come back.
    void addRestock(zoco::Group& group, const Piezas& piezas) const;

private:
    const zoco::Service& _data;
    zoco::Operation _forSale, _forSaleWith, _take, _reserve, _reserved, _giveBack, _release, _restock;
};

} // namespace pedidos
