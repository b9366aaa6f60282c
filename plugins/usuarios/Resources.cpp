#include "Resources.h"

#include "zoco/Plugin.h"

namespace usuarios
{

std::optional<std::string_view> resourceFile(std::string_view name) noexcept
{
    for (const auto* r = zoco_plugin_resources; r != nullptr && r->kind != nullptr; ++r)
        if (std::string_view(r->kind) == "file" && name == r->name) return zoco::view(r->data);
    return std::nullopt;
}

} // namespace usuarios
