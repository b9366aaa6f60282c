#include "Credentials.h"

#include "TokenHash.h"

namespace zoco::host
{

namespace
{

/// The rest after "Bearer "; nothing for another scheme, such as one that a proxy in front asks for.
bool readBearer(std::string_view value, std::string_view& token) noexcept
{
    constexpr std::string_view kScheme = "Bearer";
    if (value.size() < kScheme.size() || !equalsIgnoreCase(value.substr(0, kScheme.size()), kScheme)) return false;
    token = value.substr(kScheme.size());
    if (!token.empty() && token.front() != ' ') return false;
    while (!token.empty() && token.front() == ' ') token.remove_prefix(1);
    return true;
}

/// Of several values all must be the same, and of the right form.
struct Sole
{
    std::string_view value{};
    bool isThere = false;
    bool isGood = true;

    void add(std::string_view next, bool isWellFormed)
    {
        isGood = isGood && isWellFormed && (!isThere || next == value);
        value = next;
        isThere = true;
    }
};

} // namespace

bool carriesToken(std::string_view authorization) noexcept
{
    std::string_view token;
    return readBearer(authorization, token) && isSessionToken(token);
}

Credentials Credentials::of(const Request& request, const HostCookies& cookies)
{
    Sole session, visitor, bearer;
    for (const auto& header : request.headers)
    {
        if (header.name.size() == 6 && equalsIgnoreCase(header.name, "cookie"))
            forEachCookie(header.value,
                          [&](std::string_view name, std::string_view value)
                          {
                              if (name == cookies.sessionName()) session.add(value, isSessionToken(value));
                              if (name == cookies.visitorName())
                                  visitor.add(value, value.size() == kVisitorSize && isBase64Url(value));
                          });
        std::string_view token;
        if (header.name.size() == 13 && equalsIgnoreCase(header.name, "authorization") &&
            readBearer(header.value, token))
            bearer.add(token, isSessionToken(token) && !bearer.isThere);
    }
    Credentials out;
    out.isBearer = bearer.isThere;
    out.hasCookie = session.isThere;
    if (visitor.isThere && visitor.isGood) out.visitor = visitor.value;
    if (!bearer.isThere && !session.isThere) return out;
    const bool isOne = !bearer.isThere || !session.isThere || bearer.value == session.value;
    const bool isUsable = isOne && bearer.isGood && session.isGood;
    out.kind = isUsable ? Kind::Token : Kind::Unusable;
    if (isUsable) out.token = bearer.isThere ? bearer.value : session.value;
    return out;
}

} // namespace zoco::host
