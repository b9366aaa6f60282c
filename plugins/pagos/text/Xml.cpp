#include "Xml.h"

#include <array>
#include <utility>

namespace pagos
{

namespace
{

constexpr std::string_view kCdata = "<![CDATA[";
constexpr std::string_view kCdataEnd = "]]>";
constexpr std::array<std::pair<std::string_view, char>, 5> kEntities{
    {{"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&quot;", '"'}, {"&apos;", '\''}}};

/// Where the first start tag of that name is, at or after `from`.
std::size_t startOf(std::string_view xml, std::string_view name, std::size_t from)
{
    const auto tag = '<' + std::string(name);
    for (auto at = xml.find(tag, from); at != xml.npos; at = xml.find(tag, at + 1))
    {
        const auto after = at + tag.size();
        if (after < xml.size() && std::string_view(" \t\r\n>").find(xml[after]) != std::string_view::npos) return at;
    }
    return xml.npos;
}

std::string unescaped(std::string_view text)
{
    std::string out;
    while (!text.empty())
    {
        std::size_t taken = 1;
        char c = text.front();
        for (const auto& [entity, value] : kEntities)
            if (text.starts_with(entity))
            {
                taken = entity.size();
                c = value;
            }
        out += c;
        text.remove_prefix(taken);
    }
    return out;
}

} // namespace

std::vector<std::string_view> xmlElements(std::string_view xml, std::string_view name)
{
    std::vector<std::string_view> out;
    const auto close = "</" + std::string(name) + '>';
    std::size_t from = 0;
    while (true)
    {
        const auto begin = startOf(xml, name, from);
        const auto end = begin == xml.npos ? xml.npos : xml.find(close, begin);
        if (end == xml.npos) return out;
        from = end + close.size();
        out.push_back(xml.substr(begin, from - begin));
    }
}

std::string xmlText(std::string_view xml, std::string_view name)
{
    const auto found = xmlElements(xml, name);
    if (found.empty()) return {};
    const auto begin = found.front().find('>') + 1;
    auto inner = found.front().substr(begin, found.front().rfind("</") - begin);
    if (!inner.starts_with(kCdata) || !inner.ends_with(kCdataEnd)) return unescaped(inner);
    inner.remove_prefix(kCdata.size());
    inner.remove_suffix(kCdataEnd.size());
    return std::string(inner);
}

std::string xmlElement(std::string_view name, std::string_view text)
{
    return '<' + std::string(name) + '>' + xmlEscaped(text) + "</" + std::string(name) + '>';
}

std::string xmlEscaped(std::string_view text)
{
    std::string out;
    for (const char c : text)
    {
        std::string_view as;
        for (const auto& [entity, value] : kEntities)
            if (value == c) as = entity;
        if (as.empty())
            out += c;
        else
            out += as;
    }
    return out;
}

} // namespace pagos
