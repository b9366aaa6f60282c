#include "Checks.h"
#include "Instance.h"

#include <array>

namespace zoco::host::trial
{

namespace
{

constexpr int kLives = 20;
constexpr std::size_t kAtOnce = 3;

std::string oneAfterAnother(const Trial& trial)
{
    for (int life = 1; life <= kLives; ++life)
    {
        Instance instance(trial);
        if (const auto fault = instance.begin(); !fault.empty()) return "life " + std::to_string(life) + ": " + fault;
        instance.askAll("1");
    }
    return {};
}

/// Generations overlap when a plugin is reconfigured: all are there, then one after another goes, not the first first.
std::string sideBySide(const Trial& trial)
{
    std::array<std::unique_ptr<Instance>, kAtOnce> instances;
    for (auto& instance : instances)
    {
        instance = std::make_unique<Instance>(trial);
        if (const auto fault = instance->begin(); !fault.empty()) return "beside another instance: " + fault;
    }
    for (const std::size_t gone : {1, 0, 2})
    {
        for (const auto& instance : instances)
            if (instance) instance->askAll("1");
        instances[gone].reset();
    }
    return {};
}

} // namespace

Finding checkRepeatedCycles(Trial& trial)
{
    if (auto fault = trial.prepare(); !fault.empty()) return Finding::failed(std::move(fault));
    if (auto fault = oneAfterAnother(trial); !fault.empty()) return Finding::failed(std::move(fault));
    return Finding::of(sideBySide(trial));
}

} // namespace zoco::host::trial
