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
    std::size_t connections = 128;                    ///< at a time; the next one is closed at once
    std::chrono::milliseconds greetingTimeout{5'000}; ///< for handshake and greeting together
};

} // namespace zoco::host
