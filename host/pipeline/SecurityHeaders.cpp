#include "SecurityHeaders.h"

#include "HostName.h"
#include "Request.h"

#include <algorithm>

namespace zoco::host
{

namespace
{

/// Pages: our own scripts, styles and pictures, nothing inline, framed by nobody; and where their forms go.
constexpr std::string_view kPagePolicy =
    "Content-Security-Policy: default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

/// Everything else is data: should a browser show it as a page, it may do nothing.
constexpr std::string_view kDataPolicy = "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n";

std::string_view headerValue(std::string_view head, std::string_view name) noexcept
{
    while (!head.empty())
    {
        const auto end = head.find("\r\n");
        const auto line = head.substr(0, end);
        if (line.size() > name.size() && line[name.size()] == ':' &&
            equalsIgnoreCase(line.substr(0, name.size()), name))
            return line.substr(name.size() + 1);
        if (end == std::string_view::npos) break;
        head.remove_prefix(end + 2);
    }
    return {};
}

} // namespace

bool hasHeader(std::string_view head, std::string_view name) noexcept
{
    return headerValue(head, name).data() != nullptr;
}

void removeHeader(std::string& head, std::string_view name)
{
    for (std::size_t at = 0; at < head.size();)
    {
        const auto end = std::min(head.find("\r\n", at), head.size() - 2) + 2;
        if (hasHeader(std::string_view(head).substr(at, end - at), name))
            head.erase(at, end - at);
        else
            at = end;
    }
}

/// Nothing that could begin another directive, and no wildcard.
std::string formTargetFault(std::string_view origin)
{
    const bool isHttps = origin.starts_with("https://");
    if (!isHttps && !origin.starts_with("http://")) return "must be origins, such as https://bank.example";
    const auto authority = origin.substr(isHttps ? 8 : 7);
    const auto name = hostName(authority);
    const auto port = authority.substr(name.size());
    constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const auto known = std::string(kLetters) + (name.starts_with('[') ? "0123456789:[]" : "0123456789.-");
    const bool isName = !name.empty() && name.find_first_not_of(known) == std::string_view::npos;
    const bool isPort = port.empty() || (port.size() > 1 && port.size() <= 6 && port[0] == ':' &&
                                         port.find_first_not_of("0123456789", 1) == std::string_view::npos);
    if (!isName || !isPort) return "must be scheme, host and port only, such as https://bank.example";
    if (!isHttps && !namesThisMachine(authority)) return "must be https, unless they are on this machine";
    return {};
}

SecurityHeaders::SecurityHeaders(bool isHttps, const std::vector<std::string>& formTargets)
    : _isHttps(isHttps),
      _common("X-Content-Type-Options: nosniff\r\n"
              "Referrer-Policy: strict-origin-when-cross-origin\r\n"
              "Cross-Origin-Resource-Policy: same-origin\r\n")
{
    _pagePolicy = kPagePolicy;
    for (const auto& target : formTargets) _pagePolicy += ' ' + target;
    _pagePolicy += "\r\n";
    if (isHttps) _common += "Strict-Transport-Security: max-age=31536000\r\n";
}

/// Browsers take an opener policy only where nobody on the way could have changed it, and complain elsewhere.
void SecurityHeaders::apply(Response& response, std::string_view host) const
{
    const auto type = headerValue(response.head, "Content-Type");
    const bool isPage = type.find("text/html") != std::string_view::npos;
    const bool hasPolicy = hasHeader(response.head, "Content-Security-Policy");
    response.head += _common;
    if (_isHttps || namesThisMachine(host)) response.head += "Cross-Origin-Opener-Policy: same-origin\r\n";
    if (!hasPolicy) response.head += isPage ? std::string_view(_pagePolicy) : kDataPolicy;
}

} // namespace zoco::host
