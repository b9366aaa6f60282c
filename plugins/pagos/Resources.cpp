#include "Resources.h"

#include "zoco/Plugin.h"

namespace pagos
{

std::optional<std::string_view> resource(std::string_view kind, std::string_view name) noexcept
{
    for (const auto* r = zoco_plugin_resources; r != nullptr && r->kind != nullptr; ++r)
        if (kind == r->kind && name == r->name) return zoco::view(r->data);
    return std::nullopt;
}

} // namespace pagos
