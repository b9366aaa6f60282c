#include "CarritosRepository.h"

namespace pedidos
{

using zoco::CallContext;
using zoco::Result;
using zoco::Row;
using zoco::Value;

CarritosRepository::CarritosRepository(const zoco::Service& data)
    : _data(data),
      _of(data.operation("carritos", {"duenos"})),
      _create(data.operation("carrito_crear", {"id", "dueno", "cupon", "momento"})),
      _change(data.operation("carrito_cambiar", {"id", "version", "cupon", "momento"})),
      _remove(data.operation("carrito_borrar", {"id", "version"})),
      _removeLines(data.operation("carrito_lineas_borrar", {"id"})),
      _createLine(data.operation("linea_crear", {"carrito", "producto", "cantidad", "precio", "orden"})),
      _changeLine(data.operation("linea_cambiar", {"carrito", "producto", "cantidad", "precio"})),
      _removeLine(data.operation("linea_borrar", {"carrito", "producto"})),
      _old(data.operation("carritos_viejos", {"antes", "limite"}))
{
}

Result<std::vector<Carrito>> CarritosRepository::of(const CallContext& context,
                                                    const std::vector<std::string>& owners) const
{
    const std::vector<Value> names(owners.begin(), owners.end());
    std::vector<Carrito> out;
    const auto take = [&](const Row& row)
    {
        Carrito cart;
        std::optional<LineaCarrito> line;
        row.read(cart.id, cart.dueno, cart.version, cart.cupon, line);
        if (out.empty() || out.back().id != cart.id) out.push_back(std::move(cart));
        if (line) out.back().lineas.push_back(std::move(*line));
    };
    ZOCO_TRY([[maybe_unused]] auto changed, _data.call(context, _of, {Value::list(names)}, take));
    return out;
}

Result<std::vector<CarritosRepository::Viejo>> CarritosRepository::unchangedSince(const CallContext& context,
                                                                                  std::int64_t before, int limit) const
{
    std::vector<Viejo> out;
    ZOCO_TRY([[maybe_unused]] auto changed, _data.call(context, _old, {Value::time(before), limit},
                                                       [&](const Row& row) { out.push_back(row.as<Viejo>()); }));
    return out;
}

void CarritosRepository::addSave(zoco::Group& group, const Carrito& before, const Carrito& after,
                                 std::int64_t now) const
{
    if (before.id.empty())
        group.add(_create, {after.id, after.dueno, after.cupon, Value::time(now)}, 1);
    else
        group.add(_change, {after.id, before.version, after.cupon, Value::time(now)}, 1);
    for (const auto& l : before.lineas)
        if (after.linea(l.producto) == nullptr) group.add(_removeLine, {after.id, l.producto}, 1);
    for (const auto& l : after.lineas)
    {
        const auto* known = before.linea(l.producto);
        if (known == nullptr)
            group.add(_createLine, {after.id, l.producto, l.cantidad, l.precio, Value::time(l.orden)}, 1);
        else if (!(*known == l))
            group.add(_changeLine, {after.id, l.producto, l.cantidad, l.precio}, 1);
    }
}

void CarritosRepository::addRemove(zoco::Group& group, std::string_view id, std::int64_t version) const
{
    group.add(_remove, {id, version}, 1);
    group.add(_removeLines, {id});
}

} // namespace pedidos
