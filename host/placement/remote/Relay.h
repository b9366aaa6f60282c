#pragma once

#include "TlsStream.h"

#include <string>

namespace zoco::host
{

/// Copies bytes between a TLS connection and a stream socket, both ways, until either side ends or `stop` (a descriptor
/// or -1) is readable; what has arrived by then is passed on, for two seconds at most. Holds at most 64 KiB for each
/// direction: a side that does not read stops the other. Empty when the socket's side ended or it was stopped,
/// otherwise what became of the TLS side. One thread; the caller's.
std::string relay(TlsStream& far, int near, int stop);

} // namespace zoco::host
