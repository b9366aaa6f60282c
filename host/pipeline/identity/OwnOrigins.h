#pragma once

#include "pipeline/Request.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace zoco::host
{

/// Where a listener is reached on this machine. A value.
struct LocalPort
{
    bool isHttps = false;
    std::uint16_t number = 0;
};

/// The origins (RFC 6454) of the shop's own pages, and whether a request that changes something comes from one of them.
/// A value.
class OwnOrigins
{
public:
    OwnOrigins() = default;
    /// Of host.public_url: that one alone.
    static OwnOrigins of(std::string_view publicUrl);
    /// Without host.public_url: this machine's own names, at these ports.
    static OwnOrigins ofThisMachine(std::span<const LocalPort> ports);

    bool contains(std::string_view origin) const noexcept;

    /// Browsers say where a request comes from: Sec-Fetch-Site, or at least Origin. True when they say that it is one
    /// of these, or when neither is there, since then no browser sent it.
    bool allow(const Request& request) const noexcept;

private:
    std::vector<std::string> _origins;
};

} // namespace zoco::host
