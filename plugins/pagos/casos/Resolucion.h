#pragma once

#include "Encargos.h"
#include "Transiciones.h"
#include "zoco/Executor.h"
#include "zoco/Log.h"

#include <string_view>

namespace pagos
{

/// What became of an operation whose answer did not come: the payment service is asked; nothing is ever tried again
/// instead. [any-thread]
class Resolucion
{
public:
    /// All outlive it.
    Resolucion(const Encargos& encargos, const PagosRepository& pagos, const PedidosAjenos& pedidos,
               const Transiciones& transiciones, const zoco::Executor& executor, zoco::Log log)
        : _encargos(encargos),
          _pagos(pagos),
          _pedidos(pedidos),
          _transiciones(transiciones),
          _executor(executor),
          _log(log)
    {
    }

    /// Asks now. `isLate`: the request cannot be on its way any more, so that what the service does not know of did not
    /// happen; otherwise only what did happen counts.
    zoco::Result<void> resolve(std::string_view id, bool isLate) const;
    /// Asks in a moment, when the answer has just been lost.
    void soon(std::string_view id) const;

private:
    zoco::Result<void> later(const Registro& registro) const;
    zoco::Result<bool> isOver(const Registro& after, const Resultado& told) const;

    const Encargos& _encargos;
    const PagosRepository& _pagos;
    const PedidosAjenos& _pedidos;
    const Transiciones& _transiciones;
    const zoco::Executor& _executor;
    zoco::Log _log;
};

} // namespace pagos
