#pragma once

#include "Ajustes.h"
#include "zoco/PersonalData.h"

#include <vector>

namespace usuarios
{

/// What this plugin keeps about people and why, with the periods that the settings say.
std::vector<zoco::PersonalDataUse> usosPropios(const Ajustes& ajustes);

} // namespace usuarios
