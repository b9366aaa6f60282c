#include "ForPlugins.h"

#include "Credentials.h"
#include "ForwardedFor.h"

#include <algorithm>

namespace zoco::host
{

namespace
{

bool hasOurs(std::string_view header)
{
    bool out = false;
    forEachCookie(header, [&](std::string_view name, std::string_view) { out = out || HostCookies::isHosts(name); });
    return out;
}

} // namespace

/// Nearly every header is told by its first letter.
HeaderFate fateOf(const HeaderField& header, bool isForwarded) noexcept
{
    const auto name = header.name;
    switch (name.empty() ? '\0' : name.front() | 32)
    {
    case 'a':
        if (name.size() == 13 && equalsIgnoreCase(name, "authorization") && carriesToken(header.value))
            return HeaderFate::Drop;
        break;
    case 'c':
        if (name.size() == 6 && equalsIgnoreCase(name, "cookie") && hasOurs(header.value))
            return HeaderFate::WithoutOurs;
        break;
    case 'f':
    case 'x':
        if (!isForwarded && isOfForwarding(name)) return HeaderFate::Drop;
        if (name.size() == 12 && equalsIgnoreCase(name, "x-request-id")) return HeaderFate::Drop;
        break;
    case 'z':
        if (name.size() >= 5 && equalsIgnoreCase(name.substr(0, 5), "zoco-")) return HeaderFate::Drop;
        break;
    default:
        break;
    }
    return HeaderFate::Keep;
}

/// Pairs stay as they are, so that what is left is never longer than what was there.
std::string withoutOurCookies(std::string_view header)
{
    std::string out;
    while (!header.empty())
    {
        auto pair = header.substr(0, header.find(';'));
        header.remove_prefix(pair.size() < header.size() ? pair.size() + 1 : header.size());
        if (hasOurs(pair)) continue;
        if (out.empty()) pair.remove_prefix(std::min(pair.find_first_not_of(" \t"), pair.size()));
        if (!out.empty()) out += ';';
        out += pair;
    }
    return out;
}

} // namespace zoco::host
