#pragma once

#include "casos/Limpieza.h"
#include "zoco/Commands.h"

namespace usuarios
{

int addUser(const zoco::CommandCall& call, const Entorno& e);
int listUsers(const zoco::CommandCall& call, const Entorno& e);
int setRoles(const zoco::CommandCall& call, const Entorno& e);
int disableUser(const zoco::CommandCall& call, const Entorno& e);
int enableUser(const zoco::CommandCall& call, const Entorno& e);
int endSessions(const zoco::CommandCall& call, const Entorno& e);
int purge(const zoco::CommandCall& call, const Limpieza& limpieza);

} // namespace usuarios
