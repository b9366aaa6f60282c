#pragma once

#include "TlsStream.h"

#include <cstdint>
#include <string>

namespace zoco::host
{

/// The one line that a gateway sends first: which protocol it speaks, and whose process it wants. A value.
struct Greeting
{
    std::uint64_t version = 0; ///< of the frames that follow
    std::string plugin;

    /// With its end of line.
    std::string text() const;
    /// False when it is not such a line.
    static bool parse(const std::string& line, Greeting& out);
};

/// Sends the greeting and takes the node's answer. False: `fault` says why, in the node's words if it gave any.
bool greet(TlsStream& node, const std::string& plugin, std::int64_t deadlineNs, std::string& fault);

/// Takes a gateway's greeting. False: `fault` says why, and the gateway was told if it was another version.
bool takeGreeting(TlsStream& gateway, Greeting& out, std::int64_t deadlineNs, int stop, std::string& fault);

/// A node's answers to a greeting.
bool accept(TlsStream& gateway, std::int64_t deadlineNs, int stop);
void refuse(TlsStream& gateway, const std::string& why, std::int64_t deadlineNs, int stop);

} // namespace zoco::host
