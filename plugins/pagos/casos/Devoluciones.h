#pragma once

#include "Cobros.h"

#include <string_view>

namespace pagos
{

/// Gives back what was taken for orders that could not be paid with it. [any-thread]
class Devoluciones
{
public:
    /// All outlive it.
    Devoluciones(const Cobros& cobros, const PagosRepository& pagos, const zoco::Executor& executor, zoco::Log log)
        : _cobros(cobros), _pagos(pagos), _executor(executor), _log(log)
    {
    }

    zoco::Result<void> giveBack(std::string_view id) const;
    /// The same in a moment, on another thread; reconciliation does it again when it fails.
    void soon(std::string_view id) const;

private:
    const Cobros& _cobros;
    const PagosRepository& _pagos;
    const zoco::Executor& _executor;
    zoco::Log _log;
};

} // namespace pagos
