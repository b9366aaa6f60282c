#pragma once

#include "Value.h"
#include "zoco/abi/plugin.h"

#include <optional>
#include <string_view>

/// Embedded files of the plugin, made by zoco_add_plugin(); absent in a plugin built without it.
extern "C" __attribute__((visibility("hidden"), weak)) const zoco_resource zoco_plugin_resources[];

namespace zoco
{

/// A file that the plugin carries, by its name without folders: `RESOURCES file:texts/hello.txt` of zoco_add_plugin()
/// is "hello.txt". Lives as long as the library, 0-terminated. Nothing when there is none. [any-thread]
__attribute__((visibility("hidden"))) inline std::optional<std::string_view>
embeddedFile(std::string_view name) noexcept
{
    for (const auto* r = zoco_plugin_resources; r != nullptr && r->kind != nullptr; ++r)
        if (std::string_view(r->kind) == "file" && name == r->name) return view(r->data);
    return std::nullopt;
}

} // namespace zoco
