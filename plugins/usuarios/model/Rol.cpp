#include "Rol.h"

#include <algorithm>

namespace usuarios
{

bool isRol(std::string_view name) noexcept { return std::find(kRoles.begin(), kRoles.end(), name) != kRoles.end(); }

bool hasRol(std::string_view roles, std::string_view role) noexcept
{
    while (!roles.empty())
    {
        const auto end = std::min(roles.find(' '), roles.size());
        if (roles.substr(0, end) == role) return true;
        roles.remove_prefix(std::min(end + 1, roles.size()));
    }
    return false;
}

std::string joinedRoles(std::string_view roles)
{
    std::string out;
    for (const auto role : kRoles)
        if (role == "cliente" || hasRol(roles, role)) out.append(out.empty() ? "" : " ").append(role);
    return out;
}

} // namespace usuarios
