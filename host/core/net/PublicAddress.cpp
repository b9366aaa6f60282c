#include "PublicAddress.h"

#include "core/NetworkList.h"

#include <array>
#include <cstring>

namespace zoco::host
{

namespace
{

using Bytes = std::array<unsigned char, 16>;

/// An IPv4 address from its four bytes.
std::string ipv4Text(const unsigned char* bytes)
{
    std::string out;
    for (int i = 0; i < 4; ++i) out += (i == 0 ? "" : ".") + std::to_string(bytes[i]);
    return out;
}

bool isPublicIpv4(const unsigned char* bytes)
{
    static const NetworkList kOthers({"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
                                      "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
                                      "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
                                      "224.0.0.0/4", "240.0.0.0/4"});
    return !kOthers.contains(ipv4Text(bytes));
}

bool beginsWith(const Bytes& address, std::initializer_list<unsigned char> prefix)
{
    return std::equal(prefix.begin(), prefix.end(), address.begin());
}

/// Of what is given out for hosts (2000::/3), what is not set aside: 2001::/23, 2001:db8::/32, 2002::/16 (6to4) and
/// 3fff::/20.
bool isPublicIpv6(const Bytes& a)
{
    constexpr std::size_t kLastFour = 12;
    if (beginsWith(a, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}) ||
        beginsWith(a, {0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0}))
        return isPublicIpv4(a.data() + kLastFour);
    const bool isSetAside = (beginsWith(a, {0x20, 0x01}) && a[2] < 2) || beginsWith(a, {0x20, 0x01, 0x0d, 0xb8}) ||
                            beginsWith(a, {0x20, 0x02}) || (beginsWith(a, {0x3f, 0xff}) && a[2] < 0x10);
    return (a[0] & 0xe0) == 0x20 && !isSetAside;
}

} // namespace

bool isPublic(const Poco::Net::IPAddress& address)
{
    if (address.family() == Poco::Net::IPAddress::IPv4)
        return isPublicIpv4(static_cast<const unsigned char*>(address.addr()));
    Bytes bytes{};
    std::memcpy(bytes.data(), address.addr(), bytes.size());
    return isPublicIpv6(bytes);
}

} // namespace zoco::host
