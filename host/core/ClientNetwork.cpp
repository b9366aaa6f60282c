#include "ClientNetwork.h"

#include <arpa/inet.h>

namespace zoco::host
{

std::string clientNetwork(std::string_view address)
{
    std::string text(address);
    in6_addr bytes{};
    if (text.find(':') == std::string::npos || ::inet_pton(AF_INET6, text.c_str(), &bytes) != 1) return text;
    return {reinterpret_cast<const char*>(&bytes), 8};
}

} // namespace zoco::host
