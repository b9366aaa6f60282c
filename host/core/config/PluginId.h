#pragma once

#include <string_view>

namespace zoco::host
{

/// Whether this may name a plugin: a lower-case letter, then letters, digits or '-', at most 40 (zoco/abi/plugin.h).
/// Not "host": so the host itself is called.
inline bool isPluginId(std::string_view id) noexcept
{
    return !id.empty() && id != "host" && id.size() <= 40 && id[0] >= 'a' && id[0] <= 'z' &&
           id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

} // namespace zoco::host
