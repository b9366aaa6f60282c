#pragma once

#include "casos/Cuadre.h"
#include "casos/Encargos.h"
#include "datos/AvisosRepository.h"
#include "zoco/Crypto.h"
#include "zoco/Http.h"

namespace pagos
{

/// The HTTP side of what the staff of payments looks after. [any-thread]
class GestionHandlers
{
public:
    /// All outlive it.
    GestionHandlers(const AvisosRepository& avisos, const LiquidacionesRepository& liquidaciones, const Cuadre& cuadre,
                    const Encargos& encargos, const zoco::Crypto& crypto)
        : _avisos(avisos), _liquidaciones(liquidaciones), _cuadre(cuadre), _encargos(encargos), _crypto(crypto)
    {
    }

    zoco::Reply notifications(const zoco::Request& request) const;
    zoco::Reply settle(const zoco::Request& request) const;
    zoco::Reply reconcile(const zoco::Request& request) const;

private:
    const AvisosRepository& _avisos;
    const LiquidacionesRepository& _liquidaciones;
    const Cuadre& _cuadre;
    const Encargos& _encargos;
    const zoco::Crypto& _crypto;
};

} // namespace pagos
