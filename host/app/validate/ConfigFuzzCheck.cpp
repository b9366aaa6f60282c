#include "Checks.h"
#include "Instance.h"
#include "SettingValues.h"

#include <sys/resource.h>

#include <random>

namespace zoco::host::trial
{

namespace
{

constexpr int kMixtures = 40;
constexpr unsigned kSeed = 20'260'101; // the same run each time, so that a finding can be looked at again

/// What a setting asks for is bounded here, so that a plugin that takes all memory harms nobody else.
void limitMemory()
{
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    constexpr rlim_t kMost = 4ull << 30;
    const rlimit limit{kMost, kMost};
    (void)::setrlimit(RLIMIT_AS, &limit);
#endif
}

std::string shown(const std::vector<Property>& settings)
{
    constexpr std::size_t kShown = 40;
    std::string out;
    for (const auto& s : settings)
    {
        if (!out.empty()) out.append(", ");
        out.append(s.key).append("=").append(s.value, 0, kShown);
        if (s.value.size() > kShown) out.append("...");
    }
    return out;
}

/// A life with these settings. A fault, or empty; they are passed over when the schema itself refuses them.
std::string tryOut(const Trial& trial, const std::vector<Property>& settings)
{
    ConfigErrors errors;
    auto config = trial.with(settings, errors);
    if (!errors.empty()) return {};
    Instance instance(trial, std::move(config));
    instance.setContext("with " + shown(settings));
    const auto fault = instance.begin();
    if (fault.empty() || instance.hasRefused()) return {};
    return "with " + shown(settings) + ": " + fault;
}

} // namespace

/// First every edge of each key by itself, then mixtures of all keys.
Finding checkConfigFuzz(Trial& trial)
{
    if (auto fault = trial.prepare(); !fault.empty()) return Finding::failed(std::move(fault));
    const auto& keys = trial.schema().keys();
    if (keys.empty()) return Finding::skipped("it has no settings");
    limitMemory();
    for (const auto& key : keys)
        for (const auto& value : settingValues(key, trial.folder()))
            if (auto fault = tryOut(trial, {value}); !fault.empty()) return Finding::failed(std::move(fault));

    std::mt19937 random(kSeed);
    for (int i = 0; i < kMixtures; ++i)
    {
        std::vector<Property> mixture;
        for (const auto& key : keys)
        {
            const auto values = settingValues(key, trial.folder());
            if (!values.empty()) mixture.push_back(values[random() % values.size()]);
        }
        if (auto fault = tryOut(trial, mixture); !fault.empty()) return Finding::failed(std::move(fault));
    }
    return Finding::ok();
}

} // namespace zoco::host::trial
