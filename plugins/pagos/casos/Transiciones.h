#pragma once

#include "datos/PagosRepository.h"
#include "datos/PedidosAjenos.h"
#include "zoco/Log.h"
#include "zoco/Outbox.h"

#include <functional>
#include <string_view>
#include <vector>

namespace pagos
{

/// The one way by which anything happens to a payment: answers, notifications, the buyer's return and reconciliation
/// all end here. What is new of the events is stored in one atomic group, with what follows from it: the order is paid
/// once all is captured (or held, when it is captured later), and its pieces are sold; when the order can no longer be
/// paid, what was captured is noted to go back. [any-thread]
class Transiciones
{
public:
    /// Told of each payment that has come to owe its buyer money, once that is stored; returns soon.
    using Owed = std::function<void(const std::string& id)>;

    /// All outlive it.
    Transiciones(const zoco::Service& data, const PagosRepository& pagos, const PedidosAjenos& pedidos,
                 const zoco::Outbox& outbox, Owed owed, zoco::Log log)
        : _data(data), _pagos(pagos), _pedidos(pedidos), _outbox(outbox), _owed(std::move(owed)), _log(log)
    {
    }

    /// Steps that go with the change, such as the stored answer, and are stored also when others were quicker; `next`
    /// is the payment as it will be.
    using Also = std::function<void(zoco::Group& group, const Registro& next)>;

    struct Hecha
    {
        Registro registro;
        bool isNueva = false; ///< something was new
    };

    /// What the caller knows of the payment, so that it need not be read again: others may have come first all the
    /// same, which the writing finds out.
    struct Conocido
    {
        Registro pago;
        std::optional<PedidoPorPagar> pedido{}; ///< its order
    };

    /// Applies the events to the payment, as often as others come first. 409 as Pago::apply. `isOnlyAsKnown`: nothing
    /// happens when it is not as it was known any more.
    zoco::Result<Hecha> apply(const zoco::CallContext& context, Conocido known, const std::vector<Anotado>& sucesos,
                              const Also& also = {}, bool isOnlyAsKnown = false) const;

private:
    /// The payment as it will be, with the events that are new to it.
    struct Cambio
    {
        const Registro& before;
        Registro& next;
        const std::vector<Anotado>& nuevos;
        const Also& also;
    };

    zoco::Result<std::optional<Registro>> store(const zoco::CallContext& context, const Cambio& cambio,
                                                std::optional<PedidoPorPagar> pedido) const;
    zoco::Result<std::int64_t> write(const zoco::CallContext& context, const Cambio& cambio,
                                     const PedidoPorPagar* paid) const;

    const zoco::Service& _data;
    const PagosRepository& _pagos;
    const PedidosAjenos& _pedidos;
    const zoco::Outbox& _outbox;
    Owed _owed;
    zoco::Log _log;
};

/// Whether a payment in this state keeps its order's place.
bool isVivo(Estado estado) noexcept;
/// Whether the payment service may have something to tell of it that we do not know.
bool isAwaited(const Pago& pago) noexcept;

} // namespace pagos
