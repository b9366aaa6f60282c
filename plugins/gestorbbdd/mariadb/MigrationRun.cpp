#include "MigrationRun.h"

#include "Query.h"
#include "Transaction.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>

namespace zoco::gestorbbdd::mariadb
{

namespace
{

std::string nowUs()
{
    return std::to_string(
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
            .count());
}

/// Where a statement ends: at ';', but for a trigger with BEGIN and END only behind those.
std::size_t endOfStatement(std::span<const Token> tokens)
{
    const auto head = tokens.subspan(0, std::min<std::size_t>(tokens.size(), 4));
    const bool isTrigger =
        std::any_of(head.begin(), head.end(), [](const Token& t) { return keyword(t) == "TRIGGER"; });
    int depth = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i)
    {
        if (depth <= 0 && tokens[i].isSign(';')) return i;
        if (!isTrigger) continue;
        const auto word = keyword(tokens[i]);
        const auto next = i + 1 < tokens.size() ? keyword(tokens[i + 1]) : std::string();
        const bool isEndOfPart = next == "IF" || next == "LOOP" || next == "WHILE" || next == "REPEAT";
        if (word == "BEGIN" || (word == "CASE" && (i == 0 || keyword(tokens[i - 1]) != "END"))) ++depth;
        if (word == "END" && !isEndOfPart) --depth;
    }
    return tokens.size();
}

} // namespace

std::string placeOf(const std::string& file, int line) { return file + ":" + std::to_string(line) + ": "; }

int lineOf(const MariaDbError& error, std::span<const Token> tokens)
{
    const int first = tokens.empty() ? 0 : tokens.front().line;
    const std::string_view what = error.what();
    constexpr std::string_view kAtLine = "at line ";
    if (const auto at = what.rfind(kAtLine); at != std::string_view::npos)
        return first + std::max(1, std::atoi(std::string(what.substr(at + kAtLine.size())).c_str())) - 1;
    const auto open = what.find('\'');
    const auto close = what.find('\'', open + 1);
    if (open == std::string_view::npos || close == std::string_view::npos) return first;
    auto name = what.substr(open + 1, close - open - 1);
    name.remove_prefix(name.rfind('.') == std::string_view::npos ? 0 : name.rfind('.') + 1);
    for (const auto& token : tokens)
        if (token.isName() && lowered(token.text) == lowered(name)) return token.line;
    return first;
}

MigrationRun::MigrationRun(Connection& connection, std::string_view plugin, const SqlFence& fence)
    : _lock(connection), _connection(connection), _plugin(plugin), _fence(fence)
{
}

bool MigrationRun::isApplied(Connection& connection, std::string_view plugin, const Migration& migration)
{
    const auto rows = query(connection, "SELECT suma FROM gestorbbdd_migraciones WHERE plugin = ? AND version = ?",
                            {plugin, std::to_string(migration.version)});
    if (rows.empty()) return false;
    if (rows[0][0] == migration.checksum) return true;
    throw SqlFault(migration.file + ": it was applied already and has been changed since; add a new migration instead");
}

void MigrationRun::apply(const Migration& migration)
{
    int number = 0;
    for (const auto& step : stepsOf(migration)) run(migration, std::to_string(++number), step);
    Transaction transaction(_connection, Transaction::Kind::Writing);
    const auto version = std::to_string(migration.version);
    (void)query(_connection, "DELETE FROM gestorbbdd_pasos WHERE plugin = ? AND version = ?", {_plugin, version});
    (void)query(_connection,
                "INSERT INTO gestorbbdd_migraciones (plugin, version, nombre, suma, aplicada) VALUES (?, ?, ?, ?, ?)",
                {_plugin, version, migration.name, migration.checksum, nowUs()});
    transaction.commit();
}

/// All of them are checked before the first one runs.
std::vector<MigrationRun::Step> MigrationRun::stepsOf(const Migration& migration) const
{
    const auto lexed = lexSql(migration.sql);
    if (!lexed.fault.empty()) throw SqlFault(placeOf(migration.file, lexed.faultLine + 1) + lexed.fault);
    std::vector<Step> out;
    for (std::span<const Token> rest(lexed.tokens); !rest.empty();)
    {
        const auto end = endOfStatement(rest);
        const auto own = rest.subspan(0, end);
        rest = rest.subspan(std::min(end + 1, rest.size()));
        if (own.empty()) continue;
        const auto verdict = _fence.migration(own);
        if (!verdict.refusal.empty()) throw SqlFault(placeOf(migration.file, verdict.line + 1) + verdict.refusal);
        const auto text = migration.sql.substr(own.front().begin, own.back().end - own.front().begin);
        out.push_back({std::string(text), {own.begin(), own.end()}, verdict.kind});
    }
    return out;
}

void MigrationRun::run(const Migration& migration, const std::string& number, const Step& step)
{
    const auto rows = query(_connection,
                            "SELECT suma, hecho IS NOT NULL FROM gestorbbdd_pasos WHERE plugin = ? AND version = ? AND "
                            "paso = ?",
                            {_plugin, std::to_string(migration.version), number});
    const bool isSame = !rows.empty() && rows[0][0] == checksumOf(step.sql);
    if (!rows.empty() && rows[0][1] == "1")
    {
        if (isSame) return;
        throw SqlFault(placeOf(migration.file, step.tokens.front().line + 1) +
                       "this statement was run already, before a later one failed, and must not change");
    }
    try
    {
        if (step.kind == SqlFence::Kind::Schema)
            runSchema(step, migration, number, isSame);
        else
            runChange(step, migration, number);
    }
    catch (const MariaDbError& e)
    {
        throw SqlFault(placeOf(migration.file, lineOf(e, step.tokens) + 1) + e.what());
    }
}

void MigrationRun::runChange(const Step& step, const Migration& migration, const std::string& number)
{
    Transaction transaction(_connection, Transaction::Kind::Writing);
    _connection.execute(step.sql);
    note(migration, number, step, true);
    transaction.commit();
}

/// `wasBegun`: a run before this one did not live to say what became of it.
void MigrationRun::runSchema(const Step& step, const Migration& migration, const std::string& number, bool wasBegun)
{
    note(migration, number, step, false);
    try
    {
        _connection.execute(step.sql);
    }
    catch (const MariaDbError& e)
    {
        if (_connection.isBroken()) throw;
        if (!wasBegun || !isAlreadyMade(e.code()))
        {
            (void)query(_connection, "DELETE FROM gestorbbdd_pasos WHERE plugin = ? AND version = ? AND paso = ?",
                        {_plugin, std::to_string(migration.version), number});
            throw;
        }
    }
    note(migration, number, step, true);
}

void MigrationRun::note(const Migration& migration, const std::string& number, const Step& step, bool isDone)
{
    const auto now = nowUs();
    const auto version = std::to_string(migration.version);
    (void)query(_connection,
                "REPLACE INTO gestorbbdd_pasos (plugin, version, paso, suma, empezado, hecho) VALUES (?, ?, ?, ?, ?, "
                "NULLIF(?, ''))",
                {_plugin, version, number, checksumOf(step.sql), now, isDone ? std::string_view(now) : ""});
}

} // namespace zoco::gestorbbdd::mariadb
