#pragma once

#include "placement/PluginIdentity.h"

#include <string>
#include <vector>

namespace zoco::host
{

/// The order in which plugins start: providers before their consumers; otherwise as given. A value.
struct DependencyOrder
{
    std::vector<std::size_t> order; ///< indices of the plugins given
    std::vector<std::string>
        errors; ///< one per fault: a missing service, two providers, a cycle; each names the plugins

    static DependencyOrder of(const std::vector<PluginIdentity>& plugins);
};

} // namespace zoco::host
