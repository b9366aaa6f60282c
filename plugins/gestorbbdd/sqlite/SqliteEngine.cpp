#include "SqliteEngine.h"

#include "DatabaseFile.h"
#include "OnlineCopy.h"
#include "RestingHistory.h"
#include "RestoreFile.h"
#include "SqliteError.h"
#include "SqliteSchema.h"
#include "StepRunner.h"
#include "engine/MonotonicClock.h"

#include <algorithm>
#include <chrono>
#include <sqlite3.h>
#include <system_error>
#include <thread>

namespace zoco::gestorbbdd
{

namespace
{

/// How long a plugin that starts waits for other writers, in this process or another that migrates.
constexpr int kMigrationWaitMs = 30000;

[[noreturn]] void refuse(const std::string& what, const std::string& why)
{
    throw ProblemException({500, "database", "the database " + what + ": " + why, "", {}, ZOCO_E_FAILED});
}

void switchToWal(Connection& connection)
{
    Statement statement(connection.raw(), "PRAGMA journal_mode = WAL");
    if (!statement.step() || view(statement.row()[0].as.b) != "wal")
        throw SqliteError(SQLITE_ERROR, "it cannot keep a write-ahead log where it lies (a network folder?)");
}

} // namespace

SqliteEngine::Database::Database(const SqliteSettings& settings, int busyMs)
    : writer(settings.path, Connection::Role::Writer, busyMs),
      lane(writer, settings.waitMs * 1'000'000),
      readers(settings.path, settings.readers, busyMs, settings.mapBytes)
{
    switchToWal(writer);
    SqliteSchema::prepareHistory(writer);
}

SqliteEngine::SqliteEngine(SqliteSettings settings) : _settings(std::move(settings)) {}

SqliteEngine::~SqliteEngine() = default;

bool SqliteEngine::isOutOfSpace(int engineCode) const noexcept { return engineCode == SQLITE_FULL; }

void SqliteEngine::open()
{
    try
    {
        createDatabaseFile(_settings.path);
        const auto until = monotonicNs() + std::int64_t{kMigrationWaitMs} * 1'000'000;
        while (!tryOpen(until)) std::this_thread::sleep_for(std::chrono::milliseconds(5));
        if (unfinishedRestore(_database->writer.raw()).empty()) return;
        close();
        refuse(_settings.path + " cannot be used", "a restore was not finished: run zoco restore again");
    }
    catch (const std::system_error& e)
    {
        refuse(_settings.path + " cannot be created", e.code().message());
    }
    catch (const SqliteError& e)
    {
        refuse(_settings.path + " cannot be opened", e.what());
    }
}

/// False when another process holds the file just now. Changing the journal's mode does not wait for it by itself: two
/// that start at once would wait for each other, so SQLite tells one of them "busy" at once.
bool SqliteEngine::tryOpen(std::int64_t untilNs)
{
    try
    {
        _database = std::make_unique<Database>(_settings, busyMs());
        return true;
    }
    catch (const SqliteError& e)
    {
        if ((e.code() & 0xff) != SQLITE_BUSY || monotonicNs() > untilNs) throw;
        return false;
    }
}

void SqliteEngine::close() noexcept { _database.reset(); }

void SqliteEngine::migrate(std::string_view plugin, std::span<const Migration> migrations,
                           std::vector<std::string>& faults)
{
    const auto turn = _database->lane.pause(monotonicNs() + std::int64_t{kMigrationWaitMs} * 1'000'000);
    if (!turn) return faults.push_back("other plugins keep the database busy; its migrations did not run");
    try
    {
        Connection connection(_settings.path, Connection::Role::Schema, kMigrationWaitMs);
        SqliteSchema(connection, plugin).migrate(migrations, faults);
    }
    catch (const SqliteError& e)
    {
        faults.push_back(std::string("its migrations cannot run: ") + e.what());
    }
}

std::vector<OperationFacts> SqliteEngine::inspect(std::string_view plugin, std::span<const OperationSpec> operations,
                                                  std::vector<std::string>& faults)
{
    try
    {
        Connection connection(_settings.path, Connection::Role::Schema, busyMs());
        return SqliteSchema(connection, plugin).inspect(operations, faults);
    }
    catch (const SqliteError& e)
    {
        faults.push_back(std::string("its operations cannot be prepared: ") + e.what());
        return {};
    }
}

CallOutcome SqliteEngine::run(std::string_view consumer, std::span<const BoundStep> steps, std::int64_t deadlineNs,
                              const ServiceSink& sink)
{
    const auto reads = [](const BoundStep& step) { return step.operation->facts.isRead; };
    if (!std::all_of(steps.begin(), steps.end(), reads)) return write(steps, deadlineNs, sink);
    return steps.size() == 1 ? read(consumer, steps.front(), deadlineNs, sink)
                             : readGroup(consumer, steps, deadlineNs, sink);
}

/// Empty when there was none in time, or it could not be opened; `outcome` then says which.
ReaderPool::Lease SqliteEngine::reader(std::string_view consumer, std::int64_t deadlineNs, CallOutcome& outcome)
{
    const auto until = std::min(deadlineNs, monotonicNs() + _settings.waitMs * 1'000'000);
    try
    {
        auto lease = _database->readers.acquire(consumer, until);
        if (lease)
            lease->setDeadline(deadlineNs);
        else
            outcome.status = until == deadlineNs ? ZOCO_E_DEADLINE : ZOCO_E_UNAVAILABLE;
        return lease;
    }
    catch (const SqliteError& e)
    {
        outcome = {statusOf(e.code()), 0, e.code(), false};
        return {};
    }
}

CallOutcome SqliteEngine::read(std::string_view consumer, const BoundStep& step, std::int64_t deadlineNs,
                               const ServiceSink& sink)
{
    CallOutcome out;
    const auto lease = reader(consumer, deadlineNs, out);
    if (!lease) return out;
    SinkTarget target(sink, 0);
    const auto outcome = runStep(*lease, step, {}, target);
    if (outcome.status >= 0) sink.done(0, 0);
    return {outcome.status, 0, outcome.engineCode, outcome.isBySink};
}

namespace
{

/// One snapshot for several reads; ends it in any case.
class Snapshot
{
public:
    explicit Snapshot(Connection& connection) : _connection(connection) { _connection.executeKept("BEGIN"); }
    ~Snapshot()
    {
        _connection.setDeadline(kNoDeadline);
        if (_connection.isInTransaction()) sqlite3_exec(_connection.raw(), "ROLLBACK", nullptr, nullptr, nullptr);
    }
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;

private:
    Connection& _connection;
};

} // namespace

CallOutcome SqliteEngine::readGroup(std::string_view consumer, std::span<const BoundStep> steps,
                                    std::int64_t deadlineNs, const ServiceSink& sink)
{
    std::vector<StepResult> results;
    {
        CallOutcome out;
        const auto lease = reader(consumer, deadlineNs, out);
        if (!lease) return out;
        const Snapshot snapshot(*lease);
        out = runSteps(*lease, steps, results);
        if (out.status < 0) return out;
    }
    return replayAll(results, sink);
}

CallOutcome SqliteEngine::write(std::span<const BoundStep> steps, std::int64_t deadlineNs, const ServiceSink& sink)
{
    std::vector<StepResult> results;
    const auto out = _database->lane.run(steps, deadlineNs, results);
    return out.status < 0 ? out : replayAll(results, sink);
}

EngineState SqliteEngine::state() const
{
    EngineState out;
    out.name = "sqlite";
    out.version = sqlite3_libversion();
    out.fileBytes = sizeOfFile(_settings.path);
    out.walBytes = sizeOfFile(_settings.path + "-wal");
    out.readers = _database->readers.size();
    out.busyReaders = _database->readers.busy();
    out.queuedWrites = _database->lane.queued();
    out.groups = _database->lane.groups();
    out.commits = _database->lane.commits();
    return out;
}

std::vector<AppliedMigration> SqliteEngine::migrations(std::int64_t deadlineNs)
{
    CallOutcome outcome;
    const auto lease = reader("gestorbbdd", deadlineNs, outcome);
    if (!lease) throw ProblemException(Problem::fromStatus(outcome.status));
    return SqliteSchema::history(lease->raw());
}

MigrationHistory SqliteEngine::history()
{
    try
    {
        const auto deadline = monotonicNs() + std::int64_t{kMigrationWaitMs} * 1'000'000;
        return {_database ? migrations(deadline) : historyAtRest(_settings.path), {}};
    }
    catch (const std::system_error& e)
    {
        refuse(_settings.path + " cannot be copied to look into it", e.code().message());
    }
    catch (const SqliteError& e)
    {
        refuse(_settings.path + " cannot be read", e.what());
    }
}

DatabaseCopy SqliteEngine::backUp(const std::string& target, const CopyWatch& watch)
{
    try
    {
        return {copyDatabase(_settings.path, target, watch), std::string("sqlite ") + sqlite3_libversion()};
    }
    catch (const SqliteError& e)
    {
        refuse(_settings.path + " cannot be copied", e.what());
    }
}

bool SqliteEngine::restore(const std::string& source, const std::string& id, const CopyWatch& watch)
{
    if (_database) refuse(_settings.path + " cannot be restored", "it is in use");
    try
    {
        return restoreFile(source, _settings.path, id, watch);
    }
    catch (const SqliteError& e)
    {
        refuse(_settings.path + " cannot be restored", e.what());
    }
}

void SqliteEngine::finishRestore(const std::string& id)
{
    try
    {
        finishRestoredFile(_settings.path, id);
    }
    catch (const SqliteError& e)
    {
        refuse(_settings.path + " cannot be restored", e.what());
    }
}

} // namespace zoco::gestorbbdd
