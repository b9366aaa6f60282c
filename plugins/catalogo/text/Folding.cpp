#include "Folding.h"

#include "Utf8.h"

#include <algorithm>

namespace catalogo
{

namespace
{

constexpr std::size_t kMaxSortKey = 120;
constexpr std::size_t kMaxSlug = 80;
constexpr char32_t kSmallEnye = 0xF1;
constexpr char32_t kCapitalEnye = 0xD1;

bool isLetterOrDigit(char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

bool isCombining(char32_t c) noexcept { return c >= 0x300 && c < 0x370; }

void appendFolded(std::string& out, char32_t c, const FoldingTable& table)
{
    if (c < 0x80)
        out += static_cast<char>(c >= 'A' && c <= 'Z' ? c | 32 : c);
    else if (const auto word = table.find(c))
        out += *word;
    else if (!isCombining(c))
        appendCodePoint(out, c);
}

} // namespace

std::string Folding::fold(std::string_view text) const
{
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) appendFolded(out, takeCodePoint(text), _table);
    return out;
}

std::string Folding::sortKey(std::string_view name) const
{
    std::string out;
    while (!name.empty())
    {
        const auto c = takeCodePoint(name);
        if (c == kSmallEnye || c == kCapitalEnye)
            out += "n~"; // '~' is behind every letter
        else
            appendFolded(out, c, _table);
    }
    const auto first = std::find_if(out.begin(), out.end(), [](char c) { return isLetterOrDigit(c) || (c & 0x80); });
    if (first != out.end()) out.erase(out.begin(), first);
    return std::string(cutUtf8(out, kMaxSortKey));
}

std::string Folding::slug(std::string_view name) const
{
    std::string out;
    for (const char c : fold(name))
    {
        if (isLetterOrDigit(c))
            out += c;
        else if (!out.empty() && out.back() != '-')
            out += '-';
        if (out.size() == kMaxSlug) break;
    }
    if (!out.empty() && out.back() == '-') out.pop_back();
    return out;
}

std::string Folding::plainName(std::string_view name) const
{
    auto out = fold(name);
    std::erase_if(out, [](char c) { return !isLetterOrDigit(c) && (c & 0x80) == 0; });
    return out;
}

std::vector<std::string> Folding::words(std::string_view query) const
{
    std::vector<std::string> out;
    const auto folded = fold(query);
    std::string_view rest = folded;
    while (!(rest = trimmed(rest)).empty())
    {
        const auto end = std::min(rest.find_first_of(" \t\r\n"), rest.size());
        out.emplace_back(rest.substr(0, end));
        rest.remove_prefix(end);
    }
    return out;
}

} // namespace catalogo
