#include "CheckRunner.h"

#include "app/ChildProcess.h"
#include "core/TemporaryFolder.h"

#include <sys/prctl.h>

#include <csignal>
#include <exception>

namespace zoco::host::trial
{

namespace
{

/// In the child: the check's finding, as text for the parent.
std::string runHere(const Check& check, const Subject& subject, const std::string& folder, StepNote& note)
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    Finding finding;
    try
    {
        Trial trial(subject, folder, note);
        finding = check.run(trial);
    }
    catch (const std::exception& e)
    {
        finding = Finding::failed(std::string("it threw: ") + e.what());
    }
    return std::to_string(static_cast<int>(finding.kind)) + finding.reason;
}

/// The finding that a child left, or why it left none.
Finding read(const ChildResult& result, const StepNote& note)
{
    const auto step = note.text();
    const auto where = step.empty() ? std::string() : ", in: " + step;
    if (!result.fault.empty()) return Finding::failed(result.fault + where);
    const int kind = result.output.empty() ? 0 : result.output[0] - '0';
    if (kind < static_cast<int>(Finding::Kind::Ok) || kind > static_cast<int>(Finding::Kind::Skipped))
        return Finding::failed("it ended the process" + where);
    return {static_cast<Finding::Kind>(kind), result.output.substr(1)};
}

bool isDone(std::string_view name, const std::vector<CheckResult>& results)
{
    for (const auto& r : results)
        if (r.check->name == name) return r.finding.kind == Finding::Kind::Ok;
    return true; // it was not asked for
}

} // namespace

CheckRunner::CheckRunner(Subject subject, std::chrono::milliseconds deadline)
    : _subject(std::move(subject)), _deadline(deadline)
{
}

std::vector<CheckResult> CheckRunner::run(std::span<const Check* const> checks,
                                          const std::function<void(const CheckResult&)>& onResult) const
{
    std::vector<CheckResult> out;
    for (const auto* check : checks)
    {
        const bool isPossible = check->after.empty() || isDone(check->after, out);
        out.push_back({check, isPossible ? runOne(*check)
                                         : Finding::skipped("it needs " + std::string(check->after) + " to succeed")});
        onResult(out.back());
    }
    return out;
}

Finding CheckRunner::runOne(const Check& check) const
{
    const TemporaryFolder folder("zoco-validate-");
    StepNote note;
    return read(runChild(_deadline, [&] { return runHere(check, _subject, folder.path(), note); }), note);
}

} // namespace zoco::host::trial
