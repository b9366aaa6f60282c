#pragma once

#include <string>
#include <string_view>

namespace zoco::test
{

/// The commands of a README's walk-through: its fenced blocks that stand right after a line
/// `<!-- walk-through -->`, in order, as one shell script. Throws std::runtime_error when such a line has no block.
std::string walkThroughOf(std::string_view readme);

} // namespace zoco::test
