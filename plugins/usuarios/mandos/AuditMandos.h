#pragma once

#include "datos/Auditoria.h"
#include "zoco/Commands.h"

namespace usuarios
{

int verifyAudit(const zoco::CommandCall& call, const Auditoria& log);
int listAudit(const zoco::CommandCall& call, const Auditoria& log);

} // namespace usuarios
