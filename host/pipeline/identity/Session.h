#pragma once

#include "zoco/Auth.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace zoco::host
{

/// A session that is good, as every request of it carries it: its claims are made once. Immutable, shared. Not movable,
/// since the claims are views into it.
class Session
{
public:
    /// Null when the provider's row is none: an id that is empty or long, or a control character.
    static std::shared_ptr<const Session> make(const AuthSession& row);
    explicit Session(const AuthSession& row);
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    const std::string& user() const noexcept { return _user; }
    const std::string& id() const noexcept { return _id; }
    /// The beginning of the user's id, for logs; of one that is no plain word, the beginning of its digest.
    const std::string& publicId() const noexcept { return _publicId; }
    bool hasRole(std::string_view role) const noexcept;
    /// As zoco_request has them.
    std::span<const zoco_pair> claims() const noexcept { return _claims; }
    /// Microseconds since 1970: it is not good from then on.
    std::int64_t expiresUs() const noexcept { return _expiresUs; }

private:
    const std::string _user;
    const std::string _id;
    const std::string _methods;
    const std::string _authTime; ///< in seconds
    const std::int64_t _expiresUs;
    std::vector<std::string> _roles;
    std::string _publicId;
    std::vector<zoco_pair> _claims;
};

} // namespace zoco::host
