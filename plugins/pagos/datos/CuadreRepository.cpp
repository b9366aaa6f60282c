#include "CuadreRepository.h"

namespace pagos
{

using zoco::Value;

CuadreRepository::CuadreRepository(const zoco::Service& data)
    : _data(data),
      _payments(data.operation("cuadre_pagos", {"desde", "tras", "hasta", "limite"})),
      _open(data.operation("pagos_abiertos", {"antes", "limite"})),
      _orders(data.operation("pedidos.para_cuadrar", {"ids"})),
      _paid(data.operation("pedidos.pagados", {"desde", "tras", "hasta", "limite"})),
      _money(data.operation("cuadre_dinero", {"pedidos"})),
      _openOrders(data.operation("ordenes_abiertas", {"desde", "limite"})),
      _wanted(data.operation("pedidos.reembolsos", {"desde", "tras", "hasta", "limite"})),
      _known(data.operation("ordenes_conocidas", {"ids"})),
      _givenBack(data.operation("ordenes_devueltas", {"pedidos"}))
{
}

zoco::Result<std::vector<PagoCuadrado>> CuadreRepository::payments(const Context& context, std::int64_t desde,
                                                                   std::string_view tras, std::int64_t hasta,
                                                                   std::int64_t limit) const
{
    std::vector<PagoCuadrado> out;
    const auto take = [&](const zoco::Row& row)
    {
        auto& p = out.emplace_back();
        row.read(p.id, p.pedido, p.conector, p.numero, p.estado, p.moneda, p.creado, p.devolver, p.autorizado,
                 p.capturado, p.anulado, p.reembolsado);
    };
    ZOCO_TRY([[maybe_unused]] auto rows,
             _data.call(context, _payments, {Value::time(desde), tras, Value::time(hasta), limit}, take));
    return out;
}

zoco::Result<std::vector<PagoAbierto>> CuadreRepository::open(const Context& context, std::int64_t antes,
                                                              std::int64_t limit) const
{
    std::vector<PagoAbierto> out;
    const auto take = [&](const zoco::Row& row)
    {
        auto& p = out.emplace_back();
        row.read(p.id, p.pedido, p.conector, p.estado, p.importe, p.moneda, p.creado, p.preguntado, p.preguntas);
    };
    ZOCO_TRY([[maybe_unused]] auto rows, _data.call(context, _open, {Value::time(antes), limit}, take));
    return out;
}

zoco::Result<std::map<std::string, PedidoCuadrado>> CuadreRepository::orders(const Context& context,
                                                                             const std::vector<std::string>& ids) const
{
    std::map<std::string, PedidoCuadrado> out;
    if (ids.empty()) return out;
    const std::vector<Value> list(ids.begin(), ids.end());
    const auto take = [&](const zoco::Row& row)
    {
        PedidoCuadrado p;
        row.read(p.id, p.numero, p.estado, p.total);
        out[p.id] = std::move(p);
    };
    ZOCO_TRY([[maybe_unused]] auto rows, _data.call(context, _orders, {Value::list(list)}, take));
    return out;
}

zoco::Result<std::vector<PedidoCuadrado>> CuadreRepository::paidOrders(const Context& context, std::int64_t desde,
                                                                       std::string_view tras, std::int64_t hasta,
                                                                       std::int64_t limit) const
{
    std::vector<PedidoCuadrado> out;
    const auto take = [&](const zoco::Row& row)
    {
        auto& p = out.emplace_back();
        row.read(p.id, p.numero, p.estado, p.total, p.creado);
    };
    ZOCO_TRY([[maybe_unused]] auto rows,
             _data.call(context, _paid, {Value::time(desde), tras, Value::time(hasta), limit}, take));
    return out;
}

zoco::Result<std::map<std::string, DineroPedido>> CuadreRepository::moneyOf(const Context& context,
                                                                            const std::vector<std::string>& ids) const
{
    std::map<std::string, DineroPedido> out;
    if (ids.empty()) return out;
    const std::vector<Value> list(ids.begin(), ids.end());
    const auto take = [&](const zoco::Row& row)
    {
        PagoCuadrado p;
        row.read(p.id, p.pedido, p.autorizado, p.capturado, p.anulado, p.reembolsado);
        if (p.autorizado + p.capturado + p.reembolsado == 0) return;
        auto& order = out[p.pedido];
        order.capturado += p.capturado;
        order.reembolsado += p.reembolsado;
        order.anulado += p.anulado;
        order.queda += p.queda();
    };
    ZOCO_TRY([[maybe_unused]] auto rows, _data.call(context, _money, {Value::list(list)}, take));
    return out;
}

zoco::Result<std::set<std::string>> CuadreRepository::known(const std::vector<std::string>& ids) const
{
    std::set<std::string> out;
    if (ids.empty()) return out;
    const std::vector<Value> list(ids.begin(), ids.end());
    const auto take = [&](const zoco::Row& row) { out.insert(row.as<std::string>()); };
    ZOCO_TRY([[maybe_unused]] auto rows, _data.call({}, _known, {Value::list(list)}, take));
    return out;
}

zoco::Result<std::map<std::string, std::int64_t>> CuadreRepository::givenBack(const Context& context,
                                                                              const std::vector<std::string>& ids) const
{
    std::map<std::string, std::int64_t> out;
    if (ids.empty()) return out;
    const std::vector<Value> list(ids.begin(), ids.end());
    const auto take = [&](const zoco::Row& row) { out[std::string(row[0].text())] = row[1].integer(); };
    ZOCO_TRY([[maybe_unused]] auto rows, _data.call(context, _givenBack, {Value::list(list)}, take));
    return out;
}

zoco::Result<std::vector<OrdenDurable>> CuadreRepository::openOrders(const Context& context, std::int64_t desde,
                                                                     std::int64_t limit) const
{
    std::vector<OrdenDurable> out;
    const auto take = [&](const zoco::Row& row)
    {
        auto& o = out.emplace_back();
        std::string orden;
        row.read(o.id, orden, o.pedido, o.pago, o.importe, o.motivo, o.estado, o.detalle, o.creada);
        o.orden = ordenNamed(orden).value();
    };
    ZOCO_TRY([[maybe_unused]] auto rows, _data.call(context, _openOrders, {Value::time(desde), limit}, take));
    return out;
}

zoco::Result<std::vector<ReembolsoQuerido>> CuadreRepository::wanted(std::int64_t desde, std::string_view tras,
                                                                     std::int64_t hasta, std::int64_t limit) const
{
    std::vector<ReembolsoQuerido> out;
    const auto take = [&](const zoco::Row& row)
    {
        auto& r = out.emplace_back();
        row.read(r.id, r.pedido, r.importe, r.motivo, r.momento);
    };
    ZOCO_TRY([[maybe_unused]] auto rows,
             _data.call({}, _wanted, {Value::time(desde), tras, Value::time(hasta), limit}, take));
    return out;
}

} // namespace pagos
