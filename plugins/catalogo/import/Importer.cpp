#include "Importer.h"

#include "ImportPictures.h"
#include "ImportPlan.h"
#include "ImportReading.h"

#include <chrono>
#include <ctime>
#include <system_error>

namespace catalogo
{

namespace
{

using Outcome = ImportReport::Outcome;

/// A big group takes its time; nobody waits for it but the operator.
constexpr std::int64_t kGroupSeconds = 600;

zoco::CallContext longCall()
{
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    zoco::CallContext out;
    out.deadlineNs = (now.tv_sec + kGroupSeconds) * 1'000'000'000 + now.tv_nsec;
    return out;
}

ImportReport& end(ImportReport& report, Outcome outcome, std::vector<std::string> faults)
{
    report.outcome = outcome;
    report.faults = std::move(faults);
    return report;
}

std::string reasonOf(const zoco::Problem& problem)
{
    if (problem.code == ZOCO_E_GUARD || problem.code == ZOCO_E_DUPLICATE)
        return "the catalogue was changed by somebody else meanwhile; please start the import again";
    return problem.detail.empty() ? problem.title : problem.title + ": " + problem.detail;
}

} // namespace

ImportReport Importer::run(const ImportJob& job) const
{
    const std::unique_lock lock(_running, std::try_to_lock);
    if (lock) return runAlone(job);
    ImportReport report;
    return end(report, Outcome::Failed, {"another import is running; please start this one when it has ended"});
}

ImportReport Importer::runAlone(const ImportJob& job) const
{
    ImportReport report;
    ImportReading reading(job, _folding);
    if (!reading.run()) return end(report, Outcome::Cancelled, {});
    ImportPictures pictures(job, _pictures);
    if (!pictures.find(reading.products(), reading.faults())) return end(report, Outcome::Cancelled, {});
    report.notes = reading.notes();
    if (!reading.faults().isEmpty()) return end(report, Outcome::Refused, reading.faults().lines());

    auto plan = planImport(_repository, reading.products());
    if (!plan) return end(report, Outcome::Failed, {reasonOf(plan.problem())});
    report.counts = plan->counts;
    report.counts.pictures = pictures.countNew();
    if (job.isDryRun) return report;

    try
    {
        if (!pictures.store()) return end(report, Outcome::Cancelled, {});
    }
    catch (const std::system_error& e)
    {
        return end(report, Outcome::Failed, {e.what()});
    }
    if (job.isCancelled()) return end(report, Outcome::Cancelled, {});
    const auto steps = plan->changes.nuevos.size() + plan->changes.reemplazos.size();
    job.onProgress(0, steps, "writing");
    if (!plan->changes.isEmpty())
        if (auto done = _useCases.apply(longCall(), plan->changes); !done)
        {
            const bool isUnknown = done.problem().code == ZOCO_E_UNKNOWN_OUTCOME;
            if (isUnknown) pictures.keep(); // the products that show them may be there
            return end(report, isUnknown ? Outcome::Unknown : Outcome::Failed, {reasonOf(done.problem())});
        }
    job.onProgress(steps, steps, "writing");
    pictures.keep();
    return report;
}

} // namespace catalogo
