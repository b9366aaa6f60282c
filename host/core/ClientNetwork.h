#pragma once

#include <string>
#include <string_view>

namespace zoco::host
{

/// What counts as one client where clients are limited: of an IPv6 address its /64, since one customer has all of it;
/// otherwise the address itself. A key, not for people to read. [any-thread]
std::string clientNetwork(std::string_view address);

} // namespace zoco::host
