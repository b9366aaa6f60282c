#pragma once

#include "TlsFiles.h"

#include <chrono>
#include <cstddef>
#include <string>

namespace zoco::host
{

/// How a node is reached, and how much it takes. A value.
struct NodeSettings
{
    std::string listen; ///< empty: nowhere
    TlsFiles tls;
    std::size_t connections = 128; ///< at a time; the next one is closed at once
    std::size_t unknown = 32;      ///< likewise of one client's network, before their certificates are seen
    std::chrono::milliseconds handshakeTimeout{2'000};
    std::chrono::milliseconds greetingTimeout{5'000}; ///< for handshake and greeting together
};

} // namespace zoco::host
