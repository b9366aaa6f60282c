#pragma once

#include "core/UniqueFd.h"

#include <cstdint>
#include <string>

namespace zoco::host
{

/// A listening socket, non-blocking. Accepted connections carry its index. A value that owns its descriptor.
class Listener
{
public:
    /// "127.0.0.1:8080", "[::1]:0" or "name:port". Throws std::runtime_error that names the address and what is wrong.
    static Listener tcp(const std::string& address);
    /// What is wrong with the form of such an address, or empty.
    static std::string faultOf(const std::string& address);
    /// A Unix socket, mode 0600; what lies at the path is replaced, so the caller must own the folder.
    static Listener unixSocket(const std::string& path);

    int descriptor() const noexcept { return _fd.get(); }
    bool isUnix() const noexcept { return _isUnix; }
    std::uint16_t port() const noexcept { return _port; }
    /// "127.0.0.1:8080" with the real port.
    const std::string& address() const noexcept { return _address; }

private:
    UniqueFd _fd;
    std::string _address;
    std::uint16_t _port = 0;
    bool _isUnix = false;
};

} // namespace zoco::host
