#include "GatewayRelay.h"

#include "Greeting.h"
#include "NodeAddress.h"
#include "Relay.h"
#include "core/Clock.h"

#include <stdexcept>

namespace zoco::host
{

namespace
{
constexpr std::int64_t kPatienceNs = 5'000'000'000; ///< for connection, handshake and greeting together
}

std::string GatewayRelay::run(int socket) const
try
{
    const auto at = "node " + address + ": ";
    const TlsContext context(TlsContext::Side::Gateway, tls);
    const auto deadline = steadyNs() + kPatienceNs;
    const auto parts = NodeAddress::parse(address);
    std::string fault;
    auto connection = connectTo(parts, deadline, fault);
    if (!connection) return at + "no connection: " + fault;
    tune(connection.get());
    TlsStream stream(context, std::move(connection), parts.host);
    if (!stream.handshake(deadline, -1)) return at + stream.fault();
    if (!greet(stream, plugin, deadline, fault)) return at + fault;
    fault = relay(stream, socket, -1);
    return fault.empty() ? fault : at + fault;
}
catch (const std::runtime_error& e)
{
    return e.what();
}

} // namespace zoco::host
