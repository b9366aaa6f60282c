#include "Ordenes.h"

#include "Problemas.h"
#include "Reloj.h"
#include "text/Huella.h"

#include <algorithm>

namespace pagos
{

namespace
{

constexpr int kMostTries = 20;
constexpr std::size_t kMostId = 80;
constexpr std::size_t kMostReason = 200;

/// The key of a try, by which it counts once in the payment.
std::string keyOf(const OrdenDurable& orden, int tries)
{
    return "o:" + huella(orden.id).substr(0, 32) + ':' + std::to_string(tries);
}

OrdenDurable ordenOf(const ReembolsoQuerido& wanted)
{
    OrdenDurable out;
    out.id = wanted.id;
    out.pedido = wanted.pedido;
    out.importe = wanted.importe;
    out.motivo = wanted.motivo;
    return out;
}

} // namespace

void Ordenes::write(const OrdenDurable& orden) const
{
    if (_ordenes.add(orden, nowUs()).value()) soon(orden.id);
}

void Ordenes::soon(const std::string& id) const
{
    (void)_executor.post(
        [this, id]
        {
            if (!carryOut(id).ok()) _log.info("what an order wants of its payment is not done yet", {{"id", id}});
        });
}

void Ordenes::onRefund(const zoco::Event& event) const
{
    OrdenDurable orden;
    orden.id = event["id"].text();
    orden.pedido = event["pedido"].text();
    orden.importe = event["importe"].integer();
    orden.motivo = std::string(event["motivo"].text()).substr(0, kMostReason);
    if (orden.id.empty() || orden.id.size() > kMostId || orden.importe < 1)
        return _log.error("a refund that an order wants is none", {{"id", orden.id}, {"pedido", orden.pedido}});
    write(orden);
}

zoco::Result<bool> Ordenes::remember(const ReembolsoQuerido& wanted) const
{
    const auto orden = ordenOf(wanted);
    ZOCO_TRY(const auto isNew, _ordenes.add(orden, nowUs()));
    if (isNew)
        _log.warning("a refund that an order wants was not told, and is made now",
                     {{"id", orden.id}, {"pedido", orden.pedido}, {"importe", orden.importe}});
    return isNew;
}

zoco::Result<Registro> Ordenes::refundByHand(const zoco::CallContext& context, std::string_view pago,
                                             std::string_view id, std::optional<std::int64_t> importe,
                                             const Transiciones::Also& also) const
{
    ZOCO_TRY(auto registro, _pagos.find(context, pago));
    if (!registro) return problema::noEncontrado();
    ZOCO_TRY(auto known, _ordenes.find(id));
    OrdenDurable orden;
    if (known && known->pago == pago && registro->ordenes.contains("k:" + keyOf(*known, 0)))
        orden = std::move(*known); // asked for again
    else if (known)
        return problema::ordenConocida(known->estado);
    else
    {
        std::optional<ReembolsoQuerido> found;
        const auto isOther = [&](const ReembolsoQuerido& one)
        {
            if (one.id == id && one.pedido == registro->pedido) found = one;
            return !found.has_value();
        };
        if (const auto looked = _cuadre.forgotten(0, nowUs(), isOther); !looked) return looked.problem();
        if (!found) return problema::datosInvalidos("/orden", "is no refund that this order waits for");
        orden = ordenOf(*found);
        orden.pago = pago;
    }
    orden.importe = importe.value_or(orden.importe);
    const auto first = [&](zoco::Group& group, const Registro&) { _ordenes.addTo(group, orden, nowUs()); };
    ZOCO_TRY(auto done, _cobros.change(context, pago, Orden::Reembolso, orden.importe, keyOf(orden, 0), also, first));
    soon(orden.id);
    return done;
}

/// What was authorised alone is taken once the goods are on their way.
void Ordenes::onOrderChanged(const zoco::Event& event) const
{
    if (event["a"].text() != "enviado") return;
    const auto found = _pagos.aliveOf({}, event["pedido"].text()).value();
    if (!found || !found->isManual || found->pago.importes().retenido() == 0) return;
    OrdenDurable orden;
    orden.id = "captura:" + found->id;
    orden.orden = Orden::Captura;
    orden.pedido = found->pedido;
    orden.motivo = "enviado";
    write(orden);
}

zoco::Result<std::optional<Registro>> Ordenes::paymentOf(const OrdenDurable& orden) const
{
    if (!orden.pago.empty()) return _pagos.find({}, orden.pago);
    ZOCO_TRY(auto alive, _pagos.aliveOf({}, orden.pedido));
    if (alive)
        if (const auto set = _ordenes.setPayment(orden.id, alive->id); !set) return set.problem();
    return alive;
}

/// Never more than there is: somebody may have given back a part by hand. Money that is only held cannot go back in
/// part: it is taken first, when the order is sent.
Ordenes::Paso Ordenes::stepFor(const OrdenDurable& orden, const Importes& now)
{
    if (orden.orden == Orden::Captura) return {Orden::Captura, now.retenido(), now.retenido() == 0 ? "nada" : ""};
    if (now.reembolsable() == 0 && now.retenido() > 0)
        return {Orden::Anulacion, orden.importe >= now.retenido() ? now.retenido() : 0};
    return {Orden::Reembolso, std::min(orden.importe, now.reembolsable()), now.reembolsable() == 0 ? "importe" : ""};
}

zoco::Result<void> Ordenes::give(const OrdenDurable& orden, std::string_view estado, std::string_view detalle) const
{
    if (estado == "imposible")
        _log.warning("what an order wants of its payment cannot be done",
                     {{"id", orden.id}, {"pedido", orden.pedido}, {"importe", orden.importe}, {"why", detalle}});
    return _ordenes.change(orden.id, estado, detalle, nowUs());
}

zoco::Result<void> Ordenes::carryOut(std::string_view id) const
{
    ZOCO_TRY(auto found, _ordenes.find(id));
    if (!found || found->estado != "pendiente") return {};
    const auto& orden = *found;
    ZOCO_TRY(auto registro, paymentOf(orden));
    if (!registro) return give(orden, "imposible", "sin-pago");
    int tries = 0;
    for (; tries < kMostTries; ++tries)
    {
        const auto known = registro->ordenes.find("k:" + keyOf(orden, tries));
        if (known == registro->ordenes.end()) break;
        if (!known->second) return give(orden, "pendiente", "preguntado");
        if (*known->second != Hecho::Fallido) return give(orden, "hecho", nameOf(*known->second));
    }
    if (tries == kMostTries) return give(orden, "imposible", "rechazado");
    if (registro->pago.pendiente()) return give(orden, "pendiente", "otra-operacion");
    const auto paso = stepFor(orden, registro->pago.importes());
    if (*paso.no != '\0') return give(orden, paso.orden == Orden::Captura ? "hecho" : "imposible", paso.no);
    if (paso.importe == 0) return give(orden, "pendiente", "sin-capturar");
    if (orden.orden == Orden::Reembolso && paso.importe < orden.importe)
        _log.warning("less is left to go back than an order wants",
                     {{"id", orden.id}, {"pedido", orden.pedido}, {"importe", orden.importe}, {"queda", paso.importe}});
    const auto key = keyOf(orden, tries);
    ZOCO_TRY(auto done, _cobros.change({}, registro->id, paso.orden, paso.importe, key));
    const auto outcome = done.ordenes.find("k:" + key);
    const bool isKnown = outcome != done.ordenes.end() && outcome->second;
    if (!isKnown || *outcome->second == Hecho::Fallido) return give(orden, "pendiente", "preguntado");
    return give(orden, "hecho", nameOf(*outcome->second));
}

} // namespace pagos
