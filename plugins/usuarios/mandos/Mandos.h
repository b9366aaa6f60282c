#pragma once

#include "casos/Limpieza.h"
#include "datos/Auditoria.h"
#include "zoco/Commands.h"

#include <functional>

namespace usuarios
{

/// What commands work with, once the plugin has started.
struct DestinoMandos
{
    const Entorno& entorno;
    const Auditoria& auditoria;
    const Limpieza& limpieza;
};

/// Registers `zoco user …` and `zoco audit …`. [lifecycle, in init]
void addCommands(zoco::Commands& commands, std::function<DestinoMandos()> to);

} // namespace usuarios
