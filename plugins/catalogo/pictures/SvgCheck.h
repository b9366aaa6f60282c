#pragma once

#include <string>
#include <string_view>

namespace catalogo
{

/// Why an SVG text is not taken: something in it could run or load something else, or it is no SVG; empty when it is
/// harmless. Works on the text without building a tree: whatever it cannot read surely is refused.
std::string faultOfSvg(std::string_view text);

} // namespace catalogo
