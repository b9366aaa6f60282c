#include "Checks.h"
#include "Instance.h"
#include "StaticData.h"

#include <filesystem>

namespace zoco::host::trial
{

namespace
{

/// A setting that the first instance read and the second did not, though both did the same: it was kept, or empty.
std::string keptSetting(const TrialHost& first, const TrialHost& second)
{
    const auto read = second.settingsRead();
    for (const auto& key : first.settingsRead())
        if (!read.contains(key)) return key;
    return {};
}

} // namespace

/// Two instances live at once and do the same. What the second one changes in the library's writable data is shared by
/// both, or belongs to one and stands where both see it. What the first one changed and the second left alone passes: a
/// constant that is made at its first use, and its guard. A setting kept in such a constant shows by not being read
/// again. Both are alive, so that no address comes back by chance; data behind pointers and thread-local data are not
/// seen.
Finding checkNoStatics(Trial& trial)
{
    if (auto fault = trial.prepare(); !fault.empty()) return Finding::failed(std::move(fault));
    const StaticData data(trial.entry(), trial.path());
    Instance first(trial);
    if (auto fault = first.begin(); !fault.empty()) return Finding::failed(std::move(fault));
    first.askAll("1");
    const auto before = data.take();

    const auto folder = trial.folder() + "/second";
    std::filesystem::create_directory(folder);
    Instance second(trial, {Shape::Exact, {}, folder});
    if (auto fault = second.begin(); !fault.empty()) return Finding::failed(std::move(fault));
    second.askAll("1");
    if (const auto changed = data.difference(before, data.take()); !changed.empty())
        return Finding::failed("a second instance changed static data: " + changed);
    if (const auto key = keptSetting(first.host(), second.host()); !key.empty())
        return Finding::failed("a second instance did not read the setting " + key +
                               " as the first one did: is it kept in static data?");
    return Finding::ok();
}

} // namespace zoco::host::trial
