#include "CheckList.h"

#include "Checks.h"

#include <algorithm>

namespace zoco::host::trial
{

namespace
{

constexpr std::string_view kNone{};
constexpr std::string_view kEntry = "entry";

constexpr Check kChecks[] = {
    {"linkage", "needs no foreign Poco and no database library, exports only zoco_entry", kNone, &checkLinkage},
    {kEntry, "loading it is quick and has no effect; zoco_entry is valid", kNone, &checkEntry},
    {"life-cycle", "create, init, start, stop and destroy succeed, and keep to their rules", kEntry, &checkLifeCycle},
};

} // namespace

std::span<const Check> checkList() noexcept { return kChecks; }

const Check* findCheck(std::string_view name) noexcept
{
    const auto found =
        std::find_if(std::begin(kChecks), std::end(kChecks), [&](const Check& c) { return c.name == name; });
    return found == std::end(kChecks) ? nullptr : found;
}

std::string_view name(Finding::Kind kind) noexcept
{
    switch (kind)
    {
    case Finding::Kind::Ok:
        return "ok";
    case Finding::Kind::Failed:
        return "FAILED";
    case Finding::Kind::Skipped:
        return "skipped";
    }
    return "?";
}

} // namespace zoco::host::trial
