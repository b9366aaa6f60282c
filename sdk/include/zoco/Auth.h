#pragma once

#include "Events.h"
#include "Services.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Who asks: "zoco.auth/1" (draft), the service of the one plugin that knows users and their sessions.
///
/// A session's token is 32 random bytes as base64url without padding: 43 characters. Clients send it as
/// `Authorization: Bearer`, or in a cookie that the host alone sets and reads; no plugin sees either of them in a
/// request. The provider keeps the token's fingerprint only: SHA-256 of the 43 characters, 32 bytes.
///
/// Operations (parameters in this order):
/// - `sesion(huella BLOB)`, asked by the host: one row of AuthSession while the session is good, else none. The host
///   keeps an answer for 30 s at most, and never beyond `caduca`; so a session in use is asked for about twice a
///   minute, and that is when the provider may prolong it. A failure means 503 for who needs to be known.
/// - `elevacion(usuario TEXT, sesion TEXT, desde TIME)`, asked by other plugins: one row of FreshLogin when who holds
///   this session proved at or after `desde` who they are, else none.
///
/// The host turns a good session into claims of the request: `sub` (usuario), `sid` (sesion), `role`, once for each,
/// `auth_time` (autenticado, in seconds since 1970) and `amr` (metodos). Requests to routes of visitors have `visitor`
/// as well: 22 characters that stay the same for one browser.
///
/// A new session reaches its client by Reply::session, and is taken from it by Reply::endSession.
///
/// When a session ends before its time, the provider publishes `zoco.auth.revoked` in memory, with `usuario` (all of
/// that user) or `sesion` (that one). When publish returns, this host has forgotten what it kept, and a look-up that
/// was under way counts for nothing. From another plugin the topic is ZOCO_E_MISUSE. Other hosts learn nothing by it:
/// tell them by a durable broadcast event, whose handler publishes `zoco.auth.revoked` there.
namespace zoco
{

inline constexpr const char* kAuthService = "zoco.auth/1";
inline constexpr std::string_view kAuthSession = "sesion";
inline constexpr std::string_view kAuthStepUp = "elevacion";
inline constexpr std::string_view kAuthRevoked = "zoco.auth.revoked";
inline constexpr std::string_view kSessionHeader = "Zoco-Session";

/// A session that is good. Columns of `sesion`, in their order; both ids at most 100 bytes, and no personal data: they
/// may stand in logs. Times are microseconds since 1970-01-01T00:00:00Z.
struct AuthSession
{
    std::string usuario;
    std::string sesion;
    std::string roles;            ///< with a space between
    std::int64_t caduca = 0;      ///< not good from then on
    std::int64_t autenticado = 0; ///< when they last proved who they are
    std::string metodos;          ///< by what, such as "pwd otp" (RFC 8176)
};

/// That somebody proved lately who they are. Columns of `elevacion`.
struct FreshLogin
{
    std::int64_t autenticado = 0; ///< microseconds since 1970
    std::string metodos;
    std::string emisor{}; ///< the identity provider that saw to it, by its issuer; empty: the shop itself
};

/// Asks whether who asks has proved lately who they are, before what a stolen session alone must not do. Made in start,
/// [any-thread]; waits for the provider.
class StepUp
{
public:
    StepUp() = default;
    /// `auth` is zoco.auth/1, listed in needs or uses.
    explicit StepUp(const Service& auth)
        : _auth(auth), _operation(auth.operation(kAuthStepUp, {"usuario", "sesion", "desde"}))
    {
    }

    /// Empty when they have not, at or after then (microseconds since 1970), or nobody is logged in.
    Result<std::optional<FreshLogin>> since(const Request& request, std::int64_t sinceUs) const
    {
        std::optional<FreshLogin> out;
        if (request.claim("sub").empty() || request.claim("sid").empty()) return out;
        const auto done =
            _auth.call(request, _operation, {request.claim("sub"), request.claim("sid"), Value::time(sinceUs)},
                       [&](const Row& row) { out = row.as<FreshLogin>(); });
        if (!done.ok()) return done.problem();
        return out;
    }

private:
    Service _auth;
    Operation _operation;
};

/// For the provider: the host forgets all sessions of a user, or one, before this returns.
inline zoco_status revokeUser(const Events& events, std::string_view usuario) noexcept
{
    return events.publish(kAuthRevoked, {{"usuario", usuario}});
}
inline zoco_status revokeSession(const Events& events, std::string_view sesion) noexcept
{
    return events.publish(kAuthRevoked, {{"sesion", sesion}});
}

} // namespace zoco
