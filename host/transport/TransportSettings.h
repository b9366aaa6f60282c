#pragma once

#include "ParseTypes.h"
#include "core/NetworkList.h"

#include <cstddef>
#include <cstdint>

namespace zoco::host
{

/// Bounds of the transport: what one client may cost. A value.
struct TransportSettings
{
    ParserLimits parser;
    std::size_t loops = 1;
    std::int64_t headerTimeoutMs = 10'000;      ///< for a whole head; then 408
    std::uint64_t minRate = 1024;               ///< bytes per second of a body, or taken of an answer; slower is ended
    std::int64_t graceMs = 5'000;               ///< before `minRate` counts
    std::int64_t idleTimeoutMs = 60'000;        ///< between requests; then closed
    std::int64_t writeTimeoutMs = 30'000;       ///< without any progress; then closed
    std::int64_t lingerMs = 2'000;              ///< unread input is thrown away so long, so that a refusal can be read
    std::size_t bodyMemory = 256u << 20;        ///< of all bodies that are arriving, beyond a few KiB each; more is 503
    std::size_t maxConnections = 20'000;        ///< the next one is closed at once
    std::size_t maxConnectionsPerClient = 2048; ///< 0: no limit; Unix sockets do not count
    NetworkList trustedProxies{};               ///< each speaks for many clients, so only the limits in all hold them
};

} // namespace zoco::host
