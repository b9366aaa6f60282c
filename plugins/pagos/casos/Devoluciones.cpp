#include "Devoluciones.h"

#include <algorithm>
#include <string>

namespace pagos
{

zoco::Result<void> Devoluciones::giveBack(std::string_view id) const
{
    ZOCO_TRY(auto found, _pagos.find({}, id));
    if (!found || found->devolver == 0) return {};
    const auto now = found->pago.importes();
    const auto orden = now.retenido() > 0 ? Orden::Anulacion : Orden::Reembolso;
    const auto importe = now.retenido() > 0 ? now.retenido() : std::min(found->devolver, now.reembolsable());
    // The key has the version, so that a refund that failed is tried again and one that is under way is not.
    ZOCO_TRY(auto done,
             _cobros.change({}, id, orden, importe, std::string(Cobros::kPorSiMismo) + std::to_string(found->version)));
    if (done.devolver == 0)
        _log.warning("gave back what was captured for an order that could not be paid with it",
                     {{"pago", done.id}, {"pedido", done.pedido}, {"importe", importe}});
    return {};
}

void Devoluciones::soon(std::string_view id) const
{
    (void)_executor.post(
        [this, to = std::string(id)]
        {
            const auto done = giveBack(to);
            if (!done.ok()) _log.info("a payment is not given back yet", {{"pago", to}});
        });
}

} // namespace pagos
