#include "PluginEvents.h"

#include "zoco/Problem.h"
#include "zoco/detail/Barrier.h"

namespace zoco::host
{

PluginEvents::PluginEvents(EventSource& source, std::string pluginId, WorkerPool& pool, RegistrationRules rules)
    : _table{sizeof(zoco_events), this, &publish, &subscribe},
      _port(source.join(std::move(pluginId), [&pool](Task task) { return pool.post(task); })),
      _rules(std::move(rules))
{
}

zoco_status PluginEvents::publish(void* context, zoco_str topic, const zoco_field* fields, uint32_t count)
{
    auto& self = *static_cast<PluginEvents*>(context);
    return detail::barrier(
        [&]() -> zoco_status
        {
            if (self._rules.isOpen()) return ZOCO_E_MISUSE;
            return self._port->publish(view(topic), fields, count);
        },
        [](const char*, const Problem*) {});
}

zoco_status PluginEvents::subscribe(void* context, const zoco_subscription* subscription)
{
    auto& self = *static_cast<PluginEvents*>(context);
    return detail::barrier(
        [&]() -> zoco_status
        {
            if (!self._rules.isOpen()) return ZOCO_E_MISUSE;
            std::string reason;
            const auto status = self._port->subscribe(*subscription, reason);
            if (status != ZOCO_OK) self._rules.report(reason);
            return status;
        },
        [](const char*, const Problem*) {});
}

} // namespace zoco::host
