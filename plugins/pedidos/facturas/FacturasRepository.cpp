#include "FacturasRepository.h"

#include "datos/LectorPedido.h"
#include "datos/Rotacion.h"

namespace pedidos
{

using zoco::CallContext;
using zoco::Result;
using zoco::Row;
using zoco::Value;

namespace
{

std::string contextOf(std::string_view numero) { return "pedidos_facturas.datos:" + std::string(numero); }

} // namespace

FacturasRepository::FacturasRepository(const zoco::Service& data, const zoco::Crypto& crypto)
    : _data(data),
      _crypto(crypto),
      _pending(data.operation("por_facturar", {"pedido", "limite"})),
      _claim(data.operation("facturados", {"pedidos"})),
      _last(data.operation("serie_ultima", {"serie"})),
      _begin(data.operation("serie_empezar", {"serie", "anio", "cuantas", "momento"})),
      _next(data.operation("serie_seguir", {"serie", "anio", "ultimo", "cuantas", "momento"})),
      _create(data.operation("factura_crear", {"numero", "clase", "pedido", "origen", "rectifica", "momento", "moneda",
                                               "productos", "envio", "descuento", "total", "impuestos", "datos"})),
      _createLines(data.operation("factura_lineas_crear", {"pedidos"})),
      _of(data.operation("facturas_de", {"pedido"})),
      _lines(data.operation("factura_lineas", {"factura"})),
      _page(data.operation("facturas_rotar_pagina", {"desde", "limite"})),
      _reseal(data.operation("factura_rotar", {"numero", "antes", "despues"}))
{
}

Result<std::vector<FacturasRepository::PorFacturar>> FacturasRepository::waiting(const Value& pedido, int limit) const
{
    std::vector<PorFacturar> out;
    ZOCO_TRY([[maybe_unused]] auto changed,
             _data.call({}, _pending, {pedido, limit}, [&](const Row& row) { out.push_back(row.as<PorFacturar>()); }));
    return out;
}

Result<std::vector<FacturasRepository::PorFacturar>> FacturasRepository::pending(int limit) const
{
    return waiting(Value(), limit);
}

Result<std::vector<FacturasRepository::PorFacturar>> FacturasRepository::pendingOf(std::string_view pedido) const
{
    return waiting(pedido, 1);
}

Result<Direccion> FacturasRepository::receptorOf(const PorFacturar& pedido) const
{
    ZOCO_TRY(const auto text, _crypto.open(pedido.datos, contextOfDatos(pedido.id)));
    return datosDe(text).direccion;
}

Result<std::vector<Factura>> FacturasRepository::of(const CallContext& context, std::string_view pedido) const
{
    std::vector<Factura> out;
    const auto take = [&](const Row& row)
    {
        auto& f = out.emplace_back();
        auto& t = f.totales;
        std::string kind, taxes, sealed;
        std::optional<std::string> corrects;
        row.read(f.numero, kind, f.pedido, f.origen, corrects, f.momento, f.moneda, t.productos, t.envio, t.descuento,
                 t.total, taxes, sealed);
        f.clase = kind == nombreDe(ClaseFactura::Factura) ? ClaseFactura::Factura : ClaseFactura::Rectificativa;
        f.rectifica = corrects.value_or("");
        t.impuestos = impuestosDe(taxes);
        f.datos = datosDeFactura(_crypto.open(sealed, contextOf(f.numero)).value());
    };
    ZOCO_TRY([[maybe_unused]] auto changed, _data.call(context, _of, {pedido}, take));
    return out;
}

Result<std::vector<LineaFactura>> FacturasRepository::lines(const CallContext& context, std::string_view numero) const
{
    std::vector<LineaFactura> out;
    ZOCO_TRY([[maybe_unused]] auto changed,
             _data.call(context, _lines, {numero}, [&](const Row& row) { out.push_back(row.as<LineaFactura>()); }));
    return out;
}

Result<FacturasRepository::Ultima> FacturasRepository::last(ClaseFactura clase) const
{
    Ultima out;
    ZOCO_TRY([[maybe_unused]] auto changed,
             _data.call({}, _last, {serieDe(clase)}, [&](const Row& row) { out = row.as<Ultima>(); }));
    return out;
}

/// The end of the series comes first: who is too late for it holds nothing that others wait for.
Result<void> FacturasRepository::create(const std::vector<Factura>& facturas, const Ultima& last, int anio) const
{
    const auto& first = facturas.front();
    const auto count = static_cast<std::int32_t>(facturas.size());
    const auto time = Value::time(first.momento);
    std::vector<Value> orders;
    for (const auto& f : facturas) orders.emplace_back(f.pedido);
    zoco::Group group(_data);
    if (last.anio == anio)
        group.add(_next, {serieDe(first.clase), anio, last.orden, count, time}, 1);
    else
        group.add(_begin, {serieDe(first.clase), anio, count, time}, 1);
    const bool areInvoices = first.clase == ClaseFactura::Factura;
    if (areInvoices) group.add(_claim, {Value::list(orders)}, count);
    for (const auto& f : facturas) addRow(group, f);
    if (areInvoices) group.add(_createLines, {Value::list(orders)});
    ZOCO_TRY([[maybe_unused]] auto changed, group.run({}));
    return {};
}

void FacturasRepository::addRow(zoco::Group& group, const Factura& f) const
{
    const auto& t = f.totales;
    const auto sealed = group.keep(_crypto.seal(textoDe(f.datos), contextOf(f.numero)));
    const auto taxes = group.keep(textoDe(t.impuestos));
    group.add(_create,
              {f.numero, nombreDe(f.clase), f.pedido, f.origen, f.rectifica.empty() ? Value() : Value(f.rectifica),
               Value::time(f.momento), f.moneda, t.productos, t.envio, t.descuento, t.total, taxes,
               Value::blob(sealed)},
              1);
}

zoco::RotationPage FacturasRepository::rotated(std::string_view cursor) const
{
    return rotatedPage(_data, _crypto, {_page, _reseal, &contextOf}, cursor);
}

} // namespace pedidos
