#pragma once

#include "core/keys/RotatedPage.h"
#include "placement/PluginRotator.h"

#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace zoco::host
{

/// What the host itself keeps sealed, as rotators of the plugin "host". Made before the rotation, and outlives it.
class HostRotators
{
public:
    using Page = std::function<zoco_status(std::string_view cursor, RotatedPage& out)>;

    void add(std::string name, Page page) { _pages.push_back({std::move(name), std::move(page)}); }
    std::vector<PluginRotator> rotators()
    {
        std::vector<PluginRotator> out;
        for (auto& named : _pages) out.push_back({named.name, "host", &run, &named});
        return out;
    }

private:
    struct Named
    {
        std::string name;
        Page page;
    };

    static zoco_status run(void* named, zoco_bytes cursor, zoco_rotation* out)
    try
    {
        RotatedPage page;
        const auto status =
            static_cast<Named*>(named)->page({static_cast<const char*>(cursor.data), cursor.size}, page);
        if (status < 0) return status;
        auto* kept = new std::string(std::move(page.cursor));
        *out = {sizeof(zoco_rotation),
                page.isOver ? 1 : 0,
                page.done,
                page.total,
                {kept->data(), kept->size(), [](void* text) { delete static_cast<std::string*>(text); }, kept}};
        return ZOCO_OK;
    }
    catch (const std::exception&)
    {
        return ZOCO_E_FAILED;
    }

    std::deque<Named> _pages;
};

} // namespace zoco::host
