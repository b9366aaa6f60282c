#include "OrdenesRepository.h"

namespace pagos
{

using zoco::Value;

OrdenesRepository::OrdenesRepository(const zoco::Service& data)
    : _data(data),
      _add(data.operation("orden_crear", {"id", "orden", "pedido", "pago", "importe", "motivo", "momento"})),
      _find(data.operation("orden", {"id"})),
      _setPayment(data.operation("orden_pago", {"id", "pago"})),
      _change(data.operation("orden_cambiar", {"id", "estado", "detalle", "momento"})),
      _pending(data.operation("ordenes_pendientes", {"limite"}))
{
}

zoco::Result<bool> OrdenesRepository::add(const OrdenDurable& o, std::int64_t now) const
{
    zoco::Group group(_data);
    addTo(group, o, now);
    const auto done = group.run({});
    if (!done.ok() && done.problem().code == ZOCO_E_DUPLICATE) return false;
    if (!done.ok()) return done.problem();
    return true;
}

void OrdenesRepository::addTo(zoco::Group& group, const OrdenDurable& o, std::int64_t now) const
{
    group.add(_add,
              {group.keep(o.id), nameOf(o.orden), group.keep(o.pedido),
               o.pago.empty() ? Value() : Value(group.keep(o.pago)), o.importe, group.keep(o.motivo), Value::time(now)},
              1);
}

zoco::Result<std::optional<OrdenDurable>> OrdenesRepository::find(std::string_view id) const
{
    std::optional<OrdenDurable> out;
    const auto take = [&](const zoco::Row& row)
    {
        OrdenDurable o;
        std::string orden;
        row.read(o.id, orden, o.pedido, o.pago, o.importe, o.motivo, o.estado, o.detalle, o.creada);
        o.orden = ordenNamed(orden).value();
        out = std::move(o);
    };
    ZOCO_TRY([[maybe_unused]] auto found, _data.call({}, _find, {id}, take));
    return out;
}

zoco::Result<void> OrdenesRepository::setPayment(std::string_view id, std::string_view pago) const
{
    ZOCO_TRY([[maybe_unused]] auto rows, _data.call({}, _setPayment, {id, pago}));
    return {};
}

zoco::Result<void> OrdenesRepository::change(std::string_view id, std::string_view estado, std::string_view detalle,
                                             std::int64_t now) const
{
    ZOCO_TRY([[maybe_unused]] auto rows, _data.call({}, _change, {id, estado, detalle, Value::time(now)}));
    return {};
}

zoco::Result<std::vector<std::string>> OrdenesRepository::pending(std::int64_t limit) const
{
    std::vector<std::string> out;
    const auto take = [&](const zoco::Row& row) { out.push_back(row.as<std::string>()); };
    ZOCO_TRY([[maybe_unused]] auto found, _data.call({}, _pending, {limit}, take));
    return out;
}

} // namespace pagos
