#pragma once

#include "MariaDbSettings.h"
#include "Pool.h"
#include "SessionKiller.h"
#include "StepRunner.h"
#include "engine/Engine.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace zoco::gestorbbdd::mariadb
{

/// MariaDB, or MySQL by the same dialect, over the network.
class MariaDbEngine final : public Engine
{
public:
    explicit MariaDbEngine(Settings settings);
    ~MariaDbEngine() override;

    Dialect dialect() const noexcept override { return Dialect::MySql; }
    bool isOutOfSpace(int engineCode) const noexcept override
    {
        return mariadb::isOutOfSpace(static_cast<unsigned>(engineCode));
    }
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
    /// What exists while the database is open.
    struct Database
    {
        Database(DeadlineWatch& watch, const Settings& settings);

        SessionKiller killer;
        Pool primary;
        std::vector<std::unique_ptr<Pool>> replicas;
        std::atomic<std::uint32_t> nextReplica{0};
    };
    struct Call;

    const Account& migrator() const noexcept;
    Pool::Lease lease(Pool& pool, const Call& call, CallOutcome& outcome, bool mayBeLost = false);
    CallOutcome read(const Call& call);
    StepOutcome readOn(Pool& pool, const Call& call, CallOutcome& out, bool mayBeLost);
    CallOutcome readGroup(const Call& call);
    CallOutcome writeAlone(const Call& call);
    CallOutcome writeGroup(const Call& call);
    /// Once. `again`: it came to nothing and may be run again; `isLost`: since the connection was gone.
    CallOutcome tryGroup(const Call& call, std::vector<StepResult>& results, bool& again, bool& isLost);

    const Settings _settings;
    std::string _version;
    std::string _name = "mysql";
    DeadlineWatch _watch; ///< outlives every connection
    std::unique_ptr<Database> _database;
    std::atomic<std::uint64_t> _groups{0};
};

} // namespace zoco::gestorbbdd::mariadb
