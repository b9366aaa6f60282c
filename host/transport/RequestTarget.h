#pragma once

#include "ParseTypes.h"
#include "pipeline/Request.h"

namespace zoco::host
{

/// Checks a request line (without its CRLF) and fills method, target, path, query and isHttp11 of `request`;
/// of an absolute-form target also `host`. An absolute-form target without a path gets its "/" written into the line.
ParseFailure parseRequestLine(char* begin, char* end, Request& request) noexcept;

/// Whether this is `uri-host [":" port]` of an address that one can really connect to: a name of letters, digits and
/// "-._~", or an IP literal in brackets. Narrower than RFC 3986: no percent-encoding, no sub-delimiters.
bool isValidHost(std::string_view host) noexcept;

} // namespace zoco::host
