#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pagos
{

/// The whole elements of that name, tags and all, as they stand in the text; none lies within another of its name.
/// For the flat messages of payment services: no prefixes, comments or entities of their own.
std::vector<std::string_view> xmlElements(std::string_view xml, std::string_view name);

/// The text within the first element of that name, with its five entities and CDATA resolved; empty when there is none.
std::string xmlText(std::string_view xml, std::string_view name);

/// "<name>text</name>".
std::string xmlElement(std::string_view name, std::string_view text);

/// Text as it stands within an element.
std::string xmlEscaped(std::string_view text);

} // namespace pagos
