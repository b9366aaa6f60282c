#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace zoco::host
{

/// Networks such as 10.0.0.0/8, fd00::/8 or 127.0.0.1. IPv4 addresses written as IPv6 (::ffff:10.0.0.1) count as
/// IPv4. A value.
class NetworkList
{
public:
    NetworkList() = default;
    /// Leaves out what `faultOf` finds fault with.
    explicit NetworkList(const std::vector<std::string>& networks);

    /// What is wrong with one of them; empty when nothing is.
    static std::string faultOf(std::string_view network);
    static bool isAddress(std::string_view text);

    bool contains(std::string_view address) const;
    bool empty() const noexcept { return _networks.empty(); }

private:
    using Address = std::array<unsigned char, 16>;
    struct Network
    {
        Address address{};
        unsigned bits = 0;
    };

    static bool parse(std::string_view text, Address& out, bool& isIpv4);
    static bool parse(std::string_view text, Network& out);

    std::vector<Network> _networks;
};

} // namespace zoco::host
