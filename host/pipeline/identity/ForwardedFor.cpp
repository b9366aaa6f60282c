#include "ForwardedFor.h"

namespace zoco::host
{

namespace
{

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

/// Some proxies write the port as well: 192.0.2.1:4711, [2001:db8::1]:4711.
std::string_view withoutPort(std::string_view text)
{
    if (text.starts_with('['))
    {
        const auto end = text.find(']');
        return end == std::string_view::npos ? text : text.substr(1, end - 1);
    }
    const auto colon = text.find(':');
    return colon != std::string_view::npos && text.find(':', colon + 1) == std::string_view::npos
               ? text.substr(0, colon)
               : text;
}

bool startsWithIgnoringCase(std::string_view text, std::string_view prefix) noexcept
{
    return text.size() >= prefix.size() && equalsIgnoreCase(text.substr(0, prefix.size()), prefix);
}

} // namespace

std::string_view clientBehind(const Request& request, const NetworkList& proxies)
{
    auto client = request.clientAddress;
    if (!proxies.contains(client)) return client;
    for (auto header = request.headers.rbegin(); header != request.headers.rend(); ++header)
    {
        if (header->name.size() != 15 || !equalsIgnoreCase(header->name, "x-forwarded-for")) continue;
        for (auto rest = header->value; !rest.empty();)
        {
            const auto comma = rest.rfind(',');
            const auto last = comma == std::string_view::npos ? rest : rest.substr(comma + 1);
            rest = comma == std::string_view::npos ? std::string_view() : rest.substr(0, comma);
            const auto address = withoutPort(trimmed(last));
            if (!NetworkList::isAddress(address)) return client;
            client = address;
            if (!proxies.contains(client)) return client;
        }
    }
    return client;
}

bool isOfForwarding(std::string_view name) noexcept
{
    return startsWithIgnoringCase(name, "x-forwarded-") || equalsIgnoreCase(name, "forwarded") ||
           equalsIgnoreCase(name, "x-real-ip");
}

} // namespace zoco::host
