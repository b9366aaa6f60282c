#pragma once

#include "Importer.h"
#include "zoco/Commands.h"

#include <string_view>

namespace catalogo
{

/// `zoco import productos`
extern const zoco::CommandOptions kImportCommand;

/// Reads the arguments, runs the import and reports to the terminal. Returns the exit status. `moneda`: the shop's.
int runImport(const zoco::CommandCall& call, const Importer& importer, std::string_view moneda);

} // namespace catalogo
