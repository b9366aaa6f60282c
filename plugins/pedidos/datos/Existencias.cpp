#include "Existencias.h"

namespace pedidos
{

using zoco::CallContext;
using zoco::Result;
using zoco::Row;
using zoco::Value;

Existencias::Existencias(const zoco::Service& data)
    : _data(data),
      _forSale(data.operation("catalogo.para_vender", {"ids"})),
      _idOf(data.operation("catalogo.id_de", {"producto"}))
{
}

Result<std::vector<ProductoEnVenta>> Existencias::of(const CallContext& context,
                                                     const std::vector<LineaCarrito>& lineas) const
{
    std::vector<ProductoEnVenta> out;
    if (lineas.empty()) return out;
    std::vector<Value> ids;
    for (const auto& l : lineas) ids.emplace_back(l.producto);
    ZOCO_TRY([[maybe_unused]] auto changed,
             _data.call(context, _forSale, {Value::list(ids)},
                        [&](const Row& row) { out.push_back(row.as<ProductoEnVenta>()); }));
    return out;
}

Result<std::optional<std::string>> Existencias::idOf(const CallContext& context, std::string_view idOrSku) const
{
    std::optional<std::string> out;
    ZOCO_TRY([[maybe_unused]] auto changed,
             _data.call(context, _idOf, {idOrSku}, [&](const Row& row) { out = row.as<std::string>(); }));
    return out;
}

} // namespace pedidos
