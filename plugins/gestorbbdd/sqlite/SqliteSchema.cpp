#include "SqliteSchema.h"

#include "SqlPolicy.h"
#include "SqliteError.h"
#include "zoco/Value.h"

#include <algorithm>
#include <chrono>
#include <sqlite3.h>
#include <utility>

namespace zoco::gestorbbdd
{

namespace
{

/// A fault of a plugin's SQL: where and what.
struct SqlFault : std::runtime_error
{
    using std::runtime_error::runtime_error;
};

std::string place(const std::string& file, int line) { return file + ":" + std::to_string(line) + ": "; }

int linesIn(std::string_view text) { return static_cast<int>(std::count(text.begin(), text.end(), '\n')); }

/// Prepares a plugin's statement; `line` is that of the text's first character.
Statement prepare(Connection& connection, std::string_view plugin, SqlPolicy::Use use, std::string_view sql,
                  const std::string& file, int line)
{
    SqlPolicy policy(connection.raw(), plugin, use);
    const auto first = std::min(sql.find_first_not_of(" \t\r\n"), sql.size());
    try
    {
        Statement out(connection.raw(), sql);
        if (const auto refusal = policy.verdict(); !refusal.empty())
            throw SqlFault(place(file, line + linesIn(sql.substr(0, first))) + refusal);
        return out;
    }
    catch (const SqliteError& e)
    {
        const auto refusal = policy.verdict();
        const auto at = e.sqlOffset() >= 0 ? static_cast<std::size_t>(e.sqlOffset()) : first;
        throw SqlFault(place(file, line + linesIn(sql.substr(0, at))) + (refusal.empty() ? e.what() : refusal));
    }
}

/// Other statements are either not for plugins or would not run inside a transaction.
bool isQueryOrChange(std::string_view sql)
{
    std::string word;
    for (const char c : sql.substr(0, sql.find_first_of(" \t\r\n(/-")))
        word += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    constexpr std::string_view kWords[] = {"SELECT", "WITH", "VALUES", "INSERT", "REPLACE", "UPDATE", "DELETE"};
    return std::find(std::begin(kWords), std::end(kWords), word) != std::end(kWords);
}

std::int64_t wallClockUs()
{
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

} // namespace

void SqliteSchema::prepareHistory(Connection& connection)
{
    connection.execute("CREATE TABLE IF NOT EXISTS gestorbbdd_migraciones ("
                       "plugin VARCHAR(40) NOT NULL, version INT NOT NULL, nombre VARCHAR(200) NOT NULL, "
                       "suma VARCHAR(16) NOT NULL, aplicada BIGINT NOT NULL, PRIMARY KEY (plugin, version))");
}

std::vector<AppliedMigration> SqliteSchema::history(sqlite3* db)
{
    std::vector<AppliedMigration> out;
    if (!Statement(db, "SELECT 1 FROM sqlite_schema WHERE name = 'gestorbbdd_migraciones'").step()) return out;
    Statement select(db, "SELECT plugin, version, nombre, aplicada, suma FROM gestorbbdd_migraciones "
                         "ORDER BY plugin, version");
    while (select.step())
    {
        const auto row = select.row();
        out.push_back({std::string(view(row[0].as.b)), row[1].as.i, std::string(view(row[2].as.b)), row[3].as.i,
                       std::string(view(row[4].as.b))});
    }
    return out;
}

void SqliteSchema::migrate(std::span<const Migration> migrations, std::vector<std::string>& faults)
{
    for (const auto& migration : migrations)
    {
        if (isApplied(migration, faults)) continue;
        if (!faults.empty() || !apply(migration, faults)) return;
    }
}

/// Adds a fault when it was applied with another content.
bool SqliteSchema::isApplied(const Migration& migration, std::vector<std::string>& faults)
{
    Statement select(_connection.raw(), "SELECT suma FROM gestorbbdd_migraciones WHERE plugin = ? AND version = ?");
    select.bind(1, Value(_plugin));
    select.bind(2, Value(migration.version));
    if (!select.step()) return false;
    if (view(select.row()[0].as.b) == migration.checksum) return true;
    faults.push_back(migration.file +
                     ": it was applied already and has been changed since; add a new migration instead");
    return false;
}

bool SqliteSchema::apply(const Migration& migration, std::vector<std::string>& faults)
{
    try
    {
        _connection.execute("BEGIN IMMEDIATE");
        if (!isApplied(migration, faults) && faults.empty()) // another process may have been quicker
        {
            runStatements(migration);
            checkForeignKeys();
            writeHistory(migration);
        }
        if (faults.empty()) _connection.execute("COMMIT");
    }
    catch (const SqlFault& e)
    {
        faults.emplace_back(e.what());
    }
    catch (const SqliteError& e)
    {
        faults.push_back(migration.file + ": " + e.what());
    }
    if (_connection.isInTransaction()) _connection.execute("ROLLBACK");
    return faults.empty();
}

void SqliteSchema::runStatements(const Migration& migration)
{
    auto rest = migration.sql;
    int line = 1;
    while (!rest.empty())
    {
        auto statement = prepare(_connection, _plugin, SqlPolicy::Use::Migration, rest, migration.file, line);
        const auto taken = rest.substr(0, statement.consumed());
        if (statement)
        {
            try
            {
                statement.run();
            }
            catch (const SqliteError& e)
            {
                const auto first = std::min(taken.find_first_not_of(" \t\r\n"), taken.size());
                throw SqlFault(place(migration.file, line + linesIn(taken.substr(0, first))) + e.what());
            }
        }
        line += linesIn(taken);
        rest.remove_prefix(taken.size());
    }
}

void SqliteSchema::checkForeignKeys()
{
    Statement check(_connection.raw(), "PRAGMA foreign_key_check");
    if (check.step())
        throw SqliteError(SQLITE_CONSTRAINT_FOREIGNKEY, "afterwards a foreign key of the table '" +
                                                            std::string(view(check.row()[0].as.b)) +
                                                            "' would point to nothing");
}

void SqliteSchema::writeHistory(const Migration& migration)
{
    Statement insert(_connection.raw(), "INSERT INTO gestorbbdd_migraciones (plugin, version, nombre, suma, aplicada) "
                                        "VALUES (?, ?, ?, ?, ?)");
    const Value values[] = {_plugin, migration.version, migration.name, migration.checksum, wallClockUs()};
    int position = 0;
    for (const auto& value : values) insert.bind(++position, value);
    insert.run();
}

std::vector<OperationFacts> SqliteSchema::inspect(std::span<const OperationSpec> operations,
                                                  std::vector<std::string>& faults)
{
    std::vector<OperationFacts> out;
    for (const auto& operation : operations)
    {
        try
        {
            out.push_back(inspectOne(operation));
        }
        catch (const SqlFault& e)
        {
            faults.emplace_back(e.what());
        }
    }
    return out;
}

OperationFacts SqliteSchema::inspectOne(const OperationSpec& operation)
{
    OperationFacts facts;
    for (bool isFirst = true; const auto& form : operation.sql.samples())
    {
        const auto sql = operation.sql.render(form, Dialect::Sqlite);
        auto statement =
            prepare(_connection, _plugin, SqlPolicy::Use::Operation, sql.text, operation.file, operation.sqlLine);
        if (!std::exchange(isFirst, false)) continue;
        facts.isRead = statement.isRead();
        for (const auto& name : statement.columnNames()) facts.columns.emplace_back(view(name));
    }
    const auto refuse = [&](const char* why)
    { throw SqlFault(place(operation.file, operation.line) + "'" + operation.name + "' " + why); };
    if (!isQueryOrChange(operation.sql.head())) refuse("must be a SELECT, INSERT, UPDATE or DELETE");
    if (operation.returns == Returns::Affected && facts.isRead) refuse("returns affected, but its SQL changes nothing");
    if (operation.returns != Returns::Affected && facts.columns.empty())
        refuse("returns rows, but its SQL yields none (RETURNING is missing)");
    return facts;
}

} // namespace zoco::gestorbbdd
