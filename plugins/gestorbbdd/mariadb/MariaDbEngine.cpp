#include "MariaDbEngine.h"

#include "DatabaseDump.h"
#include "DatabaseLoad.h"
#include "MariaDbSchema.h"
#include "Transaction.h"
#include "zoco/Problem.h"

#include <algorithm>
#include <mysql.h>
#include <random>
#include <thread>

namespace zoco::gestorbbdd::mariadb
{

namespace
{

/// How long a plugin that starts waits for other nodes that migrate, and for its statements.
constexpr std::int64_t kMigrationNs = 60'000'000'000;
/// How often a group is run again that lost against others.
constexpr int kMaxConflicts = 50;

[[noreturn]] void refuse(const std::string& why)
{
    throw ProblemException({500, "database", "the database: " + why, "", {}, ZOCO_E_FAILED});
}

CallOutcome outcomeOf(const StepOutcome& step, std::uint32_t number = 0) noexcept
{
    return {step.status, number, static_cast<int>(step.engineCode), step.isBySink};
}

/// Waits a little, longer each time and never the same, so that those who met do not meet again. False when the
/// deadline would pass.
bool pauseAfter(int conflicts, std::int64_t deadlineNs)
{
    std::minstd_rand random(static_cast<unsigned>(monotonicNs() ^ reinterpret_cast<std::intptr_t>(&conflicts)));
    const std::int64_t most = 1'000'000LL << std::min(conflicts, 6);
    const auto pause = std::uniform_int_distribution<std::int64_t>(most / 4, most)(random);
    if (monotonicNs() + pause >= deadlineNs) return false;
    std::this_thread::sleep_for(std::chrono::nanoseconds(pause));
    return true;
}

} // namespace

struct MariaDbEngine::Call
{
    std::string_view consumer;
    std::span<const BoundStep> steps;
    std::int64_t deadlineNs;
    const ServiceSink& sink;
};

MariaDbEngine::Database::Database(DeadlineWatch& watch, const Settings& settings)
    : killer(watch, settings), primary(watch, settings, settings.primary, killer)
{
    for (const auto& replica : settings.replicas)
        replicas.push_back(std::make_unique<Pool>(watch, settings, replica, killer));
}

MariaDbEngine::MariaDbEngine(Settings settings) : _settings(std::move(settings)) {}

MariaDbEngine::~MariaDbEngine() = default;

const Account& MariaDbEngine::migrator() const noexcept
{
    return _settings.migrating.user.empty() ? _settings.running : _settings.migrating;
}

void MariaDbEngine::open()
{
    mysql_library_init(0, nullptr, nullptr); // before any other thread uses it
    try
    {
        const auto deadline = monotonicNs() + kMigrationNs;
        Connection connection(_watch, _settings, _settings.primary, migrator(), deadline);
        _version = connection.serverVersion();
        if (connection.isMariaDb()) _name = "mariadb";
        if (const auto fault = MariaDbSchema::prepareDatabase(connection); !fault.empty()) refuse(fault);
        const Connection running(_watch, _settings, _settings.primary, _settings.running, deadline);
        _database = std::make_unique<Database>(_watch, _settings);
    }
    catch (const MariaDbError& e)
    {
        refuse(e.what());
    }
}

void MariaDbEngine::close() noexcept { _database.reset(); }

void MariaDbEngine::migrate(std::string_view plugin, std::span<const Migration> migrations,
                            std::vector<std::string>& faults)
{
    try
    {
        Connection connection(_watch, _settings, _settings.primary, migrator(), monotonicNs() + kMigrationNs);
        MariaDbSchema(connection, plugin).migrate(migrations, faults);
    }
    catch (const MariaDbError& e)
    {
        faults.push_back(std::string("its migrations cannot run: ") + e.what());
    }
}

std::vector<OperationFacts> MariaDbEngine::inspect(std::string_view plugin, std::span<const OperationSpec> operations,
                                                   std::vector<std::string>& faults)
{
    try
    {
        Connection connection(_watch, _settings, _settings.primary, _settings.running, monotonicNs() + kMigrationNs);
        return MariaDbSchema(connection, plugin).inspect(operations, faults);
    }
    catch (const MariaDbError& e)
    {
        faults.push_back(std::string("its operations cannot be prepared: ") + e.what());
        return {};
    }
}

CallOutcome MariaDbEngine::run(std::string_view consumer, std::span<const BoundStep> steps, std::int64_t deadlineNs,
                               const ServiceSink& sink)
{
    const Call call{consumer, steps, deadlineNs, sink};
    const auto reads = [](const BoundStep& step) { return step.operation->facts.isRead; };
    if (std::all_of(steps.begin(), steps.end(), reads)) return steps.size() == 1 ? read(call) : readGroup(call);
    // One statement is a transaction of its own, unless what it did may have to be undone.
    const auto& first = steps.front();
    const bool isAlone =
        steps.size() == 1 && first.expectRows < 0 && first.operation->spec.returns == Returns::Affected;
    return isAlone ? writeAlone(call) : writeGroup(call);
}

/// Empty when there was none in time, or it could not be opened; `outcome` then says which.
Pool::Lease MariaDbEngine::lease(Pool& pool, const Call& call, CallOutcome& outcome, bool mayBeLost)
{
    const auto now = monotonicNs();
    const auto until = std::min(call.deadlineNs, now + _settings.waitMs * 1'000'000);
    try
    {
        auto out = pool.acquire({call.consumer, now, until, call.deadlineNs, mayBeLost});
        if (!out) outcome.status = until == call.deadlineNs ? ZOCO_E_DEADLINE : ZOCO_E_UNAVAILABLE;
        return out;
    }
    catch (const DeadlinePassed&)
    {
        outcome.status = ZOCO_E_DEADLINE;
    }
    catch (const MariaDbError& e)
    {
        outcome = {ZOCO_E_UNAVAILABLE, 0, static_cast<int>(e.code()), false};
    }
    return {};
}

CallOutcome MariaDbEngine::read(const Call& call)
{
    CallOutcome out;
    if (call.steps.front().operation->spec.mayReadReplica && !_database->replicas.empty())
    {
        const auto turn = _database->nextReplica.fetch_add(1, std::memory_order_relaxed);
        const auto outcome = readOn(*_database->replicas[turn % _database->replicas.size()], call, out, true);
        const bool isUnavailable = out.status == ZOCO_E_UNAVAILABLE || isLost(outcome.engineCode);
        if (!isUnavailable || outcome.hasToldRows || outcome.isBySink) return out;
    }
    const auto first = readOn(_database->primary, call, out, true);
    if (isLost(first.engineCode) && !first.hasToldRows) (void)readOn(_database->primary, call, out, false);
    return out;
}

StepOutcome MariaDbEngine::readOn(Pool& pool, const Call& call, CallOutcome& out, bool mayBeLost)
{
    out = {};
    const auto connection = lease(pool, call, out, mayBeLost);
    if (!connection) return {};
    SinkTarget target(call.sink, 0);
    const auto outcome = runStep(*connection, call.steps.front(), {}, target);
    if (outcome.status >= 0) call.sink.done(0, 0);
    out = outcomeOf(outcome);
    return outcome;
}

CallOutcome MariaDbEngine::readGroup(const Call& call)
{
    for (int attempt = 0;; ++attempt)
    {
        std::vector<StepResult> results;
        CallOutcome out;
        {
            const auto connection = lease(_database->primary, call, out);
            if (!connection) return out;
            try
            {
                const Transaction snapshot(*connection, Transaction::Kind::Snapshot);
                const auto ran = runSteps(*connection, call.steps, results);
                out = outcomeOf(ran.last, ran.step);
            }
            catch (const DeadlinePassed&)
            {
                out.status = ZOCO_E_DEADLINE;
            }
            catch (const MariaDbError& e)
            {
                out = {statusOf(e.code()), 0, static_cast<int>(e.code()), false};
            }
        }
        if (out.status >= 0) return replayAll(results, call.sink);
        if (attempt > 0 || !isLost(static_cast<unsigned>(out.engineCode))) return out;
    }
}

CallOutcome MariaDbEngine::writeAlone(const Call& call)
{
    for (int conflicts = 0, lost = 0;;)
    {
        std::vector<StepResult> results;
        CallOutcome out;
        StepOutcome ran;
        {
            const auto connection = lease(_database->primary, call, out);
            if (!connection) return out;
            ran = runStep(*connection, call.steps.front(), {}, results.emplace_back());
            out = outcomeOf(ran);
        }
        if (ran.status >= 0)
        {
            _groups.fetch_add(1, std::memory_order_relaxed);
            results.front().setAffected(ran.affected);
            return replayAll(results, call.sink);
        }
        if (isConflict(ran.engineCode))
        {
            if (++conflicts > kMaxConflicts || !pauseAfter(conflicts, call.deadlineNs)) return out;
            continue;
        }
        if (isNotSent(ran.engineCode) && ++lost == 1) continue;
        // The server had it, and nobody knows what became of it.
        if (ran.isPastDeadline || (isLost(ran.engineCode) && !isNotSent(ran.engineCode)))
            out.status = ZOCO_E_UNKNOWN_OUTCOME;
        return out;
    }
}

CallOutcome MariaDbEngine::writeGroup(const Call& call)
{
    std::vector<StepResult> results;
    for (int conflicts = 0, lost = 0;;)
    {
        bool again = false;
        bool wasLost = false;
        const auto out = tryGroup(call, results, again, wasLost);
        if (out.status >= 0)
        {
            _groups.fetch_add(1, std::memory_order_relaxed);
            return replayAll(results, call.sink);
        }
        if (!again) return out;
        if (wasLost)
        {
            if (++lost > 1) return out;
        }
        else if (++conflicts > kMaxConflicts || !pauseAfter(conflicts, call.deadlineNs))
            return out;
    }
}

CallOutcome MariaDbEngine::tryGroup(const Call& call, std::vector<StepResult>& results, bool& again, bool& wasLost)
{
    CallOutcome out;
    const auto connection = lease(_database->primary, call, out);
    if (!connection) return out;
    bool isCommitting = false;
    try
    {
        auto* together = connection->groups().find(call.steps);
        Transaction transaction(*connection,
                                together != nullptr ? Transaction::Kind::ByStatement : Transaction::Kind::Writing);
        auto ran =
            together != nullptr ? together->run(call.steps, results) : runSteps(*connection, call.steps, results);
        if (together != nullptr && ran.last.status == ZOCO_E_FAILED && !connection->isBroken())
        {
            connection->groups().forget(call.steps); // what may fail only so, as after a change of the schema
            transaction.beginAgain();
            ran = runSteps(*connection, call.steps, results);
        }
        out = outcomeOf(ran.last, ran.step);
        if (out.status >= 0)
        {
            isCommitting = true;
            transaction.commit();
        }
    }
    catch (const DeadlinePassed&)
    {
        out.status = isCommitting && connection->isAbandoned() ? ZOCO_E_UNKNOWN_OUTCOME : ZOCO_E_DEADLINE;
        return out;
    }
    catch (const MariaDbError& e)
    {
        const auto status = isCommitting && isLost(e.code()) && !isNotSent(e.code())
                                ? zoco_status{ZOCO_E_UNKNOWN_OUTCOME}
                                : statusOf(e.code());
        out = {status, 0, static_cast<int>(e.code()), false};
    }
    wasLost = isLost(static_cast<unsigned>(out.engineCode));
    again = out.status == ZOCO_E_UNAVAILABLE && (wasLost || isConflict(static_cast<unsigned>(out.engineCode)));
    return out;
}

EngineState MariaDbEngine::state() const
{
    EngineState out;
    out.name = _name;
    out.version = _version;
    out.readers = _database->primary.size();
    out.busyReaders = _database->primary.busy();
    out.queuedWrites = _database->primary.waiting();
    out.groups = out.commits = _groups.load(std::memory_order_relaxed);
    return out;
}

std::vector<AppliedMigration> MariaDbEngine::migrations(std::int64_t deadlineNs)
{
    CallOutcome outcome;
    const ServiceSink sink(nullptr);
    const auto connection = lease(_database->primary, {"gestorbbdd", {}, deadlineNs, sink}, outcome);
    if (!connection) throw ProblemException(Problem::fromStatus(outcome.status));
    try
    {
        return MariaDbSchema::history(*connection);
    }
    catch (const MariaDbError& e)
    {
        throw ProblemException(Problem::fromStatus(statusOf(e.code())));
    }
}

MigrationHistory MariaDbEngine::history()
{
    mysql_library_init(0, nullptr, nullptr);
    try
    {
        Connection connection(_watch, _settings, _settings.primary, _settings.running, monotonicNs() + kMigrationNs);
        const Transaction reading(connection, Transaction::Kind::Snapshot);
        return MariaDbSchema::wholeHistory(connection);
    }
    catch (const MariaDbError& e)
    {
        refuse(e.what());
    }
}

DatabaseCopy MariaDbEngine::backUp(const std::string& target, const CopyWatch& watch)
{
    mysql_library_init(0, nullptr, nullptr);
    try
    {
        Connection connection(_watch, _settings, _settings.primary, migrator(), monotonicNs() + kMigrationNs);
        return {dumpDatabase(connection, target, watch), "mariadb " + connection.serverVersion()};
    }
    catch (const MariaDbError& e)
    {
        refuse(e.what());
    }
}

bool MariaDbEngine::restore(const std::string& source, const std::string& id, const CopyWatch& watch)
{
    if (_database) refuse("it is in use");
    mysql_library_init(0, nullptr, nullptr);
    try
    {
        Connection connection(_watch, _settings, _settings.primary, migrator(), monotonicNs() + kMigrationNs);
        return loadDatabase(connection, source, id, watch);
    }
    catch (const MariaDbError& e)
    {
        refuse(e.what());
    }
}

void MariaDbEngine::finishRestore(const std::string& id)
{
    mysql_library_init(0, nullptr, nullptr);
    try
    {
        Connection connection(_watch, _settings, _settings.primary, migrator(), monotonicNs() + kMigrationNs);
        finishLoadedDatabase(connection, id);
    }
    catch (const MariaDbError& e)
    {
        refuse(e.what());
    }
}

} // namespace zoco::gestorbbdd::mariadb
