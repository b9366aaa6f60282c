#include "NetworkList.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace zoco::host
{

namespace
{
constexpr unsigned kIpv4Prefix = 96; ///< bits of ::ffff:0:0 before an IPv4 address
constexpr std::size_t kLongest = 45; ///< of an address as text
} // namespace

NetworkList::NetworkList(const std::vector<std::string>& networks)
{
    for (const auto& text : networks)
        if (Network network; parse(text, network)) _networks.push_back(network);
}

bool NetworkList::parse(std::string_view text, Address& out, bool& isIpv4)
{
    if (text.empty() || text.size() > kLongest) return false;
    const std::string copy(text);
    isIpv4 = ::inet_pton(AF_INET, copy.c_str(), out.data() + 12) == 1;
    if (!isIpv4) return ::inet_pton(AF_INET6, copy.c_str(), out.data()) == 1;
    std::fill_n(out.begin(), 10, static_cast<unsigned char>(0));
    out[10] = out[11] = 0xff;
    return true;
}

bool NetworkList::parse(std::string_view text, Network& out)
{
    const auto slash = text.find('/');
    bool isIpv4 = false;
    if (!parse(text.substr(0, slash), out.address, isIpv4)) return false;
    const unsigned most = isIpv4 ? 32 : 128;
    auto bits = most;
    if (slash != std::string_view::npos)
    {
        const auto number = text.substr(slash + 1);
        const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), bits);
        if (error != std::errc() || end != number.data() + number.size() || bits > most) return false;
    }
    out.bits = isIpv4 ? bits + kIpv4Prefix : bits;
    return true;
}

std::string NetworkList::faultOf(std::string_view network)
{
    if (Network parsed; parse(network, parsed)) return {};
    return "is no address or network such as 10.0.0.0/8: " + std::string(network);
}

bool NetworkList::isAddress(std::string_view text)
{
    Address address{};
    bool isIpv4 = false;
    return parse(text, address, isIpv4);
}

bool NetworkList::contains(std::string_view text) const
{
    Address address{};
    bool isIpv4 = false;
    if (_networks.empty() || !parse(text, address, isIpv4)) return false;
    return std::any_of(_networks.begin(), _networks.end(),
                       [&](const Network& network)
                       {
                           const auto whole = network.bits / 8;
                           if (std::memcmp(address.data(), network.address.data(), whole) != 0) return false;
                           const auto rest = network.bits % 8;
                           return rest == 0 || ((address[whole] ^ network.address[whole]) >> (8 - rest)) == 0;
                       });
}

} // namespace zoco::host
