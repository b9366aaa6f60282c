#include "Avisos.h"

#include "Reloj.h"
#include "casos/CampoSuceso.h"

namespace pedidos
{

void Avisos::changed(const zoco::Event& event) const
{
    Suceso change{textOf(event, "de"), textOf(event, "a"), textOf(event, "expedicion"), 0};
    if (!isTold(change)) return;
    const auto order = orderOf(event);
    if (!order) return;
    if (change.a == nombreDe(Estado::Cancelado))
        change.devuelto = _repository.givenBackBefore(order->id, event.timeUs()).value();
    tell(event, *order, avisoDeCambio(*order, change, order->idioma, _e.ajustes.desistimiento));
}

void Avisos::refunded(const zoco::Event& event) const
{
    const auto order = orderOf(event);
    if (!order) return;
    tell(event, *order, avisoDeReembolso(*order, event["importe"].integer(), textOf(event, "motivo"), order->idioma));
}

void Avisos::paymentChanged(const zoco::Event& event) const
{
    const auto amount = event["devuelto"];
    if (event.number() == 0 || amount.isNull() || amount.integer() <= 0) return;
    _repository.noteGivenBack(textOf(event, "pago"), textOf(event, "pedido"), amount.integer(), event.timeUs()).value();
}

/// Whoever left no address, or was forgotten, is not told.
std::optional<Pedido> Avisos::orderOf(const zoco::Event& event) const
{
    if (event.number() == 0) return std::nullopt; // not durable: nothing would know it again
    auto found = _e.pedidos.find({}, textOf(event, "pedido")).value();
    return found && !found->datos.correo.empty() ? std::move(found) : std::nullopt;
}

void Avisos::tell(const zoco::Event& event, const Pedido& pedido, std::optional<Aviso> aviso) const
{
    if (!aviso) return;
    aviso->valores.emplace_back("enlace", pedido.tienda + "/pedido?pedido=" + pedido.id +
                                              "&acceso=" + _e.pedidos.accessTo(pedido.id));
    zoco::Group group(_e.data);
    _repository.addNote(group, event);
    _textos.add(group, aviso->nombre, pedido.idioma, pedido.datos.correo, aviso->valores);
    auto done = group.run({});
    if (!done && done.problem().code != ZOCO_E_DUPLICATE) throw zoco::ProblemException(std::move(done.problem()));
}

void Avisos::forgetOld() const
{
    constexpr std::int64_t kKept = secondsUs(400LL * 24 * 3600);
    if (!_repository.forget(nowUs() - kKept)) _e.log.warning("notes of old mails cannot be deleted");
}

} // namespace pedidos
