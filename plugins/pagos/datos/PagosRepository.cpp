#include "PagosRepository.h"

#include "Anotaciones.h"

namespace pagos
{

using zoco::Value;

namespace
{

/// What follows for the payment from what is kept beside an event.
void annotate(Registro& registro, const Anotado& anotado)
{
    const auto hecho = anotado.suceso.hecho;
    const bool isOfPayment = anotado.suceso.orden == Orden::Cobro;
    if (hecho == Hecho::Accion) registro.accion = anotado.datos; // which is no Anotacion
    const bool isOutcome = hecho == Hecho::Autorizado || hecho == Hecho::Capturado;
    const bool isRefusal = hecho == Hecho::Rechazado || hecho == Hecho::Fallido;
    if (!isRefusal && !(isOfPayment && (isOutcome || hecho == Hecho::Pedido))) return;
    auto kept = Anotacion::read(anotado.datos);
    if (hecho == Hecho::Pedido)
    {
        registro.base = std::move(kept.base);
        registro.isManual = kept.captura == "manual";
        registro.evidencia.identidad = std::move(kept.identidad);
    }
    else if (isOfPayment)
        registro.evidencia.tarjeta = std::move(kept.prueba);
    if (isRefusal) registro.rechazo = Rechazo{std::move(kept.codigo), std::move(kept.consejo)};
}

} // namespace

PagosRepository::PagosRepository(const zoco::Service& data)
    : _data(data),
      _find(data.operation("pago", {"id", "pedido", "conector", "numero"})),
      _create(data.operation(
          "pago_crear", {"id", "pedido", "conector", "metodo", "numero", "importe", "moneda", "estado", "momento"})),
      _advance(data.operation("pago_avanzar",
                              {"id", "antes", "version", "estado", "vivo", "pendiente", "devolver", "momento"})),
      _newEvent(
          data.operation("suceso_crear", {"pago", "num", "hecho", "orden", "importe", "efecto", "datos", "momento"})),
      _pending(data.operation("pagos_pendientes", {"antes", "limite"})),
      _toGiveBack(data.operation("pagos_por_devolver", {"limite"})),
      _postpone(data.operation("pago_aplazar", {"id", "version", "pendiente", "momento"})),
      _takeOver(data.operation("pago_ceder", {"pedido", "pago"}))
{
}

zoco::Result<Pago::Aplicado> PagosRepository::apply(Registro& registro, const Anotado& anotado)
{
    const auto asked = registro.pago.pendiente();
    auto done = registro.pago.apply(anotado.suceso);
    if (!done.ok() || *done == Pago::Aplicado::Repetido) return done;
    const auto hecho = anotado.suceso.hecho;
    annotate(registro, anotado);
    if (hecho == Hecho::Pedido && !anotado.suceso.efecto.empty()) registro.ordenes[anotado.suceso.efecto];
    if (asked && !registro.pago.pendiente() && !asked->efecto.empty()) registro.ordenes[asked->efecto] = hecho;
    return done;
}

zoco::Result<std::optional<Registro>> PagosRepository::read(const zoco::CallContext& context,
                                                            std::initializer_list<Value> values) const
{
    std::optional<Registro> out;
    const auto take = [&](const zoco::Row& row)
    {
        Registro r;
        std::int64_t importe = 0;
        std::optional<std::int64_t> devolver;
        std::string hecho;
        std::string orden;
        Anotado a;
        row.read(r.id, r.pedido, r.isVivo, r.conector, r.metodo, r.numero, importe, r.moneda, r.version, devolver,
                 r.seDevolvio, r.modificado, hecho, orden, a.suceso.importe, a.suceso.efecto, a.datos);
        if (!out)
        {
            r.devolver = devolver.value_or(0);
            r.pago = Pago(importe);
            out = std::move(r);
        }
        a.suceso.hecho = hechoNamed(hecho).value();
        a.suceso.orden = ordenNamed(orden).value();
        (void)apply(*out, a).value();
    };
    ZOCO_TRY([[maybe_unused]] auto found, _data.call(context, _find, values, take));
    return out;
}

zoco::Result<std::optional<Registro>> PagosRepository::find(const zoco::CallContext& context, std::string_view id) const
{
    return read(context, {id, Value(), Value(), Value()});
}

zoco::Result<std::optional<Registro>> PagosRepository::aliveOf(const zoco::CallContext& context,
                                                               std::string_view pedido) const
{
    return read(context, {Value(), pedido, Value(), Value()});
}

zoco::Result<std::optional<Registro>>
PagosRepository::byNumber(const zoco::CallContext& context, std::string_view conector, std::string_view numero) const
{
    return read(context, {Value(), Value(), conector, numero});
}

zoco::Result<std::vector<std::string>> PagosRepository::pending(std::int64_t before, std::int64_t limit) const
{
    std::vector<std::string> out;
    const auto take = [&](const zoco::Row& row) { out.push_back(row.as<std::string>()); };
    ZOCO_TRY([[maybe_unused]] auto found, _data.call({}, _pending, {Value::time(before), limit}, take));
    return out;
}

zoco::Result<std::vector<std::string>> PagosRepository::toGiveBack(std::int64_t limit) const
{
    std::vector<std::string> out;
    const auto take = [&](const zoco::Row& row) { out.push_back(row.as<std::string>()); };
    ZOCO_TRY([[maybe_unused]] auto found, _data.call({}, _toGiveBack, {limit}, take));
    return out;
}

zoco::Result<std::int64_t> PagosRepository::postpone(const Registro& registro, std::int64_t then,
                                                     std::int64_t now) const
{
    return _data.call({}, _postpone,
                      {registro.id, registro.version, then != 0 ? Value::time(then) : Value(), Value::time(now)});
}

void PagosRepository::addEvent(zoco::Group& group, std::string_view id, std::int64_t num, const Anotado& a,
                               std::int64_t now) const
{
    const auto efecto = a.suceso.efecto.empty() ? Value() : Value(group.keep(a.suceso.efecto));
    group.add(_newEvent,
              {id, num, nameOf(a.suceso.hecho), nameOf(a.suceso.orden), a.suceso.importe, efecto, group.keep(a.datos),
               Value::time(now)},
              1);
}

void PagosRepository::addCreate(zoco::Group& group, const Registro& r, const Anotado& first, std::int64_t now) const
{
    const auto id = group.keep(r.id);
    group.add(_create,
              {id, group.keep(r.pedido), group.keep(r.conector), group.keep(r.metodo), group.keep(r.numero),
               r.pago.importe(), group.keep(r.moneda), nameOf(r.pago.estado()), Value::time(now)},
              1);
    addEvent(group, id, 1, first, now);
}

void PagosRepository::addAdvance(zoco::Group& group, const Registro& next, const std::vector<Anotado>& nuevos,
                                 std::int64_t pendiente, std::int64_t now) const
{
    const auto id = group.keep(next.id);
    const auto before = next.version - static_cast<std::int64_t>(nuevos.size());
    group.add(_advance,
              {id, before, next.version, nameOf(next.pago.estado()),
               next.isVivo ? Value(group.keep(next.pedido)) : Value(),
               pendiente != 0 ? Value::time(pendiente) : Value(), next.devolver != 0 ? Value(next.devolver) : Value(),
               Value::time(now)},
              1);
    auto num = before;
    for (const auto& a : nuevos) addEvent(group, id, ++num, a, now);
}

void PagosRepository::addTakeOver(zoco::Group& group, const Registro& r) const
{
    group.add(_takeOver, {group.keep(r.pedido), group.keep(r.id)});
}

} // namespace pagos
