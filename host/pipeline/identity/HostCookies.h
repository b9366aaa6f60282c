#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace zoco::host
{

/// Length of a visitor's id: 16 bytes as base64url without padding.
inline constexpr std::size_t kVisitorSize = 22;

/// The cookies that the host itself sets and reads: of a session, and of a visitor. On https they carry the prefix that
/// keeps other hosts of the domain from setting them (RFC 6265bis 4.1.3.2); plain http cannot have it.
class HostCookies
{
public:
    explicit HostCookies(bool isHttps);

    const std::string& sessionName() const noexcept { return _session; }
    const std::string& visitorName() const noexcept { return _visitor; }
    /// Whether a cookie is the host's, by either kind of name: no plugin may set it.
    static bool isHosts(std::string_view name) noexcept;

    /// The value of Set-Cookie for what a plugin says by Zoco-Session: "TOKEN; Max-Age=SECONDS", or nothing to end the
    /// session. Empty when it is neither.
    std::optional<std::string> sessionLine(std::string_view zocoSession) const;
    /// The value of Set-Cookie for a new visitor.
    std::string visitorLine(std::string_view id) const;
    /// A new visitor's id, from the kernel's random bytes. Throws std::runtime_error when there are none.
    static std::string newVisitor();

private:
    std::string line(std::string_view name, std::string_view value, std::string_view maxAge) const;

    std::string _session;
    std::string _visitor;
    std::string _attributes;
};

} // namespace zoco::host
