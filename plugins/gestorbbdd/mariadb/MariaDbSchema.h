#pragma once

#include "Connection.h"
#include "SqlFence.h"
#include "engine/Engine.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace zoco::gestorbbdd::mariadb
{

/// Checks a plugin's operations against its tables. One thread. Faults are texts for the operator, with file and line.
class MariaDbSchema
{
public:
    MariaDbSchema(Connection& connection, std::string_view plugin);

    /// By which a database compares texts as bytes.
    static std::string collation(const Connection& connection);
    /// Sees that the database compares texts as bytes, and creates the tables of history. Returns why it cannot be
    /// used; empty when it can.
    static std::string prepareDatabase(Connection& connection);
    static std::vector<AppliedMigration> history(Connection& connection);
    /// With what was begun; nothing in a database that no host has prepared.
    static MigrationHistory wholeHistory(Connection& connection);

    /// As Engine::migrate.
    void migrate(std::span<const Migration> migrations, std::vector<std::string>& faults);
    /// As Engine::inspect.
    std::vector<OperationFacts> inspect(std::span<const OperationSpec> operations, std::vector<std::string>& faults);

private:
    OperationFacts inspectOne(const OperationSpec& operation, const SqlFence& fence);
    OperationFacts inspectForm(const OperationSpec& operation, const std::string& sql, const SqlFence& fence);

    Connection& _connection;
    std::string _plugin;
};

} // namespace zoco::gestorbbdd::mariadb
