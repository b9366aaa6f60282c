#pragma once

#include "datos/PedidosAjenos.h"
#include "model/Evidencia.h"
#include "zoco/Auth.h"
#include "zoco/Http.h"

#include <cstdint>
#include <optional>

namespace pagos
{

/// Whether who pays has to show first who they are: from an amount on, whoever they are. [any-thread]
class Verificacion
{
public:
    struct Ajustes
    {
        std::int64_t desde = 0;      ///< minor units; 0: never
        std::int64_t recienteUs = 0; ///< how long a login is a fresh one
    };

    /// Made in start. `auth` is zoco.auth/1; std::invalid_argument when it is not there and has to be asked.
    Verificacion(const zoco::Service& auth, Ajustes ajustes);

    /// Who pays, nothing when it does not matter. 403 `autenticacion-reciente`: they are to log in, again or at all;
    /// `forbidden`: the order is of another account, which only the staff pays for.
    zoco::Result<std::optional<Identidad>> of(const zoco::Request& request, const PedidoPorPagar& pedido) const;

private:
    zoco::StepUp _stepUp;
    Ajustes _ajustes;
};

} // namespace pagos
