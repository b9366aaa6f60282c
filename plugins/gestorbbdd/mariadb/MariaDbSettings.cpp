#include "MariaDbSettings.h"

#include <algorithm>
#include <charconv>

namespace zoco::gestorbbdd::mariadb
{

namespace
{

constexpr const char* kForm =
    "it is written mysql://user@host:port/database or mysql://user@localhost/database?socket=/absolute/path";

std::string wrong(std::string_view what)
{
    std::string out(what);
    out += "; ";
    out += kForm;
    return out;
}

bool isHost(std::string_view host)
{
    return !host.empty() &&
           host.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:") ==
               std::string_view::npos;
}

/// A name that needs no quoting in SQL.
bool isDatabase(std::string_view name)
{
    return !name.empty() && name.size() <= 64 &&
           name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") ==
               std::string_view::npos;
}

/// "host", "host:port", "[v6 address]:port".
bool parseEndpoint(std::string_view text, Endpoint& out)
{
    std::string_view port;
    if (!text.empty() && text.front() == '[')
    {
        const auto end = text.find(']');
        if (end == std::string_view::npos || (end + 1 < text.size() && text[end + 1] != ':')) return false;
        out.host = text.substr(1, end - 1);
        port = text.substr(end + 1);
    }
    else
    {
        const auto colon = std::min(text.find(':'), text.size());
        out.host = text.substr(0, colon);
        port = text.substr(colon);
        if (out.host.find(':') != std::string::npos) return false;
    }
    if (!isHost(out.host)) return false;
    if (port.empty()) return true;
    port.remove_prefix(1);
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), out.port);
    return error == std::errc() && end == port.data() + port.size() && out.port != 0;
}

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

} // namespace

std::string parseUrl(std::string_view url, Settings& out)
{
    constexpr std::string_view kScheme = "mysql://";
    constexpr std::string_view kSocket = "?socket=";
    if (url.substr(0, kScheme.size()) != kScheme) return kForm;
    url.remove_prefix(kScheme.size());
    const auto at = url.find('@');
    if (at == std::string_view::npos || at == 0) return wrong("it names no user");
    out.running.user = url.substr(0, at);
    if (out.running.user.find(':') != std::string::npos)
        return "a password must not stand in it; it is the secret 'password', from the environment or a file of its "
               "own";
    url.remove_prefix(at + 1);
    const auto slash = url.find('/');
    if (slash == std::string_view::npos) return wrong("it names no database");
    if (!parseEndpoint(url.substr(0, slash), out.primary)) return wrong("its host or port is not right");
    url.remove_prefix(slash + 1);
    const auto query = std::min(url.find('?'), url.size());
    out.database = url.substr(0, query);
    if (!isDatabase(out.database)) return "its database must be named with letters, digits, '_' and '-'";
    const auto rest = url.substr(query);
    if (rest.empty()) return {};
    if (rest.substr(0, kSocket.size()) != kSocket || rest.size() <= kSocket.size() || rest[kSocket.size()] != '/')
        return wrong("after '?' only socket=/absolute/path may stand");
    out.primary.socket = rest.substr(kSocket.size());
    return {};
}

std::string parseReplicas(std::string_view list, std::vector<Endpoint>& out)
{
    while (!list.empty())
    {
        const auto end = std::min(list.find(','), list.size());
        const auto one = trimmed(list.substr(0, end));
        list.remove_prefix(std::min(end + 1, list.size()));
        if (one.empty()) continue;
        if (!parseEndpoint(one, out.emplace_back())) return "'" + std::string(one) + "' is no host:port";
    }
    return {};
}

} // namespace zoco::gestorbbdd::mariadb
