#pragma once

#include "Session.h"
#include "TokenHash.h"

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>

namespace zoco::host
{

/// The problem of a request from a page that is not the shop's.
inline constexpr std::string_view kForeignOrigin = "foreign-origin";

/// What the gate makes of a request before it becomes a call. A value; its views die with the request.
struct Arrival
{
    enum class Fate
    {
        Pass = 1,
        Refuse, ///< with `status`, `slug` and `headers`
        Ask     ///< who has `token`
    };

    Fate fate = Fate::Pass;
    int status = 0;
    std::string_view slug{};    ///< static
    std::string_view headers{}; ///< static; whole lines
    std::string_view origin{};  ///< of a request from a foreign page
    std::string_view site{};

    std::string_view clientAddress{};
    bool isForwarded = false; ///< a trusted proxy sent it: what it says of forwarding reaches plugins
    bool mustBeKnown = false; ///< a token of no session is 401, rather than nobody
    TokenHash token{};
    std::shared_ptr<const Session> session{}; ///< null: nobody, or not known yet
    std::string_view visitor{};               ///< as the client sent it
    std::array<char, 22> newVisitor{};        ///< when `isVisitorNew`
    bool isVisitorNew = false;
};

} // namespace zoco::host
