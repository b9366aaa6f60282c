#include "CheckList.h"

#include "Checks.h"

#include <algorithm>

namespace zoco::host::trial
{

namespace
{

constexpr std::string_view kNone{};
constexpr std::string_view kEntry = "entry";
constexpr std::string_view kLifeCycle = "life-cycle";
constexpr std::string_view kAnswers = "answers";
constexpr std::string_view kCycles = "repeated-cycles";

constexpr Check kChecks[] = {
    {"linkage", "needs no foreign Poco and no database library, exports only zoco_entry", kNone, &checkLinkage},
    {kEntry, "loading it is quick and has no effect; zoco_entry is valid", kNone, &checkEntry},
    {kLifeCycle, "create, init, start, stop and destroy succeed, and keep to their rules", kEntry, &checkLifeCycle},
    {kAnswers, "every route answers each request exactly once", kLifeCycle, &checkAnswers},
    {"routes-answered", "every route serves a plain, well-formed request", kAnswers, &checkRoutesAnswered},
    {"in-flight", "requests that wait when it stops are answered", kAnswers, &checkInFlight},
    {kCycles, "many lives one after another, and several at once", kAnswers, &checkRepeatedCycles},
    {"config-fuzz", "whatever its schema allows is accepted, or refused with a reason", kLifeCycle, &checkConfigFuzz},
    {"older-host", "works with the structs of the first minor, and reads nothing behind them", kAnswers,
     &checkOlderHost},
    {"newer-host", "works with longer structs of a later minor", kAnswers, &checkNewerHost},
    {"absent-interfaces", "works without any one interface, or refuses with a reason", kAnswers,
     &checkAbsentInterfaces},
    {"unknown-ids", "its own get_interface compares ids whole and knows no unknown one", kLifeCycle, &checkUnknownIds},
    {"no-leftovers", "no thread and no descriptor is left after destroy", kAnswers, &checkNoLeftovers},
    {"no-side-effects", "prints nothing; leaves signals, locale, working folder and umask alone", kAnswers,
     &checkNoSideEffects},
    {"no-statics", "instances share no mutable static data", kCycles, &checkNoStatics},
    {"same-placements", "answers in a process of its own as in the host's", kAnswers, &checkSamePlacements},
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
