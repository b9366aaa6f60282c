#include "Transiciones.h"

#include "Problemas.h"
#include "Reloj.h"

namespace pagos
{

namespace
{

constexpr int kTries = 16;

bool isTaken(zoco_status code) { return code == ZOCO_E_GUARD || code == ZOCO_E_DUPLICATE; }

} // namespace

bool isVivo(Estado estado) noexcept
{
    return estado != Estado::Rechazado && estado != Estado::Anulado && estado != Estado::Reembolsado;
}

bool isAwaited(const Pago& pago) noexcept
{
    return pago.estado() == Estado::Desconocido || pago.estado() == Estado::RequiereAccion || pago.isSupuesto();
}

zoco::Result<Transiciones::Hecha> Transiciones::apply(const zoco::CallContext& context, Conocido known,
                                                      const std::vector<Anotado>& sucesos, const Also& also,
                                                      bool isOnlyAsKnown) const
{
    for (int i = 0; i < kTries; ++i)
    {
        auto next = known.pago;
        std::vector<Anotado> nuevos;
        for (const auto& anotado : sucesos)
        {
            ZOCO_TRY(auto done, PagosRepository::apply(next, anotado));
            if (done == Pago::Aplicado::Nuevo) nuevos.push_back(anotado);
        }
        if (nuevos.empty()) // a notification was quicker
        {
            zoco::Group group(_data);
            if (also) also(group, next);
            const auto done = group.empty() ? zoco::Result<std::int64_t>(0) : group.run(context);
            if (!done.ok() && done.problem().code != ZOCO_E_DUPLICATE) return done.problem();
            return Hecha{std::move(next), false};
        }
        ZOCO_TRY(auto others, store(context, {known.pago, next, nuevos, also}, std::move(known.pedido)));
        if (!others)
        {
            if (next.devolver > 0 && known.pago.devolver == 0) _owed(next.id);
            return Hecha{std::move(next), true};
        }
        known = {std::move(*others), {}};
        if (isOnlyAsKnown) return Hecha{std::move(known.pago), false};
    }
    return zoco::Problem::fromStatus(ZOCO_E_UNAVAILABLE);
}

/// Nothing: it is stored. Else others came first, and this is the payment by now. What is in the way of a payment that
/// nobody has touched is its order: that is looked at again, and left out when it can no longer be paid.
zoco::Result<std::optional<Registro>> Transiciones::store(const zoco::CallContext& context, const Cambio& cambio,
                                                          std::optional<PedidoPorPagar> pedido) const
{
    const auto& [before, next, nuevos, also] = cambio;
    const bool isPaidNow = !before.cubre() && next.cubre();
    if (isPaidNow && !pedido)
    {
        ZOCO_TRY(pedido, _pedidos.find(context, next.pedido));
    }
    next.version = before.version + static_cast<std::int64_t>(nuevos.size());
    const auto amounts = next.pago.importes();
    const auto owed = amounts.reembolsable() + amounts.retenido();
    for (bool isPaying = isPaidNow && pedido;;)
    {
        next.devolver = isPaidNow && !isPaying ? owed : before.devolver > 0 && owed > 0 ? before.devolver : 0;
        next.isVivo = isVivo(next.pago.estado()) && (isPaying || (before.isVivo && !isPaidNow)); // or takes it again
        const auto done = write(context, cambio, isPaying ? &*pedido : nullptr);
        if (done.ok())
        {
            if (next.devolver > 0)
                _log.warning("captured for an order that cannot be paid with it, so it goes back",
                             {{"pago", next.id}, {"pedido", next.pedido}, {"importe", next.devolver}});
            return std::optional<Registro>();
        }
        if (!isTaken(done.problem().code)) return done.problem();
        ZOCO_TRY(auto now, _pagos.find(context, next.id));
        if (!now) return problema::noEncontrado();
        if (now->version != before.version || !isPaying) return now;
        const auto tried = std::move(pedido->estado);
        ZOCO_TRY(pedido, _pedidos.find(context, next.pedido));
        isPaying = pedido && pedido->estado != tried && pedido->espera();
    }
}

/// `paid`: the order that it pays.
zoco::Result<std::int64_t> Transiciones::write(const zoco::CallContext& context, const Cambio& cambio,
                                               const PedidoPorPagar* paid) const
{
    const auto& [before, next, nuevos, also] = cambio;
    const auto now = nowUs();
    zoco::Group group(_data);
    if (paid != nullptr && !before.isVivo) _pagos.addTakeOver(group, next);
    _pagos.addAdvance(group, next, nuevos, isAwaited(next.pago) ? now : 0, now);
    if (paid != nullptr)
    {
        _pedidos.addPay(group, *paid, next.pago.importe(), next.id, now);
        _outbox.add(group, "pedidos.cambiado", {{"pedido", next.pedido}, {"de", paid->estado}, {"a", "pagado"}});
    }
    // What could not pay its order goes back without the order's losing anything.
    const bool isOfOrder = !before.seDevolvio && before.devolver == 0 && next.devolver == 0;
    const auto amounts = next.pago.importes();
    _outbox.add(group, "pagos.cambiado",
                {{"pago", next.id},
                 {"pedido", next.pedido},
                 {"estado", nameOf(next.pago.estado())},
                 {"devuelto", isOfOrder ? amounts.reembolsado + amounts.anulado : 0}});
    if (also) also(group, next);
    return group.run(context);
}

} // namespace pagos
