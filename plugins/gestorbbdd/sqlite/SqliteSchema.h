#pragma once

#include "Connection.h"
#include "engine/Engine.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace zoco::gestorbbdd
{

/// Brings one plugin's tables up to date and checks its operations against them, on a connection of role Schema.
/// One thread. Faults are texts for the operator, with file and line.
class SqliteSchema
{
public:
    SqliteSchema(Connection& connection, std::string_view plugin) : _connection(connection), _plugin(plugin) {}

    /// Creates the table of history when it is not there.
    static void prepareHistory(Connection& connection);
    /// What was applied, by plugin and version; nothing without that table.
    static std::vector<AppliedMigration> history(sqlite3* db);

    /// As Engine::migrate. Nobody else writes in this process meanwhile.
    void migrate(std::span<const Migration> migrations, std::vector<std::string>& faults);
    /// As Engine::inspect.
    std::vector<OperationFacts> inspect(std::span<const OperationSpec> operations, std::vector<std::string>& faults);

private:
    bool isApplied(const Migration& migration, std::vector<std::string>& faults);
    bool apply(const Migration& migration, std::vector<std::string>& faults);
    void runStatements(const Migration& migration);
    void checkForeignKeys();
    void writeHistory(const Migration& migration);
    OperationFacts inspectOne(const OperationSpec& operation);

    Connection& _connection;
    std::string _plugin;
};

} // namespace zoco::gestorbbdd
