#include "ServerConnection.h"

#include "HostLookup.h"
#include "HttpFault.h"
#include "PublicAddress.h"

#include <Poco/Exception.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/StreamSocketImpl.h>

namespace zoco::host
{

Poco::Net::StreamSocket connectTo(const std::string& host, std::uint16_t port, const Deadline& deadline,
                                  bool isPublicOnly)
{
    std::string why = "the host has no address";
    auto addresses = lookUp(host, std::chrono::nanoseconds(deadline.leftNs()));
    if (isPublicOnly && std::erase_if(addresses, [](const auto& a) { return !isPublic(a); }) > 0 && addresses.empty())
        throw HttpFault(ZOCO_E_INVALID, "the host has no public address");
    for (const auto& address : addresses)
    {
        if (deadline.isOver()) throw HttpFault(ZOCO_E_DEADLINE, "no connection in time");
        try
        {
            Poco::Net::StreamSocket socket;
            socket.connect(Poco::Net::SocketAddress(address, port), Poco::Timespan(deadline.leftNs() / 1000 + 1));
            socket.setNoDelay(true);
            return socket;
        }
        catch (const Poco::Exception& e)
        {
            why = e.displayText();
        }
    }
    throw HttpFault(deadline.isOver() ? ZOCO_E_DEADLINE : ZOCO_E_UNAVAILABLE, "no connection: " + why);
}

GuardedSocket::GuardedSocket(Deadline& deadline, Poco::Net::StreamSocket socket)
    : _deadline(deadline), _socket(std::move(socket))
{
    _deadline.guard(_socket.impl()->sockfd());
}

} // namespace zoco::host
