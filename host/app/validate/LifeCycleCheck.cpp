#include "Checks.h"
#include "Instance.h"

namespace zoco::host::trial
{

/// One life, with the given settings and the schema's defaults.
Finding checkLifeCycle(Trial& trial)
{
    if (auto fault = trial.prepare(); !fault.empty()) return Finding::failed(std::move(fault));
    Instance instance(trial);
    if (auto fault = instance.begin(); !fault.empty()) return Finding::failed(std::move(fault));
    const auto missing = instance.host().services().missing();
    if (!missing.empty())
        return Finding::failed("its entry says that it provides " + missing[0] + ", but init does not");
    (void)instance.host().takeError(); // what it says of the stand-ins is no fault
    instance.end();
    if (auto error = instance.host().takeError(); !error.empty())
        return Finding::failed("it logged an error when it ended: " + error);
    return Finding::of(instance.host().fault());
}

} // namespace zoco::host::trial
