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

zoco::Result<Transiciones::Hecha> Transiciones::apply(const zoco::CallContext& context, std::string_view id,
                                                      const std::vector<Anotado>& sucesos, const Also& also,
                                                      std::optional<std::int64_t> onlyAt) const
{
    for (int i = 0; i < kTries; ++i)
    {
        ZOCO_TRY(auto found, _pagos.find(context, id));
        if (!found) return problema::noEncontrado();
        if (onlyAt && found->version != *onlyAt) return Hecha{std::move(*found), false};
        auto next = *found;
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
        ZOCO_TRY(auto isStored, store(context, *found, next, nuevos, also));
        if (isStored)
        {
            if (next.devolver > 0 && found->devolver == 0) _owed(next.id);
            return Hecha{std::move(next), true};
        }
    }
    return zoco::Problem::fromStatus(ZOCO_E_UNAVAILABLE);
}

/// False: others came first. An order that cannot be paid looks the same at first, so it is tried without the order
/// when nobody else has touched the payment.
zoco::Result<bool> Transiciones::store(const zoco::CallContext& context, const Registro& before, Registro& next,
                                       const std::vector<Anotado>& nuevos, const Also& also) const
{
    const auto all = next.pago.importe();
    const bool isPaidNow = !before.cubre() && next.cubre();
    std::optional<PedidoPorPagar> pedido;
    if (isPaidNow)
    {
        ZOCO_TRY(pedido, _pedidos.find(context, next.pedido));
    }
    const auto now = nowUs();
    next.version = before.version + static_cast<std::int64_t>(nuevos.size());
    const auto amounts = next.pago.importes();
    const auto owed = amounts.reembolsable() + amounts.retenido();
    next.devolver = next.devolver > 0 && owed > 0 ? next.devolver : 0;
    for (const bool isWithOrder : {true, false})
    {
        const bool isPaying = isPaidNow && isWithOrder;
        if (!isWithOrder && !isPaidNow) break;
        if (isPaying && !pedido) continue;
        if (isPaidNow && !isPaying) next.devolver = owed;
        next.isVivo = isVivo(next.pago.estado()) && (isPaying || (before.isVivo && !isPaidNow)); // or takes it again
        zoco::Group group(_data);
        if (isPaying && !before.isVivo) _pagos.addTakeOver(group, next);
        _pagos.addAdvance(group, next, nuevos, isAwaited(next.pago) ? now : 0, now);
        if (isPaying) _pedidos.addPay(group, *pedido, all, next.id, now);
        if (isPaying)
            _outbox.add(group, "pedidos.cambiado", {{"pedido", next.pedido}, {"de", pedido->estado}, {"a", "pagado"}});
        // What could not pay its order goes back without the order's losing anything.
        const bool isOfOrder = before.devolver == 0 && next.devolver == 0;
        _outbox.add(group, "pagos.cambiado",
                    {{"pago", next.id},
                     {"pedido", next.pedido},
                     {"estado", nameOf(next.pago.estado())},
                     {"devuelto", isOfOrder ? amounts.reembolsado + amounts.anulado : 0}});
        if (also) also(group, next);
        const auto done = group.run(context);
        if (done.ok())
        {
            if (next.devolver > 0)
                _log.warning("captured for an order that cannot be paid with it, so it goes back",
                             {{"pago", next.id}, {"pedido", next.pedido}, {"importe", next.devolver}});
            return true;
        }
        if (!isTaken(done.problem().code)) return done.problem();
        ZOCO_TRY(auto again, _pagos.find(context, next.id));
        if (!again || again->version != before.version) return false;
    }
    return false;
}

} // namespace pagos
