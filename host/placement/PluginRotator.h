#pragma once

#include "core/InFlight.h"
#include "core/keys/RotatedPage.h"
#include "zoco/abi/crypto.h"

#include <memory>
#include <string>

namespace zoco::host
{

/// A rotator as a plugin registered it.
struct PluginRotator
{
    std::string name;
    std::string plugin;
    zoco_status (*page)(void* ctx, zoco_bytes cursor, zoco_rotation* out) = nullptr;
    void* context = nullptr;
    std::shared_ptr<InFlight> inFlight{}; ///< of its instance, which waits for a page that is entered there; null: none
};

/// Runs one page; a negative status when it failed.
inline zoco_status runPage(const PluginRotator& rotator, const std::string& cursor, RotatedPage& out)
{
    constexpr std::size_t kMostCursor = 1024;
    zoco_rotation raw{sizeof(zoco_rotation), 0, 0, 0, {nullptr, 0, nullptr, nullptr}};
    auto status = rotator.page(rotator.context, {cursor.data(), cursor.size()}, &raw);
    if (status >= 0 && raw.is_over == 0 && (raw.cursor.data == nullptr || raw.cursor.size > kMostCursor))
        status = ZOCO_E_INVALID; // it would not come forward
    if (status >= 0)
    {
        out = {raw.is_over != 0, raw.done, raw.total, {}};
        if (!out.isOver) out.cursor.assign(static_cast<const char*>(raw.cursor.data), raw.cursor.size);
    }
    if (raw.cursor.release != nullptr) raw.cursor.release(raw.cursor.ctx);
    return status;
}

} // namespace zoco::host
