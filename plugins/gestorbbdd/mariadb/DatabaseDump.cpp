#include "DatabaseDump.h"

#include "DatabaseLoad.h"
#include "MariaDbSchema.h"
#include "MigrationLock.h"
#include "Query.h"
#include "TextResult.h"
#include "Transaction.h"
#include "engine/DraftFile.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <system_error>

namespace zoco::gestorbbdd::mariadb
{

namespace
{

/// For one statement or row; a whole dump may take as long as it takes.
constexpr std::int64_t kPatienceNs = 60'000'000'000;
/// Of one INSERT; a server takes 16 MiB unless it was told otherwise.
constexpr std::size_t kStatementBytes = 512 * 1024;
/// What `mariadb` needs to know to read it as we write it.
constexpr const char* kSettings =
    "SET sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,PIPES_AS_CONCAT,ANSI_QUOTES,NO_BACKSLASH_ESCAPES,"
    "NO_AUTO_VALUE_ON_ZERO', time_zone = '+00:00', foreign_key_checks = 0, unique_checks = 0";

struct Cancelled
{
};

std::string quotedText(std::string_view text)
{
    std::string out = "'";
    for (const char c : text)
    {
        if (c == '\'') out += '\'';
        out += c;
    }
    return out += '\'';
}

/// Whoever restores becomes the definer.
std::string withoutDefiner(std::string sql)
{
    const auto from = sql.find(" DEFINER=");
    if (from == std::string::npos) return sql;
    bool isQuoted = false;
    auto to = from + 9;
    for (; to < sql.size() && (isQuoted || sql[to] != ' '); ++to)
        if (sql[to] == '"' || sql[to] == '`') isQuoted = !isQuoted;
    return sql.erase(from, to - from);
}

class Dump
{
public:
    Dump(Connection& connection, const std::string& path, const CopyWatch& watch)
        : _connection(connection), _out(path, std::ios::binary | std::ios::trunc), _watch(watch)
    {
        if (!_out) throw std::system_error(errno, std::generic_category());
    }

    void write()
    {
        put(kDumpBegin);
        statement(std::string("SET NAMES utf8mb4 COLLATE ") + MariaDbSchema::collation(_connection));
        statement(kSettings);
        const auto tables = list("BASE TABLE");
        for (const auto& row : query(_connection, "SELECT COALESCE(SUM(TABLE_ROWS), 0) FROM information_schema.TABLES "
                                                  "WHERE TABLE_SCHEMA = DATABASE()"))
            _total = static_cast<std::uint64_t>(std::atoll(row[0].c_str()));
        for (const auto& name : list("SEQUENCE")) sequence(name);
        for (const auto& name : tables) table(name);
        views();
        for (const auto& row : query(_connection, "SELECT TRIGGER_NAME FROM information_schema.TRIGGERS WHERE "
                                                  "TRIGGER_SCHEMA = DATABASE() ORDER BY TRIGGER_NAME"))
            trigger(shown("SHOW CREATE TRIGGER " + quotedName(row[0]), 2));
        put(kDumpEnd);
        if (!_out.flush()) throw std::system_error(errno, std::generic_category());
    }

    std::uint64_t bytes() const noexcept { return _bytes; }

private:
    void put(std::string_view text)
    {
        if (!_out.write(text.data(), static_cast<std::streamsize>(text.size())))
            throw std::system_error(errno, std::generic_category());
        _bytes += text.size();
    }
    void statement(std::string_view sql, std::string_view end = ";\n")
    {
        put(std::string(kDumpStatement) + std::to_string(sql.size()) + '\n');
        put(sql);
        put(end);
        if (_watch.isCancelled()) throw Cancelled();
    }
    void trigger(const std::string& sql)
    {
        put("DELIMITER ;;\n");
        statement(withoutDefiner(sql), ";;\n");
        put("DELIMITER ;\n");
    }

    /// The names of one type of table, quoted.
    std::vector<std::string> list(std::string_view type)
    {
        std::vector<std::string> out;
        for (const auto& row : query(_connection,
                                     "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() "
                                     "AND TABLE_TYPE = ? ORDER BY TABLE_NAME",
                                     {type}))
            out.push_back(quotedName(row[0]));
        return out;
    }

    /// A column of the one row that a SHOW statement yields.
    std::string shown(const std::string& sql, std::size_t column)
    {
        _connection.setDeadline(monotonicNs() + kPatienceNs);
        TextResult result(_connection, sql);
        std::string out;
        while (result.next()) out = result.cell(column).value_or("");
        return out;
    }

    void sequence(const std::string& name)
    {
        statement(shown("SHOW CREATE SEQUENCE " + name, 1));
        statement("DO SETVAL(" + name + ", " + shown("SELECT next_not_cached_value FROM " + name, 0) + ", 0)");
    }

    void table(const std::string& name)
    {
        statement(shown("SHOW CREATE TABLE " + name, 1));
        const auto columns = columnsOf(name);
        const auto head = "INSERT INTO " + name + " (" + columns + ") VALUES\n";
        _connection.setDeadline(monotonicNs() + kPatienceNs);
        TextResult rows(_connection, "SELECT " + columns + " FROM " + name);
        std::string sql;
        while (rows.next())
        {
            _connection.setDeadline(monotonicNs() + kPatienceNs);
            sql += sql.empty() ? head : ",\n";
            addRow(rows, sql);
            if (++_done % 1000 == 0) _watch.onProgress(_done, std::max(_done, _total));
            if (sql.size() < kStatementBytes) continue;
            statement(sql);
            sql.clear();
        }
        if (!sql.empty()) statement(sql);
        _watch.onProgress(_done, std::max(_done, _total));
    }

    /// One that looks at another comes behind it.
    void views()
    {
        std::vector<std::pair<std::string, std::string>> left; // name and SQL
        for (const auto& name : list("VIEW"))
            left.emplace_back(name, withoutDefiner(shown("SHOW CREATE VIEW " + name, 1)));
        while (!left.empty())
        {
            const auto isFree = [&](const auto& view)
            {
                return std::none_of(left.begin(), left.end(),
                                    [&](const auto& other) {
                                        return other.first != view.first &&
                                               view.second.find(other.first) != view.second.npos;
                                    });
            };
            auto next = std::find_if(left.begin(), left.end(), isFree);
            if (next == left.end()) next = left.begin(); // a column has the name of a view
            statement(next->second);
            left.erase(next);
        }
    }

    static void addRow(const TextResult& rows, std::string& sql)
    {
        for (std::size_t i = 0; i < rows.columns(); ++i)
        {
            sql += i == 0 ? '(' : ',';
            const auto cell = rows.cell(i);
            if (!cell)
                sql += "NULL";
            else if (rows.kind(i) == TextResult::Kind::Number)
                sql += *cell;
            else
                (sql += rows.kind(i) == TextResult::Kind::Bytes ? "_binary" : "") += quotedText(*cell);
        }
        sql += ')';
    }

    /// Those that are not computed from others.
    std::string columnsOf(const std::string& table)
    {
        const auto name = table.substr(1, table.size() - 2);
        std::string out;
        for (const auto& row : query(_connection,
                                     "SELECT COLUMN_NAME FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = "
                                     "DATABASE() AND TABLE_NAME = ? AND COALESCE(GENERATION_EXPRESSION, '') = '' "
                                     "ORDER BY ORDINAL_POSITION",
                                     {name}))
            out += (out.empty() ? "" : ", ") + quotedName(row[0]);
        return out;
    }

    Connection& _connection;
    std::ofstream _out;
    const CopyWatch& _watch;
    std::uint64_t _bytes = 0;
    std::uint64_t _done = 0;
    std::uint64_t _total = 0;
};

} // namespace

std::string quotedName(std::string_view name)
{
    std::string out = "\"";
    for (const char c : name)
    {
        if (c == '"') out += '"';
        out += c;
    }
    return out += '"';
}

std::uint64_t dumpDatabase(Connection& connection, const std::string& target, const CopyWatch& watch)
{
    if (!unfinishedRestore(connection).empty())
        throw MariaDbError(0, "a restore was not finished there: run it again first");
    DraftFile draft(target);
    const MigrationLock lock(connection);
    const Transaction reading(connection, Transaction::Kind::Snapshot);
    try
    {
        Dump dump(connection, draft.path(), watch);
        dump.write();
        connection.setDeadline(monotonicNs() + kPatienceNs);
        draft.publish();
        return dump.bytes();
    }
    catch (const Cancelled&)
    {
        return 0;
    }
}

} // namespace zoco::gestorbbdd::mariadb
