#pragma once

#include <Poco/Net/Context.h>

#include <string>

namespace zoco::host
{

/// TLS towards a server elsewhere: 1.2 or later, its certificate verified against the system's authorities and those of
/// `caFile` (PEM, may be empty), and its name. Throws Poco::Exception when the file cannot be used.
Poco::Net::Context::Ptr clientTls(const std::string& caFile);

} // namespace zoco::host
