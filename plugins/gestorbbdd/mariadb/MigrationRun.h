#pragma once

#include "Connection.h"
#include "MigrationLock.h"
#include "SqlFence.h"
#include "catalogue/Migration.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace zoco::gestorbbdd::mariadb
{

/// A fault of a plugin's SQL: where and what.
struct SqlFault : std::runtime_error
{
    using std::runtime_error::runtime_error;
};

/// "file:line: "
std::string placeOf(const std::string& file, int line);
/// Where in a text an error of the server lies, counted from 0, as well as its words tell.
int lineOf(const MariaDbError& error, std::span<const Token> tokens);

/// Applies one plugin's migrations. A change of the schema cannot be undone here, so each statement is a step with a
/// row of its own (`gestorbbdd_pasos`): written as begun before, as done after. What was stopped half-way goes on where
/// it stood. While it lives, no other node migrates the same database. One thread.
class MigrationRun
{
public:
    /// Waits for other nodes; throws MariaDbError when they take too long.
    MigrationRun(Connection& connection, std::string_view plugin, const SqlFence& fence);
    MigrationRun(const MigrationRun&) = delete;
    MigrationRun& operator=(const MigrationRun&) = delete;

    /// Whether it ran already; throws SqlFault when it has been changed since.
    static bool isApplied(Connection& connection, std::string_view plugin, const Migration& migration);
    /// Throws SqlFault and MariaDbError.
    void apply(const Migration& migration);

private:
    struct Step
    {
        std::string sql;
        std::vector<Token> tokens; ///< lines count within the file
        SqlFence::Kind kind = SqlFence::Kind::Change;
    };

    std::vector<Step> stepsOf(const Migration& migration) const;
    void run(const Migration& migration, const std::string& number, const Step& step);
    void runChange(const Step& step, const Migration& migration, const std::string& number);
    void runSchema(const Step& step, const Migration& migration, const std::string& number, bool wasBegun);
    void note(const Migration& migration, const std::string& number, const Step& step, bool isDone);

    const MigrationLock _lock;
    Connection& _connection;
    const std::string _plugin;
    const SqlFence& _fence;
};

} // namespace zoco::gestorbbdd::mariadb
