#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace zoco::host
{

/// The candidate that was most likely meant: least optimal-string-alignment distance (insert, delete, replace, swap of
/// neighbours), at most a third of the word's length and at least 2. Empty when none is near.
std::string nearestWord(std::string_view word, const std::vector<std::string>& candidates);

/// "; did you mean X?", or empty.
std::string didYouMean(std::string_view word, const std::vector<std::string>& candidates);

} // namespace zoco::host
