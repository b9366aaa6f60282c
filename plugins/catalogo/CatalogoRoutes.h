#pragma once

#include "CatalogoHandlers.h"

namespace catalogo
{

/// Registers every route of the catalogue. `handlers` returns them once the plugin has started.
void addRoutes(zoco::Http& http, std::function<const CatalogoHandlers&()> handlers);

} // namespace catalogo
