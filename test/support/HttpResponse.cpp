#include "support/HttpResponse.h"

#include <algorithm>
#include <stdexcept>

namespace zoco::test
{

namespace
{

bool sameName(std::string_view a, std::string_view b)
{
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 32) : c; };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

std::string_view cutLine(std::string_view& rest)
{
    const auto end = rest.find("\r\n");
    const auto line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 2);
    return line;
}

} // namespace

std::string HttpResponse::header(std::string_view name) const
{
    for (const auto& [key, value] : headers)
        if (sameName(key, name)) return value;
    return {};
}

std::size_t HttpResponse::count(std::string_view name) const
{
    return static_cast<std::size_t>(
        std::count_if(headers.begin(), headers.end(), [&](const auto& h) { return sameName(h.first, name); }));
}

std::string HttpResponse::problemSlug() const
{
    constexpr std::string_view kType = "\"type\":\"urn:zoco:problem:";
    const auto at = body.find(kType);
    if (header("Content-Type") != "application/problem+json" || at == std::string::npos) return {};
    const auto begin = at + kType.size();
    return body.substr(begin, body.find('"', begin) - begin);
}

HttpResponse HttpResponse::parseHead(std::string_view head)
{
    HttpResponse out;
    const auto line = cutLine(head);
    if (line.size() < 13 || !line.starts_with("HTTP/1.") || line[8] != ' ' || line[12] != ' ')
        throw std::runtime_error("bad status line: " + std::string(line));
    out.version = line.substr(0, 8);
    for (const char c : line.substr(9, 3)) out.status = out.status * 10 + (c - '0');
    while (!head.empty())
    {
        const auto field = cutLine(head);
        const auto colon = field.find(": ");
        if (colon == std::string_view::npos || colon == 0)
            throw std::runtime_error("bad header line: " + std::string(field));
        out.headers.emplace_back(field.substr(0, colon), field.substr(colon + 2));
    }
    return out;
}

} // namespace zoco::test
