#pragma once

#include "Session.h"
#include "routing/Route.h"

namespace zoco::host
{

/// Whether somebody may call a route.
enum class Permission
{
    Granted = 1,
    LogIn,    ///< 401: nobody is logged in
    Forbidden ///< 403: not this one
};

/// `session` null: nobody. [any-thread]
inline Permission permission(const Route& route, const Session* session) noexcept
{
    if (route.auth == ZOCO_AUTH_PUBLIC || route.auth == ZOCO_AUTH_VISITOR) return Permission::Granted;
    if (session == nullptr) return Permission::LogIn;
    if (route.auth == ZOCO_AUTH_USER) return Permission::Granted;
    const bool isGranted = route.auth == ZOCO_AUTH_ROLE && session->hasRole(route.role);
    return isGranted ? Permission::Granted : Permission::Forbidden;
}

} // namespace zoco::host
