#pragma once

#include "BoundStep.h"
#include "CopyWatch.h"
#include "catalogue/Migration.h"
#include "zoco/Provider.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace zoco::gestorbbdd
{

/// How a call ended.
struct CallOutcome
{
    zoco_status status = ZOCO_OK;
    std::uint32_t step = 0; ///< the one that failed
    int engineCode = 0;     ///< the engine's own error number; 0 = none
    bool isBySink = false;  ///< the caller's sink ended it
};

/// Tells the rows of a group that has succeeded, step by step.
CallOutcome replayAll(std::span<const StepResult> results, const ServiceSink& sink);

/// What operators see of an engine. Numbers since it was opened.
struct EngineState
{
    std::string name;
    std::string version;
    std::uint64_t fileBytes = 0;
    std::uint64_t walBytes = 0;
    std::uint32_t readers = 0;
    std::uint32_t busyReaders = 0;
    std::uint32_t queuedWrites = 0;
    std::uint64_t groups = 0;
    std::uint64_t commits = 0;
};

struct AppliedMigration
{
    std::string plugin;
    std::int64_t version = 0;
    std::string name;
    std::int64_t appliedUs = 0; ///< microseconds since 1970, UTC
    std::string checksum;
};

/// A migration that was stopped half-way; the next start goes on with it.
struct BegunMigration
{
    std::string plugin;
    std::int64_t version = 0;
    std::int64_t steps = 0; ///< statements that are done
};

struct MigrationHistory
{
    std::vector<AppliedMigration> applied;
    std::vector<BegunMigration> begun;
};

/// What a backup of a database came to.
struct DatabaseCopy
{
    std::uint64_t bytes = 0; ///< 0: it was cancelled, and there is nothing
    std::string engine;      ///< name and version
};

/// A database: the only part that knows which one it is. All functions are [any-thread] after `open`.
class Engine
{
public:
    virtual ~Engine() = default;

    /// Whose form of SQL it speaks.
    virtual Dialect dialect() const noexcept = 0;

    /// Whether an error number of its own says that there is no room to write.
    virtual bool isOutOfSpace(int engineCode) const noexcept = 0;

    /// Opens the database; throws ProblemException with the reason for the operator.
    virtual void open() = 0;
    /// Closes it; no call runs any more.
    virtual void close() noexcept = 0;

    /// Applies what is missing of a plugin's migrations: each once, and after a crash from where it stood. The first
    /// fault is added to `faults` ("file:line: ...") and ends it.
    virtual void migrate(std::string_view plugin, std::span<const Migration> migrations,
                         std::vector<std::string>& faults) = 0;
    /// Prepares a plugin's operations to see that they are right. One element each, when `faults` stays empty.
    virtual std::vector<OperationFacts> inspect(std::string_view plugin, std::span<const OperationSpec> operations,
                                                std::vector<std::string>& faults) = 0;

    /// Runs checked steps, all or nothing; durable when it returns ZOCO_OK. Rows of one reading step are told as they
    /// are found, all others when the whole has succeeded. `consumer`: the plugin that calls, whose share of the
    /// connections it uses. `deadlineNs`: CLOCK_MONOTONIC.
    virtual CallOutcome run(std::string_view consumer, std::span<const BoundStep> steps, std::int64_t deadlineNs,
                            const ServiceSink& sink) = 0;

    virtual EngineState state() const = 0;
    /// The history, by plugin and version; throws ProblemException.
    virtual std::vector<AppliedMigration> migrations(std::int64_t deadlineNs) = 0;
    /// All that is known of migrations, also of an engine that is not open, without changing anything; throws
    /// ProblemException. Not while it is opened or closed.
    virtual MigrationHistory history() = 0;

    /// Writes one state of the whole database to a new file while others go on; of an engine that need not be open. The
    /// file is whole and on the disk when it appears under its name. Throws ProblemException, and std::system_error
    /// (std::errc::file_exists: there is something of this name).
    virtual DatabaseCopy backUp(const std::string& target, const CopyWatch& watch) = 0;
    /// Fills an empty database from such a file; of an engine that is not open. No engine opens it until
    /// `finishRestore` with the same id; until then it may be done again, from anew. False when it was cancelled.
    /// Throws ProblemException, and std::system_error (std::errc::file_exists: there are data).
    virtual bool restore(const std::string& source, const std::string& id, const CopyWatch& watch) = 0;
    /// Nothing when it was finished there before. Throws ProblemException, also when another database is there than the
    /// one that was filled.
    virtual void finishRestore(const std::string& id) = 0;
};

} // namespace zoco::gestorbbdd
