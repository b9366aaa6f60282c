#include "IdempotencyKey.h"

#include <algorithm>

namespace zoco::host
{

namespace
{

constexpr std::size_t kLongest = 255;

std::optional<std::string> quoted(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i)
    {
        const bool isEscaped = text[i] == '\\';
        if (isEscaped && (++i == text.size() || (text[i] != '\\' && text[i] != '"'))) return std::nullopt;
        if (text[i] < ' ' || text[i] > '~' || (text[i] == '"' && !isEscaped)) return std::nullopt;
        out += text[i];
    }
    return out;
}

bool isBare(char c) { return c > ' ' && c <= '~' && c != '"' && c != '\\' && c != ',' && c != ';'; }

} // namespace

std::optional<std::string> idempotencyKey(std::string_view header)
{
    std::optional<std::string> out;
    if (header.size() >= 2 && header.front() == '"' && header.back() == '"')
        out = quoted(header.substr(1, header.size() - 2));
    else if (std::all_of(header.begin(), header.end(), &isBare))
        out = header;
    if (!out || out->empty() || out->size() > kLongest) return std::nullopt;
    return out;
}

} // namespace zoco::host
