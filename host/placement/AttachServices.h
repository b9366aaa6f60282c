#pragma once

#include "PluginIdentity.h"
#include "WaitNote.h"
#include "services/ServiceChange.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace zoco::host
{

/// Attaches an instance to the services it needs, and to those it uses that are there, in this order; `take(id,
/// handle)` keeps each. False when one is missing or refuses; `reason` then says why, and those before are attached.
/// `report` is told why a later resolve fails, `waits` what it is that the instance waits for. [lifecycle]
template <class Take>
bool attachServices(const PluginIdentity& identity, ServiceChange& services,
                    std::function<void(std::string_view reason)> report, WaitNote& waits, Take&& take,
                    std::string& reason)
{
    const ConsumerInfo consumer{identity.id,
                                identity.version,
                                identity.generation,
                                identity.resources,
                                std::move(report),
                                identity.key(),
                                [&waits](std::string_view what) { waits.set(what); }};
    const auto add = [&](const std::string& id)
    {
        auto handle = services.attach(id, consumer, reason);
        if (handle == nullptr) return false;
        take(id, std::move(handle));
        return true;
    };
    for (const auto& id : identity.needs)
        if (!add(id)) return false;
    for (const auto& id : identity.uses)
        if (services.isOffered(id) && !add(id)) return false;
    return true;
}

} // namespace zoco::host
