#pragma once

#include "ParseTypes.h"
#include "pipeline/Request.h"

#include <string_view>

namespace zoco::host
{

/// Splits one header line (without its CRLF) into name and trimmed value; refuses what RFC 9112 section 5 forbids,
/// folding included. `field` views the line.
ParseFailure parseHeaderLine(std::string_view line, HeaderField& field) noexcept;

/// Whether a control character other than tab is in there. Reads 16 bytes at a time.
bool hasControl(std::string_view text) noexcept;

/// Without leading and trailing spaces and tabs.
std::string_view trimmed(std::string_view text) noexcept;

} // namespace zoco::host
