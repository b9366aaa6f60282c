#pragma once

#include "routing/RoutePattern.h"
#include "zoco/abi/http.h"

#include <string>

namespace zoco::host::trial
{

/// A route as the plugin registered it. A value.
struct TrialRoute
{
    std::string method;
    RoutePattern pattern;
    std::uint32_t auth = ZOCO_AUTH_USER;
    std::string role;
    zoco_handler handler = nullptr;
    void* context = nullptr;

    std::string name() const { return method + " " + pattern.text; }
    bool hasParameters() const
    {
        for (const auto& s : pattern.segments)
            if (s.kind != RoutePattern::Kind::Literal) return true;
        return false;
    }
};

} // namespace zoco::host::trial
