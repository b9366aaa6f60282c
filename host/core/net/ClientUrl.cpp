#include "ClientUrl.h"

#include <algorithm>
#include <charconv>

namespace zoco::host
{

namespace
{

bool isVisible(char c) { return c > 0x20 && c < 0x7f; }

bool isNameChar(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' ||
           c == '_';
}

bool isAddressChar(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == ':' || c == '.';
}

bool readPort(std::string_view text, std::uint16_t& out)
{
    const auto read = std::from_chars(text.data(), text.data() + text.size(), out);
    return read.ec == std::errc{} && read.ptr == text.data() + text.size() && out != 0;
}

} // namespace

std::optional<ClientUrl> ClientUrl::parse(std::string_view text)
{
    ClientUrl out;
    out.isTls = text.starts_with("https://");
    if (!out.isTls && !text.starts_with("http://")) return std::nullopt;
    text.remove_prefix(out.isTls ? 8 : 7);
    if (!std::all_of(text.begin(), text.end(), isVisible) || text.find('#') != text.npos) return std::nullopt;
    const auto end = std::min(text.find_first_of("/?"), text.size());
    out.authority = text.substr(0, end);
    out.target = text.substr(end);
    if (!out.target.starts_with('/')) out.target.insert(0, "/");

    std::string_view rest = out.authority;
    const bool isBracketed = rest.starts_with('[');
    const auto hostEnd = isBracketed ? rest.find(']') : std::min(rest.find(':'), rest.size());
    if (hostEnd == rest.npos) return std::nullopt;
    out.host = rest.substr(isBracketed ? 1 : 0, isBracketed ? hostEnd - 1 : hostEnd);
    rest.remove_prefix(hostEnd + (isBracketed ? 1 : 0));
    const auto isMember = isBracketed ? &isAddressChar : &isNameChar;
    if (out.host.empty() || out.host.size() > 253 || !std::all_of(out.host.begin(), out.host.end(), isMember))
        return std::nullopt;
    if (isBracketed && out.host.find(':') == std::string::npos) return std::nullopt;
    out.port = out.isTls ? 443 : 80;
    if (rest.empty()) return out;
    if (rest.front() != ':' || !readPort(rest.substr(1), out.port)) return std::nullopt;
    return out;
}

} // namespace zoco::host
