#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace zoco::host
{

/// One header line as received. Views die with the request they belong to.
struct HeaderField
{
    std::string_view name;
    std::string_view value;
};

/// A request that the transport has checked against RFC 9110 and RFC 9112.
/// All views point into the connection's receive buffer and live until the exchange is finished.
struct Request
{
    std::string_view method;
    std::string_view target; ///< as received (origin form, or "*")
    std::string_view path;   ///< target up to '?', still percent-encoded
    std::string_view query;  ///< after '?', without it; empty when there is none
    std::string_view host;   ///< value of Host
    std::span<const HeaderField> headers;
    std::string_view body;
    std::string_view clientAddress; ///< numeric peer address, without port; "unix" on a Unix socket
    std::int64_t receivedNs = 0;    ///< steady clock when the first byte of the head was read
    bool isHttp11 = true;
    bool overUnixSocket = false;
    std::uint32_t listener = 0; ///< index of the listener that accepted it

    /// First value of the header, compared without case; empty when absent.
    std::string_view header(std::string_view name) const noexcept;
};

/// ASCII case-insensitive equality (header names are ASCII, RFC 9110 5.1).
bool equalsIgnoreCase(std::string_view a, std::string_view b) noexcept;

} // namespace zoco::host
