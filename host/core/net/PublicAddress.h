#pragma once

#include <Poco/Net/IPAddress.h>

namespace zoco::host
{

/// Whether an address is one of the public internet, and not of this machine, of a network of one's own, or set aside
/// for something else (IANA's registries of special-purpose addresses, RFC 6890). An IPv6 address that stands for an
/// IPv4 one, also behind NAT64 (RFC 6052), counts as that.
bool isPublic(const Poco::Net::IPAddress& address);

} // namespace zoco::host
