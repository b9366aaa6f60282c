#include "RequestTarget.h"

#include "CharTables.h"

#include <algorithm>
#include <cstring>

namespace zoco::host
{

namespace
{

ParseFailure parseVersion(std::string_view version, Request& request) noexcept
{
    if (version.size() != 8 || !version.starts_with("HTTP/") || version[6] != '.' ||
        !isChar(version[5], CharTables::kDigit) || !isChar(version[7], CharTables::kDigit))
    {
        const bool bareCr = version.find('\r') != std::string_view::npos;
        return {400, bareCr ? std::string_view("bare-cr") : std::string_view("bad-version")};
    }
    if (version[5] != '1')
    {
        return {505, "version-not-supported"};
    }
    request.isHttp11 = version[7] != '0';
    return {};
}

void splitQuery(Request& request) noexcept
{
    const std::size_t mark = request.target.find('?');
    request.path = request.target.substr(0, mark);
    request.query = mark == std::string_view::npos ? std::string_view() : request.target.substr(mark + 1);
}

/// "http://authority/path": the authority becomes the host, the rest the target.
ParseFailure parseAbsoluteForm(char* begin, char* end, Request& request) noexcept
{
    const std::string_view whole(begin, static_cast<std::size_t>(end - begin));
    std::size_t scheme = 0;
    for (const std::string_view known : {std::string_view("http://"), std::string_view("https://")})
    {
        if (equalsIgnoreCase(whole.substr(0, known.size()), known))
        {
            scheme = known.size();
        }
    }
    if (scheme == 0)
    {
        return {400, "bad-target"};
    }
    char* authority = begin + scheme;
    char* path = std::find_if(authority, end, [](char c) { return c == '/' || c == '?'; });
    const auto authoritySize = static_cast<std::size_t>(path - authority);
    if (!isValidHost({authority, authoritySize}))
    {
        return {400, "bad-target"};
    }
    if (path == end || *path == '?')
    {
        // The authority moves over the last slash of "://", which makes room for the path's own.
        std::memmove(authority - 1, authority, authoritySize);
        --authority;
        --path;
        *path = '/';
    }
    request.host = {authority, authoritySize};
    request.target = {path, static_cast<std::size_t>(end - path)};
    splitQuery(request);
    return {};
}

ParseFailure parseTarget(char* begin, char* end, Request& request) noexcept
{
    request.target = {begin, static_cast<std::size_t>(end - begin)};
    if (*begin == '/')
    {
        splitQuery(request);
        return {};
    }
    if (request.target == "*")
    {
        request.path = request.target;
        return request.method == "OPTIONS" ? ParseFailure{} : ParseFailure{400, "bad-target"};
    }
    return parseAbsoluteForm(begin, end, request);
}

/// What the first unexpected byte of the request line means.
ParseFailure explain(const char* at, const char* end, std::string_view slug) noexcept
{
    if (at == end)
    {
        return {400, "bad-request-line"};
    }
    return {400, *at == '\r' ? std::string_view("bare-cr") : slug};
}

bool isIpLiteral(std::string_view inside) noexcept
{
    const bool shaped = std::all_of(inside.begin(), inside.end(),
                                    [](char c) { return isChar(c, CharTables::kHex) || c == ':' || c == '.'; });
    return shaped && inside.size() >= 2 && inside.find(':') != std::string_view::npos;
}

} // namespace

ParseFailure parseRequestLine(char* begin, char* end, Request& request) noexcept
{
    const char* method = skipChars(begin, end, CharTables::kToken);
    if (method == begin || method == end || *method != ' ')
    {
        return explain(method, end, "bad-method");
    }
    request.method = {begin, static_cast<std::size_t>(method - begin)};
    char* target = begin + request.method.size() + 1;
    char* targetEnd = target + (skipChars(target, end, CharTables::kTarget) - target);
    if (targetEnd == target || targetEnd == end || *targetEnd != ' ')
    {
        return explain(targetEnd, end, "bad-target");
    }
    if (const auto failure = parseVersion({targetEnd + 1, static_cast<std::size_t>(end - targetEnd - 1)}, request))
    {
        return failure;
    }
    if (request.method == "CONNECT")
    {
        return {501, "connect-not-supported"};
    }
    return parseTarget(target, targetEnd, request);
}

bool isValidHost(std::string_view host) noexcept
{
    std::size_t nameEnd = 0;
    if (!host.empty() && host.front() == '[')
    {
        const std::size_t close = host.find(']');
        if (close == std::string_view::npos || !isIpLiteral(host.substr(1, close - 1)))
        {
            return false;
        }
        nameEnd = close + 1;
    }
    else
    {
        nameEnd = static_cast<std::size_t>(skipChars(host.data(), host.data() + host.size(), CharTables::kHost) -
                                           host.data());
    }
    if (nameEnd == 0)
    {
        return false;
    }
    if (nameEnd == host.size())
    {
        return true;
    }
    const std::string_view port = host.substr(nameEnd + 1);
    if (host[nameEnd] != ':' || port.size() > 5 || !allChars(port, CharTables::kDigit))
    {
        return false;
    }
    unsigned number = 0;
    for (const char digit : port)
    {
        number = number * 10 + static_cast<unsigned>(digit - '0');
    }
    return number <= 65535;
}

} // namespace zoco::host
