#pragma once

#include <chrono>
#include <string>

#include <Poco/Net/IPAddress.h>

#include <vector>

namespace zoco::host
{

/// The addresses of a host, in the order to try them. Waits no longer than the time says, although the system's
/// resolver may: it then goes on alone, and not more than 64 of these at once. Throws HttpFault.
std::vector<Poco::Net::IPAddress> lookUp(const std::string& host, std::chrono::nanoseconds time);

} // namespace zoco::host
