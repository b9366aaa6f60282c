#include "Existencias.h"

namespace pedidos
{

using zoco::CallContext;
using zoco::Result;
using zoco::Row;
using zoco::Value;

namespace
{

/// Borrowed from the lines.
std::vector<Value> idsOf(const std::vector<LineaCarrito>& lineas)
{
    std::vector<Value> out;
    for (const auto& l : lineas) out.emplace_back(l.producto);
    return out;
}

} // namespace

Existencias::Existencias(const zoco::Service& data)
    : _data(data),
      _forSale(data.operation("catalogo.para_vender", {"ids"})),
      _forSaleWith(data.operation("catalogo.para_vender_con", {"producto", "ids"})),
      _take(data.operation("catalogo.descontar", {"producto", "cantidad"})),
      _reserve(data.operation("catalogo.reservar", {"pedido", "producto", "cantidad"})),
      _reserved(data.operation("catalogo.reservado", {"pedido"})),
      _giveBack(data.operation("catalogo.devolver", {"pedido", "producto"})),
      _release(data.operation("catalogo.soltar", {"pedido", "producto"})),
      _restock(data.operation("catalogo.reponer", {"producto", "cantidad"}))
{
}

Result<std::vector<ProductoEnVenta>> Existencias::of(const CallContext& context,
                                                     const std::vector<LineaCarrito>& lineas) const
{
    std::vector<ProductoEnVenta> out;
    if (lineas.empty()) return out;
    const auto ids = idsOf(lineas);
    ZOCO_TRY([[maybe_unused]] auto changed,
             _data.call(context, _forSale, {Value::list(ids)},
                        [&](const Row& row) { out.push_back(row.as<ProductoEnVenta>()); }));
    return out;
}

Result<std::vector<ProductoEnVenta>> Existencias::with(const CallContext& context, std::string_view idOrSku,
                                                       const std::vector<LineaCarrito>& lineas) const
{
    std::vector<ProductoEnVenta> out;
    const auto ids = idsOf(lineas);
    ZOCO_TRY([[maybe_unused]] auto changed,
             _data.call(context, _forSaleWith, {idOrSku, Value::list(ids)},
                        [&](const Row& row) { out.push_back(row.as<ProductoEnVenta>()); }));
    return out;
}

void Existencias::addTake(zoco::Group& group, std::string_view pedido, std::string_view producto,
                          std::int64_t cantidad) const
{
    group.add(_take, {producto, cantidad}, 1);
    if (!pedido.empty()) group.add(_reserve, {pedido, producto, cantidad}, 1);
}

Result<std::vector<std::string>> Existencias::reservedBy(const CallContext& context, std::string_view pedido) const
{
    std::vector<std::string> out;
    ZOCO_TRY([[maybe_unused]] auto changed,
             _data.call(context, _reserved, {pedido}, [&](const Row& row) { out.emplace_back(row[0].text()); }));
    return out;
}

void Existencias::addGiveBack(zoco::Group& group, std::string_view pedido, std::string_view producto) const
{
    group.add(_giveBack, {pedido, producto});
    group.add(_release, {pedido, producto}, 1);
}

void Existencias::addRestock(zoco::Group& group, const Piezas& piezas) const
{
    group.add(_restock, {piezas.producto, piezas.cantidad});
}

} // namespace pedidos
