#include "Cobros.h"

#include "Problemas.h"
#include "Reloj.h"
#include "datos/Anotaciones.h"
#include "text/Base64.h"

namespace pagos
{

namespace
{

/// 4 digits and 8 letters or digits, as Redsys wants them.
std::string newNumber(const zoco::Crypto& crypto)
{
    constexpr char kDigits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    std::string out;
    for (const auto c : crypto.random(12)) out += kDigits[static_cast<unsigned char>(c) % (out.size() < 4 ? 10u : 32u)];
    return out;
}

} // namespace

/// Makes room for the payment and writes it down; the id of another one that has the order's place already.
zoco::Result<std::string> Cobros::begin(const zoco::CallContext& context, const Peticion& peticion, Registro& out) const
{
    ZOCO_TRY(auto alive, _pagos.aliveOf(context, peticion.pedido.id));
    if (!alive.empty())
    {
        ZOCO_TRY(auto now, _pagos.find(context, alive));
        if (!now) return problema::enCurso();
        if (now->pago.estado() == Estado::Desconocido) return problema::enCurso();
        if (now->pago.estado() != Estado::RequiereAccion) return alive;
        const Anotado gone{{Hecho::Anulado, Orden::Anulacion, 0, "sustituido"}, "{}"};
        ZOCO_TRY(auto done, _transiciones.apply(context, alive, {gone}));
        if (done.registro.isVivo) return alive; // it was paid meanwhile
    }
    if (!peticion.pedido.isPagable(nowUs())) return problema::noPagable(peticion.pedido.estado);
    out.id = base64(_crypto.random(16), Alphabet::Base64UrlBare);
    out.pedido = peticion.pedido.id;
    out.conector = peticion.medio.conector;
    out.metodo = peticion.medio.metodo;
    out.numero = newNumber(_crypto);
    out.moneda = peticion.pedido.moneda;
    out.isManual = peticion.medio.isManual;
    out.version = 1;
    out.pago = Pago(peticion.pedido.total);
    Anotado first{{Hecho::Pedido, Orden::Cobro, peticion.pedido.total, {}}, {}};
    Anotacion datos;
    datos.base = peticion.publicUrl;
    if (peticion.medio.isManual) datos.captura = "manual";
    datos.identidad = peticion.identidad;
    first.datos = datos.toJson();
    ZOCO_TRY([[maybe_unused]] auto applied, PagosRepository::apply(out, first));
    zoco::Group group(_data);
    _pagos.addCreate(group, out, first, nowUs());
    const auto stored = group.run(context);
    if (!stored.ok() && stored.problem().code == ZOCO_E_DUPLICATE) return problema::enCurso();
    if (!stored.ok()) return stored.problem();
    return std::string();
}

zoco::Result<Registro> Cobros::create(const zoco::CallContext& context, const Peticion& peticion,
                                      const Transiciones::Also& also) const
{
    auto* conector = _encargos.connectorOf(peticion.medio.conector);
    if (conector == nullptr) return problema::noEncontrado();
    Registro registro;
    ZOCO_TRY(auto other, begin(context, peticion, registro));
    if (!other.empty())
    {
        ZOCO_TRY(auto found, _pagos.find(context, other));
        if (!found) return problema::enCurso();
        return std::move(*found);
    }
    auto encargo = _encargos.orderFor(registro, registro.pago.importe());
    encargo.tarjeta = peticion.tarjeta;
    return finish(context, registro.id, conector->create(encargo), Orden::Cobro, also);
}

/// Stores how an operation went. When nobody knows, nothing is stored, and the service is asked in a moment.
zoco::Result<Registro> Cobros::finish(const zoco::CallContext& asked, std::string_view id,
                                      const zoco::Result<Resultado>& result, Orden orden,
                                      const Transiciones::Also& also) const
{
    auto context = asked;
    context.deadlineNs = 0; // what has happened is written down, however late it is
    if (!result.ok())       // the service was not asked at all
    {
        const auto hecho = orden == Orden::Cobro ? Hecho::Rechazado : Hecho::Fallido;
        (void)_transiciones.apply(context, id, {{{hecho, orden, 0, {}}, "{}"}});
        return result.problem();
    }
    if (result->isUnknown())
    {
        _resolucion.soon(id);
        ZOCO_TRY(auto now, _pagos.find(context, id));
        if (!now) return problema::noEncontrado();
        return std::move(*now);
    }
    auto done = _transiciones.apply(context, id, annotated(*result), also);
    if (!done.ok())
    {
        _resolucion.soon(id);
        return done.problem();
    }
    return std::move(done->registro);
}

zoco::Result<Registro> Cobros::change(const zoco::CallContext& context, std::string_view id, Orden orden,
                                      std::optional<std::int64_t> importe, std::string_view clave,
                                      const Transiciones::Also& also, const Transiciones::Also& first) const
{
    ZOCO_TRY(auto found, _pagos.find(context, id));
    if (!found) return problema::noEncontrado();
    auto* conector = _encargos.connectorOf(found->conector);
    if (conector == nullptr) return zoco::Problem::fromStatus(ZOCO_E_UNAVAILABLE);
    const auto now = found->pago.importes();
    const auto amount = importe.value_or(orden == Orden::Reembolso ? now.reembolsable() : now.retenido());
    const auto efecto = clave.empty() ? std::string() : "k:" + std::string(clave);
    ZOCO_TRY(auto asked, _transiciones.apply(context, id, {{{Hecho::Pedido, orden, amount, efecto}, "{}"}}, first));
    if (!asked.isNueva) return std::move(asked.registro);
    const auto encargo = _encargos.orderFor(asked.registro, amount);
    if (orden == Orden::Anulacion && amount == 0) // nothing is held: the buyer was to do something
        return finish(context, id, Resultado{{{Hecho::Anulado, orden, 0, {}}}, {}, {}, {}, {}}, orden, also);
    const auto result = orden == Orden::Captura     ? conector->capture(encargo)
                        : orden == Orden::Anulacion ? conector->cancel(encargo)
                                                    : conector->refund(encargo);
    return finish(context, id, result, orden, also);
}

zoco::Result<Registro> Cobros::advance(const zoco::CallContext& context, std::string_view id, const Campos& input) const
{
    ZOCO_TRY(auto found, _pagos.find(context, id));
    if (!found) return problema::noEncontrado();
    auto* conector = _encargos.connectorOf(found->conector);
    if (conector == nullptr) return zoco::Problem::fromStatus(ZOCO_E_UNAVAILABLE);
    const auto result = conector->advance(_encargos.orderFor(*found, found->pago.importe()), input);
    if (!result.ok()) return result.problem();
    return finish(context, id, result, Orden::Cobro, {});
}

/// Whether something of it was new.
zoco::Result<bool> Cobros::take(const zoco::CallContext& context, const Conector& from, std::string_view contentType,
                                std::string_view body, AvisoRecibido& received) const
{
    ZOCO_TRY(const auto aviso, from.parseNotification(contentType, body));
    ZOCO_TRY(received.pago, _pagos.byNumber(context, received.conector, aviso.numero));
    if (received.pago.empty()) return problema::noEncontrado();
    ZOCO_TRY(const auto done, _transiciones.apply(context, received.pago, annotated(aviso.resultado)));
    return done.isNueva;
}

zoco::Result<void> Cobros::notify(const zoco::CallContext& context, std::string_view conector,
                                  std::string_view contentType, std::string_view body) const
{
    const auto* from = _encargos.connectorOf(conector);
    if (from == nullptr) return problema::noEncontrado();
    AvisoRecibido received;
    received.conector = conector;
    received.numero = from->claimedNumber(body);
    const auto isNew = take(context, *from, contentType, body, received);
    received.resultado = !isNew.ok() ? "rechazada" : *isNew ? "aceptada" : "repetida";
    if (!isNew.ok()) received.motivo = isNew.problem().slug;
    _avisos.keep(received);
    if (isNew.ok()) return {};
    const auto& why = isNew.problem();
    _log.warning("a notification is refused", {{"conector", conector}, {"why", why.slug}, {"detail", why.detail}});
    return why;
}

} // namespace pagos
