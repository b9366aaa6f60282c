#pragma once

#include "ReaderPool.h"
#include "WriterLane.h"
#include "engine/Engine.h"

#include <cstdint>
#include <memory>
#include <string>

namespace zoco::gestorbbdd
{

struct SqliteSettings
{
    std::string path;
    std::uint32_t readers = 4;
    std::int64_t mapBytes = 0;  ///< of the file, that each of them maps
    std::int64_t waitMs = 2000; ///< for a connection, or for another process that writes
};

/// SQLite: WAL, synchronous FULL, one connection that writes and a pool of those that read.
class SqliteEngine final : public Engine
{
public:
    explicit SqliteEngine(SqliteSettings settings);
    ~SqliteEngine() override;

    Dialect dialect() const noexcept override { return Dialect::Sqlite; }
    bool isOutOfSpace(int engineCode) const noexcept override;
    void open() override;
    void close() noexcept override;
    void migrate(std::string_view plugin, std::span<const Migration> migrations,
                 std::vector<std::string>& faults) override;
    std::vector<OperationFacts> inspect(std::string_view plugin, std::span<const OperationSpec> operations,
                                        std::vector<std::string>& faults) override;
    CallOutcome run(std::string_view consumer, std::span<const BoundStep> steps, std::int64_t deadlineNs,
                    const ServiceSink& sink) override;
    EngineState state() const override;
    std::vector<AppliedMigration> migrations(std::int64_t deadlineNs) override;
    MigrationHistory history() override;
    DatabaseCopy backUp(const std::string& target, const CopyWatch& watch) override;
    bool restore(const std::string& source, const std::string& id, const CopyWatch& watch) override;
    void finishRestore(const std::string& id) override;

private:
    bool tryOpen(std::int64_t untilNs);
    /// What exists while the database is open.
    struct Database
    {
        Database(const SqliteSettings& settings, int busyMs);

        Connection writer;
        WriterLane lane;
        ReaderPool readers;
    };

    int busyMs() const noexcept { return static_cast<int>(_settings.waitMs); }
    ReaderPool::Lease reader(std::string_view consumer, std::int64_t deadlineNs, CallOutcome& outcome);
    CallOutcome read(std::string_view consumer, const BoundStep& step, std::int64_t deadlineNs,
                     const ServiceSink& sink);
    CallOutcome readGroup(std::string_view consumer, std::span<const BoundStep> steps, std::int64_t deadlineNs,
                          const ServiceSink& sink);
    CallOutcome write(std::span<const BoundStep> steps, std::int64_t deadlineNs, const ServiceSink& sink);

    const SqliteSettings _settings;
    std::unique_ptr<Database> _database;
};

} // namespace zoco::gestorbbdd
