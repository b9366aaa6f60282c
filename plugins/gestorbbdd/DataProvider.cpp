#include "DataProvider.h"

#include "RowCounter.h"
#include "catalogue/OperationFile.h"
#include "engine/MonotonicClock.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory_resource>

namespace zoco::gestorbbdd
{

namespace
{

using Faults = std::vector<std::string>;

constexpr std::string_view kHost = "host"; ///< the id by which the host itself consumes
constexpr std::string_view kOwn = "gestorbbdd";
constexpr std::string_view kPublish = "publicar"; ///< the operation of its own that writes an event

void refuseIfAny(const Faults& faults)
{
    if (faults.empty()) return;
    std::string all;
    for (const auto& fault : faults) all += (all.empty() ? "" : "; ") + fault;
    throw ProblemException({500, "catalogue", std::move(all), "", {}, ZOCO_E_INVALID});
}

std::string placeOf(const OperationSpec& operation)
{
    return operation.file + ":" + std::to_string(operation.line) + ": ";
}

const OperationSpec* named(std::string_view name, const std::vector<OperationSpec>& operations)
{
    const auto found =
        std::find_if(operations.begin(), operations.end(), [&](const auto& o) { return o.name == name; });
    return found == operations.end() ? nullptr : &*found;
}

/// The operations for one engine. One that only another engine has is a fault.
std::vector<OperationSpec> readOperations(const ServiceConsumer& consumer, Dialect dialect, Faults& faults)
{
    std::vector<OperationSpec> out;
    std::vector<OperationSpec> others;
    for (const auto& resource : consumer.resources("sql-operation"))
    {
        auto file = parseOperationFile(resource.name, view(resource.data));
        faults.insert(faults.end(), file.faults.begin(), file.faults.end());
        for (auto& operation : file.operations)
        {
            if (operation.dialect.value_or(dialect) != dialect)
            {
                others.push_back(std::move(operation));
                continue;
            }
            if (const auto* same = named(operation.name, out); same != nullptr && same->file != operation.file)
                faults.push_back(placeOf(operation) + "the operation '" + operation.name + "' is in " + same->file +
                                 " already");
            out.push_back(std::move(operation));
        }
    }
    for (const auto& operation : others)
        if (named(operation.name, out) == nullptr)
            faults.push_back(placeOf(operation) + "the operation '" + operation.name + "' has no SQL for " +
                             std::string(dialectName(dialect)));
    return out;
}

} // namespace

std::unique_ptr<ConsumerNote> DataProvider::attach(const ServiceConsumer& consumer)
{
    Faults faults;
    auto specs = readOperations(consumer, _engine.dialect(), faults);
    const auto migrations = readMigrations(consumer.resources("sql-migration"), dialectName(_engine.dialect()), faults);
    refuseIfAny(faults);
    _engine.migrate(consumer.id(), migrations, faults);
    refuseIfAny(faults);
    auto facts = _engine.inspect(consumer.id(), specs, faults);
    refuseIfAny(faults);

    const std::string plugin(consumer.id());
    for (auto& spec : specs) spec.isOutbox = plugin == kOwn && spec.name == kPublish;
    std::vector<std::unique_ptr<const Operation>> operations;
    for (std::size_t i = 0; i < specs.size(); ++i)
    {
        auto fullName = plugin + "." + specs[i].name;
        operations.push_back(std::make_unique<Operation>(_directory.nextId(), std::move(fullName), std::move(specs[i]),
                                                         std::move(facts[i])));
    }
    auto catalogue = std::make_shared<const Catalogue>(plugin, std::move(operations));
    auto note = std::make_unique<AttachedConsumer>(catalogue);
    _directory.add(std::move(catalogue));
    return note;
}

void DataProvider::detach(ConsumerNote* note) noexcept
{
    if (note != nullptr) _directory.remove(&static_cast<AttachedConsumer*>(note)->own());
}

zoco_operation DataProvider::resolve(ConsumerNote* note, std::string_view operation,
                                     std::span<const std::string_view> params)
{
    return static_cast<AttachedConsumer*>(note)->resolve(_directory, operation, params);
}

zoco_status DataProvider::call(ConsumerNote* note, const ServiceCall& call, const ServiceSink& sink)
{
    const auto& consumer = *static_cast<AttachedConsumer*>(note);
    std::array<std::byte, 8 * sizeof(BoundStep)> room; // for few steps
    std::pmr::monotonic_buffer_resource memory(room.data(), room.size());
    std::pmr::vector<BoundStep> steps(&memory);
    steps.reserve(call.steps().size());
    for (const auto& step : call.steps())
    {
        const auto* resolved = consumer.find(step.operation);
        if (resolved == nullptr) return refuse("a step has a handle that was not given out", call, sink);
        steps.push_back({resolved->operation,
                         {step.args, step.arg_count},
                         resolved->places,
                         step.expect_rows,
                         consumer.own().plugin()});
    }
    if (steps.empty()) return refuse("a call has no step", call, sink);
    if (const auto fault = checkArguments(steps); !fault.empty()) return refuse(fault, call, sink);

    if (consumer.own().plugin() == kHost) _isHostTold = false; // it looks now
    const auto begin = monotonicNs();
    RowCounter counter(sink);
    const auto outcome = run(consumer.own().plugin(), steps, call, begin, counter.sink());
    if (const auto took = monotonicNs() - begin; _slow.isSlow(took))
        _slow.warn({consumer.own().plugin(), steps, took, counter.rows(), outcome.status, call.requestId()});
    if (outcome.status >= 0) noteEvents(steps);
    if (outcome.status >= 0 || outcome.isBySink) return outcome.status;
    steps[outcome.step].operation->stats.fail(outcome.status);
    logFailure(outcome, *steps[outcome.step].operation, call);
    sink.problem(Problem::fromStatus(outcome.status));
    return outcome.status;
}

CallOutcome DataProvider::run(std::string_view consumer, std::span<const BoundStep> steps, const ServiceCall& call,
                              std::int64_t nowNs, const ServiceSink& sink)
{
    auto deadline = call.deadlineNs() != 0 ? call.deadlineNs() : nowNs + _timeoutNs;
    for (const auto& step : steps)
        if (const auto limit = step.operation->spec.timeoutMs; limit != 0)
            deadline = std::min(deadline, nowNs + limit * 1'000'000);
    if (deadline <= nowNs) return {ZOCO_E_DEADLINE, 0, 0, false};
    return _engine.run(consumer, steps, deadline, sink);
}

/// Wakes the host for what a plugin published, once until it looks.
void DataProvider::noteEvents(std::span<const BoundStep> steps)
{
    const auto isEvent = [](const BoundStep& step) { return step.operation->spec.isOutbox; };
    if (std::any_of(steps.begin(), steps.end(), isEvent) && !_isHostTold.exchange(true)) _tellHost();
}

/// A broken contract between plugins: their author finds it in the log.
zoco_status DataProvider::refuse(const std::string& why, const ServiceCall& call, const ServiceSink& sink) const
{
    _log.error("call refused", {{"what", why}, {"request_id", call.requestId()}});
    sink.problem(Problem::fromStatus(ZOCO_E_INVALID));
    return ZOCO_E_INVALID;
}

void DataProvider::logFailure(const CallOutcome& outcome, const Operation& operation, const ServiceCall& call) const
{
    const Log::Fields fields = {{"operation", operation.fullName},
                                {"status", outcome.status},
                                {"engine_code", outcome.engineCode},
                                {"request_id", call.requestId()}};
    if (_engine.isOutOfSpace(outcome.engineCode)) return _log.error("no space left for the database", fields);
    switch (outcome.status)
    {
    case ZOCO_E_DUPLICATE:
    case ZOCO_E_CONSTRAINT:
    case ZOCO_E_GUARD: // the consumer's business
        return _log.debug("operation refused by the data", fields);
    case ZOCO_E_DEADLINE:
    case ZOCO_E_UNAVAILABLE:
        return _log.warning("operation did not happen", fields);
    default:
        return _log.error("operation failed", fields);
    }
}

} // namespace zoco::gestorbbdd
