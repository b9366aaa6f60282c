#pragma once

#include "ImportJob.h"

#include <string_view>

namespace catalogo
{

/// The import of the demonstration catalogue: its products as JSON text that outlives it, pictures from this library.
ImportJob demoJob(std::string_view products);

} // namespace catalogo
