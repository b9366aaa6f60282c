#include "Resources.h"

#include "zoco/Plugin.h"

namespace pedidos
{

std::optional<std::string_view> embeddedFile(std::string_view name) noexcept
{
    for (const auto* r = zoco_plugin_resources; r != nullptr && r->kind != nullptr; ++r)
    {
        const bool isFile = std::string_view(r->kind) == "file";
        if (isFile && r->name == name) return zoco::view(r->data);
    }
    return std::nullopt;
}

} // namespace pedidos
