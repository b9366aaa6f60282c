#pragma once

#include "routing/Route.h"

#include <span>
#include <string>

namespace zoco::host
{

/// The OpenAPI 3.1 document of these routes: each route's own operation object where it declared one that is a JSON
/// object, else a plain one. Path parameters come from the patterns, and who may ask from what the routes declare.
std::string openApiDocument(std::span<const Route> routes, std::string_view publicUrl, std::string_view version);

} // namespace zoco::host
