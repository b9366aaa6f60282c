#include "Checks.h"
#include "Instance.h"

#include "zoco/abi/health.h"
#include "zoco/abi/state.h"
#include "zoco/detail/Barrier.h"

namespace zoco::host::trial
{

namespace
{

/// Interfaces that a plugin may offer to its host.
constexpr const char* kKnown[] = {ZOCO_HEALTH, ZOCO_STATE};

std::vector<std::string> unknownIds()
{
    std::vector<std::string> out{"", "zoco", "validate.nothing/1", std::string(4096, 'x')};
    for (const std::string id : kKnown)
        for (const auto& wrong : {id + "0", id + " ", id + "/garbage", " " + id, id.substr(0, id.size() - 1),
                                  id.substr(0, id.size() - 2), id.substr(0, id.size() - 1) + "999"})
            out.push_back(wrong);
    return out;
}

} // namespace

Finding checkUnknownIds(Trial& trial)
{
    if (auto fault = trial.prepare(); !fault.empty()) return Finding::failed(std::move(fault));
    Instance instance(trial);
    if (auto fault = instance.begin(); !fault.empty()) return Finding::failed(std::move(fault));
    auto* plugin = instance.raw();
    if (!zoco::detail::has(plugin, &zoco_plugin::get_interface) || plugin->get_interface == nullptr)
        return Finding::skipped("it has no get_interface");
    for (const auto& id : unknownIds())
    {
        trial.step("get_interface(\"" + id.substr(0, 40) + "\")");
        if (plugin->get_interface(plugin, id.c_str()) != nullptr)
            return Finding::failed("get_interface(\"" + id + "\") is not null");
    }
    return Finding::ok();
}

} // namespace zoco::host::trial
