#pragma once

#include "Request.h"

namespace zoco::host
{

/// Host without its port (RFC 9110 7.2).
inline std::string_view hostName(std::string_view host)
{
    if (host.starts_with('[')) return host.substr(0, host.find(']') + 1);
    return host.substr(0, host.find(':'));
}

/// Whether a browser that names its peer so means this machine: any other name may have been pointed here by whoever
/// owns it, and a page of theirs would read what needs no login (DNS rebinding).
inline bool namesThisMachine(std::string_view host)
{
    const auto name = hostName(host);
    const bool isAddress = name.starts_with("127.") && name.find_first_not_of("0123456789.") == std::string_view::npos;
    return isAddress || name == "[::1]" || equalsIgnoreCase(name, "localhost");
}

} // namespace zoco::host
