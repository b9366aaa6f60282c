#pragma once

#include "casos/Entorno.h"
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
};

/// Registers `zoco user …` and `zoco audit …`. [lifecycle, in init]
void addCommands(zoco::Commands& commands, std::function<DestinoMandos()> to);

} // namespace usuarios
