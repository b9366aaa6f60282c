#include "HostCookies.h"

#include "TokenHash.h"

#include <openssl/rand.h>

#include <algorithm>
#include <stdexcept>

namespace zoco::host
{

namespace
{

constexpr std::string_view kMaxAge = "; Max-Age=";
constexpr std::string_view kVisitorSeconds = "2592000"; ///< 30 days
constexpr std::string_view kNames[] = {"__Host-zoco", "zoco", "__Host-zoco-visita", "zoco-visita"};

bool isSeconds(std::string_view text)
{
    return !text.empty() && text.size() <= 10 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

} // namespace

HostCookies::HostCookies(bool isHttps)
    : _session(isHttps ? kNames[0] : kNames[1]),
      _visitor(isHttps ? kNames[2] : kNames[3]),
      _attributes(isHttps ? "; Path=/; HttpOnly; Secure; SameSite=Lax" : "; Path=/; HttpOnly; SameSite=Lax")
{
}

bool HostCookies::isHosts(std::string_view name) noexcept
{
    return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

std::string HostCookies::line(std::string_view name, std::string_view value, std::string_view maxAge) const
{
    std::string out(name);
    out.append("=").append(value).append(_attributes).append(kMaxAge).append(maxAge);
    return out;
}

std::optional<std::string> HostCookies::sessionLine(std::string_view text) const
{
    if (text.empty()) return line(_session, "", "0");
    const auto token = text.substr(0, kTokenSize);
    const auto rest = text.substr(token.size());
    if (!isSessionToken(token) || !rest.starts_with(kMaxAge) || !isSeconds(rest.substr(kMaxAge.size())))
        return std::nullopt;
    return line(_session, token, rest.substr(kMaxAge.size()));
}

std::string HostCookies::visitorLine(std::string_view id) const { return line(_visitor, id, kVisitorSeconds); }

std::string HostCookies::newVisitor()
{
    static constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    unsigned char bytes[kVisitorSize]; // six bits of each are used
    if (::RAND_bytes(bytes, sizeof bytes) != 1) throw std::runtime_error("no random bytes");
    std::string out;
    for (const auto byte : bytes) out += kDigits[byte & 63];
    return out;
}

} // namespace zoco::host
