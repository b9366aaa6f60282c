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

    /// Applies the events to the payment `id`, as often as others come first. 404 when there is none; 409 as
    /// Pago::apply. `onlyAt`: nothing happens when the payment has another version by now.
    zoco::Result<Hecha> apply(const zoco::CallContext& context, std::string_view id,
                              const std::vector<Anotado>& sucesos, const Also& also = {},
                              std::optional<std::int64_t> onlyAt = {}) const;

private:
    zoco::Result<bool> store(const zoco::CallContext& context, const Registro& before, Registro& next,
                             const std::vector<Anotado>& nuevos, const Also& also) const;

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
