#pragma once

#include "Cobros.h"
#include "Cuadre.h"
#include "datos/OrdenesRepository.h"
#include "zoco/Events.h"

#include <string>
#include <string_view>

namespace pagos
{

/// What other plugins have done to the payments of their orders: money that goes back (`pedidos.reembolsar`), and the
/// capture of what is held once the order is sent (`pedidos.cambiado`). Each is written down and then done exactly
/// once, however often it is told and whatever happens meanwhile. [any-thread]
class Ordenes
{
public:
    /// All outlive it.
    Ordenes(const Cobros& cobros, const PagosRepository& pagos, const OrdenesRepository& ordenes, const Cuadre& cuadre,
            const zoco::Executor& executor, zoco::Log log)
        : _cobros(cobros), _pagos(pagos), _ordenes(ordenes), _cuadre(cuadre), _executor(executor), _log(log)
    {
    }

    /// Both throw when it cannot be written down, so that the event comes again.
    void onRefund(const zoco::Event& event) const;
    void onOrderChanged(const zoco::Event& event) const;

    /// A refund whose event never came; false: it was written down already.
    zoco::Result<bool> remember(const ReembolsoQuerido& wanted) const;

    /// A refund by hand of what an order wants and nobody has written down: it is written down with it, and counts once
    /// however often it is asked for. Without an amount, as much as the order wants. 422: the order wants no such
    /// thing; 409 `orden-conocida`: it is done, or tried, without this.
    zoco::Result<Registro> refundByHand(const zoco::CallContext& context, std::string_view pago, std::string_view id,
                                        std::optional<std::int64_t> importe, const Transiciones::Also& also) const;

    /// Does it, or goes on with it; nothing when it is done, or has to wait for something else.
    zoco::Result<void> carryOut(std::string_view id) const;

private:
    struct Paso
    {
        Orden orden = Orden::Reembolso;
        std::int64_t importe = 0; ///< 0: not now
        const char* no = "";      ///< why it never will; empty: it may
    };

    void write(const OrdenDurable& orden) const;
    void soon(const std::string& id) const;
    zoco::Result<std::optional<Registro>> paymentOf(const OrdenDurable& orden) const;
    static Paso stepFor(const OrdenDurable& orden, const Importes& now);
    zoco::Result<void> give(const OrdenDurable& orden, std::string_view estado, std::string_view detalle) const;

    const Cobros& _cobros;
    const PagosRepository& _pagos;
    const OrdenesRepository& _ordenes;
    const Cuadre& _cuadre;
    const zoco::Executor& _executor;
    zoco::Log _log;
};

} // namespace pagos
