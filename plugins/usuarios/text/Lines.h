#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace usuarios
{

/// Texts without line ends as one text, and back: what is sealed as a whole.
inline std::string joinLines(std::initializer_list<std::string_view> lines)
{
    std::string out;
    for (const auto line : lines) out.append(line).append("\n");
    return out;
}

/// Empty texts for what is not there, up to `count`.
inline std::vector<std::string> splitLines(std::string_view text, std::size_t count)
{
    std::vector<std::string> out(count);
    for (std::size_t i = 0; i < count && !text.empty(); ++i)
    {
        const auto end = text.find('\n');
        out[i] = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return out;
}

} // namespace usuarios
