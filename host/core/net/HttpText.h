#pragma once

#include <algorithm>
#include <string_view>

namespace zoco::host
{

/// A token of RFC 9110 5.6.2: methods and header names.
inline bool isHttpToken(std::string_view text) noexcept
{
    const auto isMember = [](char c)
    {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
    };
    return !text.empty() && std::all_of(text.begin(), text.end(), isMember);
}

/// Without control characters, except tabs: nothing in it can end the line.
inline bool isFieldValue(std::string_view text) noexcept
{
    return std::none_of(text.begin(), text.end(),
                        [](char c)
                        {
                            const auto byte = static_cast<unsigned char>(c);
                            return (byte < 0x20 && c != '\t') || byte == 0x7f;
                        });
}

inline std::string_view trimmed(std::string_view text) noexcept
{
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") + 1 - first);
}

inline bool equalIgnoringCase(std::string_view a, std::string_view b) noexcept
{
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

} // namespace zoco::host
