#include "MariaDbSchema.h"

#include "DatabaseLoad.h"
#include "MigrationRun.h"
#include "Query.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <utility>

namespace zoco::gestorbbdd::mariadb
{

namespace
{

std::set<std::string> namesOf(Connection& connection, std::string_view sql)
{
    std::set<std::string> out;
    for (const auto& row : query(connection, sql)) out.insert(lowered(row[0]));
    return out;
}

Surroundings lookAround(Connection& connection)
{
    Surroundings out;
    out.tables =
        namesOf(connection, "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()");
    out.schemas = namesOf(connection, "SELECT SCHEMA_NAME FROM information_schema.SCHEMATA");
    out.routines = namesOf(connection, "SELECT ROUTINE_NAME FROM information_schema.ROUTINES");
    out.database = lowered(query(connection, "SELECT DATABASE()").at(0)[0]);
    return out;
}

/// The server tells of a write's rows only when it runs it, so what stands behind RETURNING is prepared as a query.
/// Empty when there is no RETURNING.
std::string asQuery(const std::string& sql, const std::vector<Token>& tokens)
{
    const auto is = [](std::string_view word) { return [word](const Token& t) { return keyword(t) == word; }; };
    const auto returning = std::find_if(tokens.rbegin(), tokens.rend(), is("RETURNING"));
    const bool isDelete = !tokens.empty() && keyword(tokens.front()) == "DELETE";
    const auto table = std::find_if(tokens.begin(), tokens.end(), is(isDelete ? "FROM" : "INTO"));
    if (returning == tokens.rend() || table == tokens.end() || table + 1 == tokens.end()) return {};
    return "SELECT " + sql.substr(returning->end) + " FROM " + (table + 1)->text;
}

[[noreturn]] void refuse(const OperationSpec& operation, int line, const std::string& why)
{
    throw SqlFault(placeOf(operation.file, line) + why);
}

} // namespace

MariaDbSchema::MariaDbSchema(Connection& connection, std::string_view plugin) : _connection(connection), _plugin(plugin)
{
}

std::string MariaDbSchema::collation(const Connection& connection)
{
    return connection.isMariaDb() ? "utf8mb4_nopad_bin" : "utf8mb4_0900_bin";
}

std::string MariaDbSchema::prepareDatabase(Connection& connection)
{
    // Hosts that start together take turns; the lock ends with the connection.
    const auto lock = query(connection, "SELECT GET_LOCK(CONCAT('zoco_pre_', MD5(DATABASE())), 30)");
    if (lock.empty() || lock[0][0] != "1") return "another host prepares it and does not come to an end";
    const auto wanted = collation(connection);
    if (!unfinishedRestore(connection).empty()) return "a restore was not finished: run zoco restore again";
    const auto found = query(connection, "SELECT s.SCHEMA_NAME, s.DEFAULT_COLLATION_NAME, (SELECT COUNT(*) FROM "
                                         "information_schema.TABLES t WHERE t.TABLE_SCHEMA = s.SCHEMA_NAME) FROM "
                                         "information_schema.SCHEMATA s WHERE s.SCHEMA_NAME = DATABASE()");
    if (found.empty()) return "it cannot be seen by this account";
    const auto& database = found[0];
    const auto change = "ALTER DATABASE `" + database[0] + "` CHARACTER SET utf8mb4 COLLATE " + wanted;
    if (database[1] != wanted && database[2] != "0")
        return "texts in '" + database[0] + "' are compared by " + database[1] + " and must be compared by " + wanted +
               ", so that the shop finds the same things on every engine; convert its tables, then: " + change;
    if (database[1] != wanted) connection.execute(change);
    connection.execute("CREATE TABLE IF NOT EXISTS gestorbbdd_migraciones ("
                       "plugin VARCHAR(40) NOT NULL, version INT NOT NULL, nombre VARCHAR(200) NOT NULL, "
                       "suma VARCHAR(16) NOT NULL, aplicada BIGINT NOT NULL, PRIMARY KEY (plugin, version))");
    connection.execute("CREATE TABLE IF NOT EXISTS gestorbbdd_pasos ("
                       "plugin VARCHAR(40) NOT NULL, version INT NOT NULL, paso INT NOT NULL, suma VARCHAR(16) NOT "
                       "NULL, empezado BIGINT NOT NULL, hecho BIGINT, PRIMARY KEY (plugin, version, paso))");
    return {};
}

std::vector<AppliedMigration> MariaDbSchema::history(Connection& connection)
{
    std::vector<AppliedMigration> out;
    for (const auto& row :
         query(connection, "SELECT plugin, version, nombre, aplicada, suma FROM gestorbbdd_migraciones "
                           "ORDER BY plugin, version"))
        out.push_back({row[0], std::atoll(row[1].c_str()), row[2], std::atoll(row[3].c_str()), row[4]});
    return out;
}

MigrationHistory MariaDbSchema::wholeHistory(Connection& connection)
{
    MigrationHistory out;
    const auto tables =
        namesOf(connection, "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = "
                            "DATABASE() AND TABLE_NAME IN ('gestorbbdd_migraciones', 'gestorbbdd_pasos')");
    if (tables.contains("gestorbbdd_migraciones")) out.applied = history(connection);
    if (!tables.contains("gestorbbdd_pasos")) return out;
    for (const auto& row : query(connection, "SELECT plugin, version, COUNT(hecho) FROM gestorbbdd_pasos "
                                             "GROUP BY plugin, version ORDER BY plugin, version"))
        out.begun.push_back({row[0], std::atoll(row[1].c_str()), std::atoll(row[2].c_str())});
    return out;
}

void MariaDbSchema::migrate(std::span<const Migration> migrations, std::vector<std::string>& faults)
{
    try
    {
        const auto isApplied = [&](const Migration& m) { return MigrationRun::isApplied(_connection, _plugin, m); };
        if (std::all_of(migrations.begin(), migrations.end(), isApplied)) return;
        const auto around = lookAround(_connection);
        const SqlFence fence(_plugin, around);
        MigrationRun run(_connection, _plugin, fence);
        for (const auto& migration : migrations)
            if (!isApplied(migration)) run.apply(migration); // another node may have been quicker
    }
    catch (const SqlFault& e)
    {
        faults.emplace_back(e.what());
    }
}

std::vector<OperationFacts> MariaDbSchema::inspect(std::span<const OperationSpec> operations,
                                                   std::vector<std::string>& faults)
{
    const auto around = lookAround(_connection);
    const SqlFence fence(_plugin, around);
    std::vector<OperationFacts> out;
    for (const auto& operation : operations)
    {
        try
        {
            out.push_back(inspectOne(operation, fence));
        }
        catch (const SqlFault& e)
        {
            faults.emplace_back(e.what());
        }
    }
    return out;
}

OperationFacts MariaDbSchema::inspectOne(const OperationSpec& operation, const SqlFence& fence)
{
    OperationFacts facts;
    for (bool isFirst = true; const auto& form : operation.sql.samples())
    {
        auto found = inspectForm(operation, operation.sql.render(form, Dialect::MySql).text, fence);
        if (std::exchange(isFirst, false)) facts = std::move(found);
    }
    const auto name = "'" + operation.name + "' ";
    if (operation.returns == Returns::Affected && facts.isRead)
        refuse(operation, operation.line, name + "returns affected, but its SQL changes nothing");
    if (operation.returns != Returns::Affected && facts.columns.empty())
        refuse(operation, operation.line, name + "returns rows, but its SQL yields none (RETURNING is missing)");
    return facts;
}

OperationFacts MariaDbSchema::inspectForm(const OperationSpec& operation, const std::string& sql, const SqlFence& fence)
{
    const auto lexed = lexSql(sql);
    const auto verdict = fence.operation(lexed);
    if (!verdict.refusal.empty()) refuse(operation, operation.sqlLine + verdict.line, verdict.refusal);
    OperationFacts facts;
    facts.isRead = verdict.kind == SqlFence::Kind::Read;
    try
    {
        const auto whole = _connection.prepare(sql);
        const auto rows = facts.isRead ? std::string() : asQuery(sql, lexed.tokens);
        const auto query = rows.empty() ? std::nullopt : std::optional<Statement>(_connection.prepare(rows));
        const auto& yields = query ? *query : whole;
        for (const auto& name : yields.columnNames()) facts.columns.emplace_back(view(name));
        if (const auto fault = yields.columnFault(); !fault.empty()) refuse(operation, operation.line, fault);
    }
    catch (const MariaDbError& e)
    {
        refuse(operation, operation.sqlLine + lineOf(e, lexed.tokens), e.what());
    }
    return facts;
}

} // namespace zoco::gestorbbdd::mariadb
