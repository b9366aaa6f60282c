#pragma once

#include "HostCookies.h"
#include "pipeline/Request.h"

#include <string_view>

namespace zoco::host
{

/// What a request shows to be known by. A value; its views die with the request.
struct Credentials
{
    enum class Kind
    {
        None = 1,
        Token,
        Unusable ///< malformed, or two that differ
    };

    Kind kind = Kind::None;
    std::string_view token{};
    bool isBearer = false;      ///< it has Authorization: Bearer, which no foreign page can make a browser send
    bool hasCookie = false;     ///< it has the session's cookie, good or not
    std::string_view visitor{}; ///< empty: none that is usable

    static Credentials of(const Request& request, const HostCookies& cookies);
};

/// Whether the value of Authorization has the form of a session's token: it is for the host alone.
bool carriesToken(std::string_view authorization) noexcept;

/// Calls `take(name, value)` for each cookie of a Cookie header.
template <class Take>
void forEachCookie(std::string_view header, const Take& take)
{
    while (!header.empty())
    {
        auto pair = header.substr(0, header.find(';'));
        header.remove_prefix(pair.size() < header.size() ? pair.size() + 1 : header.size());
        while (!pair.empty() && (pair.front() == ' ' || pair.front() == '\t')) pair.remove_prefix(1);
        while (!pair.empty() && (pair.back() == ' ' || pair.back() == '\t')) pair.remove_suffix(1);
        const auto equals = pair.find('=');
        if (!pair.empty())
            take(pair.substr(0, equals), equals == pair.npos ? std::string_view() : pair.substr(equals + 1));
    }
}

} // namespace zoco::host
