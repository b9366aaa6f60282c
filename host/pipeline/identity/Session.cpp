#include "Session.h"

#include "TokenHash.h"
#include "core/Sha256.h"
#include "zoco/Problem.h"

#include <algorithm>

namespace zoco::host
{

namespace
{

constexpr std::size_t kLongestId = 100;    ///< as the table of stored answers has it
constexpr std::size_t kLongestText = 1024; ///< of all roles, and of the methods
constexpr std::size_t kShownId = 12;

bool isPlain(std::string_view text)
{
    return std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

bool isId(std::string_view text) { return !text.empty() && text.size() <= kLongestId && isPlain(text); }

std::vector<std::string> words(std::string_view text)
{
    std::vector<std::string> out;
    while (!text.empty())
    {
        const auto word = text.substr(0, text.find(' '));
        if (!word.empty()) out.emplace_back(word);
        text.remove_prefix(std::min(word.size() + 1, text.size()));
    }
    return out;
}

} // namespace

std::shared_ptr<const Session> Session::make(const AuthSession& row)
{
    const bool isGood = isId(row.usuario) && isId(row.sesion) && isPlain(row.roles) && isPlain(row.metodos) &&
                        row.roles.size() <= kLongestText && row.metodos.size() <= kLongestText;
    return isGood ? std::make_shared<const Session>(row) : nullptr;
}

Session::Session(const AuthSession& row)
    : _user(row.usuario),
      _id(row.sesion),
      _methods(row.metodos),
      _authTime(std::to_string(row.autenticado / 1'000'000)),
      _expiresUs(row.caduca),
      _roles(words(row.roles)),
      _publicId((isBase64Url(_user) ? _user : Sha256::of(_user)).substr(0, kShownId))
{
    _claims = {{str("sub"), str(_user)}, {str("sid"), str(_id)}};
    for (const auto& role : _roles) _claims.push_back({str("role"), str(role)});
    _claims.push_back({str("auth_time"), str(_authTime)});
    if (!_methods.empty()) _claims.push_back({str("amr"), str(_methods)});
}

bool Session::hasRole(std::string_view role) const noexcept
{
    return !role.empty() && std::find(_roles.begin(), _roles.end(), role) != _roles.end();
}

} // namespace zoco::host
