#pragma once

#include "Deadline.h"

#include <Poco/Net/Context.h>
#include <Poco/Net/StreamSocket.h>

#include <cstdint>
#include <string>

namespace zoco::host
{

/// Connects to a server by name, in the deadline's time, address after address. `isPublicOnly`: only to those of the
/// public internet, as the name was looked up for this very connection. Throws HttpFault: ZOCO_E_INVALID when it has
/// none of these.
Poco::Net::StreamSocket connectTo(const std::string& host, std::uint16_t port, const Deadline& deadline,
                                  bool isPublicOnly = false);

/// Takes a socket out of the deadline's hands before it is closed.
class GuardedSocket
{
public:
    GuardedSocket(Deadline& deadline, Poco::Net::StreamSocket socket);
    ~GuardedSocket() { _deadline.let(); }
    GuardedSocket(const GuardedSocket&) = delete;
    GuardedSocket& operator=(const GuardedSocket&) = delete;

    Poco::Net::StreamSocket& socket() noexcept { return _socket; }

private:
    Deadline& _deadline;
    Poco::Net::StreamSocket _socket;
};

} // namespace zoco::host
