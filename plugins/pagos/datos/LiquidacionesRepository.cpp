#include "LiquidacionesRepository.h"

namespace pagos
{

using zoco::Value;

LiquidacionesRepository::LiquidacionesRepository(const zoco::Service& data)
    : _data(data),
      _add(data.operation("liquidacion_crear", {"id", "huella", "conector", "lineas", "momento"})),
      _addLine(data.operation("liquidacion_linea", {"id", "linea", "conector", "numero", "tipo", "autorizacion",
                                                    "importe", "moneda", "fecha"})),
      _known(data.operation("liquidacion_de", {"huella", "conector"})),
      _of(data.operation("liquidado", {"conector", "numeros"})),
      _days(data.operation("liquidado_hasta", {"conector"})),
      _ofNone(data.operation("liquidado_sin_pago", {"desde", "hasta", "limite"}))
{
}

zoco::Result<LiquidacionGuardada> LiquidacionesRepository::add(const zoco::CallContext& context, std::string_view id,
                                                               std::string_view huella, std::string_view conector,
                                                               const std::vector<LineaLiquidada>& lineas,
                                                               std::int64_t now) const
{
    const auto count = static_cast<std::int64_t>(lineas.size());
    zoco::Group group(_data);
    group.add(_add, {id, huella, conector, count, Value::time(now)}, 1);
    for (const auto& l : lineas)
        group.add(_addLine,
                  {id, l.linea, conector, l.numero, l.tipo, l.autorizacion, l.importe, l.moneda, Value::time(l.fecha)},
                  1);
    const auto done = group.run(context);
    if (done.ok()) return LiquidacionGuardada{std::string(id), count, false};
    if (done.problem().code != ZOCO_E_DUPLICATE) return done.problem();
    LiquidacionGuardada out;
    out.isRepetida = true;
    ZOCO_TRY([[maybe_unused]] auto rows, _data.call(context, _known, {huella, conector},
                                                    [&](const zoco::Row& row) { row.read(out.id, out.lineas); }));
    return out;
}

zoco::Result<std::map<std::string, Liquidado>>
LiquidacionesRepository::of(const zoco::CallContext& context, std::string_view conector,
                            const std::vector<std::string>& numeros) const
{
    const std::vector<Value> names(numeros.begin(), numeros.end());
    std::map<std::string, Liquidado> out;
    const auto take = [&](const zoco::Row& row)
    {
        std::string numero;
        Liquidado l;
        row.read(numero, l.moneda, l.cobrado, l.devuelto);
        out[numero] = std::move(l);
    };
    ZOCO_TRY([[maybe_unused]] auto rows, _data.call(context, _of, {conector, Value::list(names)}, take));
    return out;
}

zoco::Result<std::pair<std::int64_t, std::int64_t>> LiquidacionesRepository::days(const zoco::CallContext& context,
                                                                                  std::string_view conector) const
{
    std::pair<std::int64_t, std::int64_t> out;
    ZOCO_TRY([[maybe_unused]] auto rows,
             _data.call(context, _days, {conector}, [&](const zoco::Row& row) { row.read(out.first, out.second); }));
    return out;
}

zoco::Result<std::vector<LineaSinPago>> LiquidacionesRepository::ofNoPayment(const zoco::CallContext& context,
                                                                             std::int64_t desde, std::int64_t hasta,
                                                                             std::int64_t limit) const
{
    std::vector<LineaSinPago> out;
    const auto take = [&](const zoco::Row& row)
    {
        auto& l = out.emplace_back();
        row.read(l.conector, l.linea.numero, l.linea.tipo, l.linea.importe, l.linea.moneda, l.linea.fecha,
                 l.linea.linea, l.liquidacion);
    };
    ZOCO_TRY([[maybe_unused]] auto rows,
             _data.call(context, _ofNone, {Value::time(desde), Value::time(hasta), limit}, take));
    return out;
}

} // namespace pagos
