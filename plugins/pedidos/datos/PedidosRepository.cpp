#include "PedidosRepository.h"

#include "LectorPedido.h"
#include "text/Ficha.h"

#include <algorithm>
#include <array>

namespace pedidos
{

using zoco::CallContext;
using zoco::Result;
using zoco::Row;
using zoco::Value;

PedidosRepository::PedidosRepository(const zoco::Service& data, const zoco::Crypto& crypto)
    : _data(data),
      _crypto(crypto),
      _create(data.operation("pedido_crear",
                             {"id",     "numero",         "estado",       "usuario",   "carrito", "acceso",
                              "moneda", "productos",      "envio",        "descuento", "total",   "impuestos",
                              "metodo", "zona",           "cupon",        "caduca",    "creado",  "correo",
                              "datos",  "envio_estandar", "por_facturar", "tienda",    "idioma"})),
      _createLine(data.operation("pedido_linea_crear", {"pedido", "posicion", "producto", "sku", "nombre", "cantidad",
                                                        "precio", "tipo", "total"})),
      _find(data.operation("pedido", {"id"})),
      _of(data.operation("pedidos_de", {"order", "after", "usuario", "limite"})),
      _all(data.operation("pedidos_todos", {"order", "after", "estado", "desde", "hasta", "limite"})),
      _matching(data.operation("pedidos_buscados",
                               {"order", "after", "numero", "correo", "estado", "desde", "hasta", "limite"})),
      _expired(data.operation("pedidos_caducados", {"ahora", "limite"})),
      _pass(data.operation("pedido_pasar", {"id", "de", "a"})),
      _note(data.operation("pedidos.anotar", {"pedido", "de", "a", "quien", "motivo", "momento"}))
{
}

std::string PedidosRepository::accessTo(std::string_view id) const
{
    return base64Url(_crypto.blindIndex("pedidos_pedidos.acceso", id));
}

std::string PedidosRepository::indexOf(std::string_view correo) const
{
    std::string lower(correo);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 32) : c; });
    return base64Url(_crypto.blindIndex("pedidos_pedidos.correo", lower));
}

Result<std::optional<Pedido>> PedidosRepository::find(const CallContext& context, std::string_view id) const
{
    LectorPedido reader;
    ZOCO_TRY([[maybe_unused]] auto changed,
             _data.call(context, _find, {id}, [&](const Row& row) { reader.take(row); }));
    return reader.result(_crypto);
}

Result<std::vector<PedidoResumen>> PedidosRepository::of(const CallContext& context, std::string_view usuario,
                                                         const std::optional<Lugar>& after, int limit) const
{
    const Detras place(after);
    return list(context, _of, {"novedad", place.value(), usuario, limit});
}

Result<std::vector<PedidoResumen>> PedidosRepository::all(const CallContext& context, const Filtro& filter,
                                                          const std::optional<Lugar>& after, int limit) const
{
    const Detras place(after);
    const auto time = [](const auto& t) { return t ? Value::time(*t) : Value(); };
    const auto desde = time(filter.desde);
    const auto hasta = time(filter.hasta);
    if (!filter.numero && !filter.correo)
        return list(context, _all, {"novedad", place.value(), filter.estado, desde, hasta, limit});
    return list(context, _matching,
                {"novedad", place.value(), filter.numero, filter.correo, filter.estado, desde, hasta, limit});
}

Result<std::vector<PedidoResumen>> PedidosRepository::list(const CallContext& context, const zoco::Operation& operation,
                                                           std::initializer_list<Value> arguments) const
{
    std::vector<PedidoResumen> out;
    ZOCO_TRY(
        [[maybe_unused]] auto changed,
        _data.call(context, operation, arguments, [&](const Row& row) { out.push_back(row.as<PedidoResumen>()); }));
    return out;
}

Result<std::vector<PedidosRepository::Caducado>> PedidosRepository::expired(const CallContext& context,
                                                                            std::int64_t now, int limit) const
{
    std::vector<Caducado> out;
    ZOCO_TRY([[maybe_unused]] auto changed, _data.call(context, _expired, {Value::time(now), limit},
                                                       [&](const Row& row) { out.push_back(row.as<Caducado>()); }));
    return out;
}

void PedidosRepository::addCreate(zoco::Group& group, const Pedido& order) const
{
    const auto& t = order.totales;
    const auto& mail = order.datos.correo;
    const auto index = mail.empty() ? Value() : Value(group.keep(indexOf(mail)));
    const auto sealed = group.keep(_crypto.seal(textoDe(order.datos), contextOfDatos(order.id)));
    const auto taxes = group.keep(textoDe(t.impuestos));
    group.add(_create,
              {order.id,
               order.numero,
               nombreDe(order.estado),
               order.usuario,
               order.carrito,
               Value::blob(order.acceso),
               order.moneda,
               t.productos,
               t.envio,
               t.descuento,
               t.total,
               taxes,
               order.metodo,
               order.zona,
               order.cupon,
               order.caduca ? Value::time(*order.caduca) : Value(),
               Value::time(order.creado),
               index,
               Value::blob(sealed),
               order.envioEstandar.value_or(t.envio),
               order.estado == Estado::Pagado ? 1 : 0,
               order.tienda,
               order.idioma},
              1);
    addLines(group, order);
    for (const auto& change : order.historia) addNote(group, order.id, change);
}

void PedidosRepository::addLines(zoco::Group& group, const Pedido& order) const
{
    int position = 0;
    for (const auto& l : order.lineas)
        group.add(_createLine,
                  {order.id, ++position, l.producto, l.sku, l.nombre, l.cantidad, l.precio, l.tipo, l.total}, 1);
}

void PedidosRepository::addPass(zoco::Group& group, std::string_view id, std::string_view de, std::string_view a) const
{
    group.add(_pass, {id, de, a}, 1);
}

void PedidosRepository::addNote(zoco::Group& group, std::string_view id, const Cambio& change) const
{
    group.add(_note, {id, change.de, change.a, change.quien, change.motivo, Value::time(change.momento)}, 1);
}

} // namespace pedidos
