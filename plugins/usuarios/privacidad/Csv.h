#pragma once

#include <string>
#include <string_view>

namespace usuarios
{

/// A JSON array of objects as CSV (RFC 4180): one line each, a column for every member that any of them has, in the
/// order in which they come first. What is nested stays JSON. A text that a spreadsheet would take for a formula gets
/// an apostrophe before it. Anything else than such an array: empty.
std::string csvOf(std::string_view json);

} // namespace usuarios
