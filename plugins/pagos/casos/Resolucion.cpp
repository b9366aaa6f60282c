#include "Resolucion.h"

#include "Reloj.h"

#include <algorithm>
#include <chrono>
#include <string>

namespace pagos
{

namespace
{

constexpr auto kSoon = std::chrono::milliseconds(1'000);
constexpr std::int64_t kWatchUs = 86'400'000'000; ///< how long what we gave up ourselves is asked for
constexpr const char* kNoConsta = R"({"codigo":"no-consta"})";

} // namespace

/// Whether what is awaited will not happen any more. Who was sent to the pages of a payment service may come there
/// later, as long as the order can be paid.
zoco::Result<bool> Resolucion::isOver(const Registro& after, const Resultado& told) const
{
    if (!told.isComplete) return false;
    if (after.pago.pendiente()) return true;
    if (after.pago.estado() != Estado::RequiereAccion) return false;
    const auto* conector = _encargos.connectorOf(after.conector);
    if (conector == nullptr || conector->capabilities().takesCard) return true;
    ZOCO_TRY(auto pedido, _pedidos.find({}, after.pedido));
    return !pedido || !pedido->isPagable(nowUs());
}

zoco::Result<void> Resolucion::resolve(std::string_view id, bool isLate) const
{
    ZOCO_TRY(auto found, _pagos.find({}, id));
    if (!found) return {};
    auto* conector = _encargos.connectorOf(found->conector);
    if (!isAwaited(found->pago)) return {};
    if (conector == nullptr) return later(*found); // it is configured no longer
    const auto orden = found->pago.pendiente() ? found->pago.pendiente()->orden : Orden::Cobro;
    ZOCO_TRY(auto told, conector->query(_encargos.orderFor(*found, found->pago.importe()), orden));
    auto sucesos = annotated(told);
    auto after = *found;
    for (const auto& anotado : sucesos)
    {
        ZOCO_TRY([[maybe_unused]] auto done, PagosRepository::apply(after, anotado));
    }
    ZOCO_TRY(auto isGone, isOver(after, told));
    if (isLate && isGone)
        sucesos.push_back({{orden == Orden::Cobro ? Hecho::Rechazado : Hecho::Fallido, orden, 0, {}}, kNoConsta});
    ZOCO_TRY(auto done, _transiciones.apply({}, {*found}, sucesos, {}, true));
    return done.isNueva ? zoco::Result<void>() : later(done.registro);
}

/// The longer nothing has happened, the later it is asked for again.
zoco::Result<void> Resolucion::later(const Registro& registro) const
{
    const auto now = nowUs();
    const auto since = std::max<std::int64_t>(now - registro.modificado, 0);
    const bool isOut = registro.pago.isSupuesto() && since > kWatchUs;
    ZOCO_TRY([[maybe_unused]] auto rows, _pagos.postpone(registro, isOut ? 0 : now + since / 4, now));
    return {};
}

void Resolucion::soon(std::string_view id) const
{
    (void)_executor.postAfter(kSoon,
                              [this, to = std::string(id)]
                              {
                                  const auto done = resolve(to, false);
                                  if (!done.ok()) _log.info("a payment is not resolved yet", {{"pago", to}});
                              });
}

} // namespace pagos
