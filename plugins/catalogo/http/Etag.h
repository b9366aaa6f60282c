#pragma once

#include "zoco/Http.h"

#include <string>
#include <string_view>

namespace catalogo
{

/// Weak entity tag of an answer's body.
std::string etagOf(std::string_view body);
/// Whether the client has this version already (If-None-Match, weak comparison; RFC 9110, 13.1.2).
bool isCurrent(const zoco::Request& request, std::string_view etag);
/// The JSON text as 200 with its tag, or 304 when the client has it.
zoco::Reply revalidated(const zoco::Request& request, std::string json);

} // namespace catalogo
