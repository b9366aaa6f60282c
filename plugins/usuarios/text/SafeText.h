#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace usuarios
{

/// Whether a code point may stand in a text that people are shown: no control, no mark that turns the direction of
/// writing, nothing that takes no room, no private use, no look-alike alphabet (full width, mathematical letters).
bool isShowable(char32_t c) noexcept;

/// What is wrong with a text that people are shown, such as a name; empty: nothing. `most` counts code points. Beside
/// what isShowable refuses: letters of Latin together with Greek or Cyrillic ones, which look alike.
std::string faultOfText(std::string_view text, std::size_t most);

} // namespace usuarios
