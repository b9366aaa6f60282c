#pragma once

#include "core/UniqueFd.h"

#include <cstdint>
#include <string>

namespace zoco::host
{

/// Where a node listens, "host:port" or "[::1]:port", taken apart. A value.
struct NodeAddress
{
    std::string host; ///< a name, or an address without brackets
    std::string port;

    static NodeAddress parse(const std::string& text);
};

/// A TCP connection, non-blocking, or none, and then why. Tries every address of the name until `deadlineNs`.
UniqueFd connectTo(const NodeAddress& address, std::int64_t deadlineNs, std::string& fault);

/// So that small frames go at once, and a machine that is gone is noticed within 15 seconds.
void tune(int socket) noexcept;

} // namespace zoco::host
