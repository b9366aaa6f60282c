#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace zoco::host
{

/// The address of a request to another server, in its parts as they are sent. A value.
struct ClientUrl
{
    bool isTls = false;
    std::string host; ///< name or address, an IPv6 one without brackets
    std::uint16_t port = 0;
    std::string authority; ///< as Host says it
    std::string target;    ///< path and query, begins with '/'

    /// Nothing when it is not absolute http or https in visible ASCII, or has a user or a fragment.
    static std::optional<ClientUrl> parse(std::string_view text);
};

} // namespace zoco::host
