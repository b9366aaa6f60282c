#pragma once

#include "PluginMetrics.h"
#include "core/WorkerPool.h"
#include "services/EventPort.h"
#include "zoco/abi/events.h"

#include <memory>
#include <string>

namespace zoco::host
{

/// zoco.events/1 for one plugin instance, whose handlers run on `pool`. It leaves the bus at its end, which comes after
/// the pool's shutdown or lets the pool go on until then.
class PluginEvents
{
public:
    /// `source` and `pool` outlive it.
    PluginEvents(EventSource& source, std::string pluginId, WorkerPool& pool, RegistrationRules rules);
    PluginEvents(const PluginEvents&) = delete;
    PluginEvents& operator=(const PluginEvents&) = delete;

    const zoco_events* table() const noexcept { return &_table; }
    /// To begin and end the delivery.
    EventPort& port() noexcept { return *_port; }

private:
    static zoco_status publish(void* self, zoco_str topic, const zoco_field* fields, uint32_t count);
    static zoco_status subscribe(void* self, const zoco_subscription* subscription);

    zoco_events _table;
    std::unique_ptr<EventPort> _port;
    RegistrationRules _rules;
};

} // namespace zoco::host
