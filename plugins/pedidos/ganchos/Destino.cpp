#include "Destino.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace pedidos
{

namespace
{

constexpr std::string_view kHttps = "https://";
constexpr std::string_view kHttp = "http://";

/// What stands between scheme and path.
std::string_view authorityOf(std::string_view url) noexcept
{
    const auto begin = url.find("//") + 2;
    return url.substr(begin, url.find_first_of("/?", begin) - begin);
}

/// Without the port.
std::string_view hostOf(std::string_view authority) noexcept
{
    const auto end = authority.starts_with('[') ? authority.find(']') + 1 : authority.find(':');
    return authority.substr(0, end);
}

bool isPort(std::string_view text) noexcept
{
    std::uint16_t port = 0;
    const auto [at, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    return error == std::errc() && at == text.data() + text.size() && port > 0;
}

bool isAuthority(std::string_view authority) noexcept
{
    const auto host = hostOf(authority);
    const auto rest = authority.substr(host.size());
    const bool isHost = !host.empty() &&
                        host.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.:[]") ==
                            std::string_view::npos;
    return isHost && (rest.empty() || (rest.front() == ':' && isPort(rest.substr(1))));
}

} // namespace

bool isLocal(std::string_view url) noexcept
{
    if (!url.starts_with(kHttp)) return false;
    const auto authority = authorityOf(url);
    const auto host = hostOf(authority);
    if (!isAuthority(authority)) return false;
    return host == "127.0.0.1" || host == "[::1]";
}

std::string faultOfDestino(std::string_view url, bool areLocal)
{
    const bool isVisible = std::all_of(url.begin(), url.end(), [](char c) { return c > 0x20 && c < 0x7f; });
    const bool isWeb = url.starts_with(kHttps) || url.starts_with(kHttp);
    if (!isWeb || !isVisible || url.find('#') != std::string_view::npos || !isAuthority(authorityOf(url)))
        return "is not an address of the web";
    if (url.starts_with(kHttps) || (areLocal && isLocal(url))) return {};
    return "must begin with https://";
}

} // namespace pedidos
