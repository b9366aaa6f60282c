#include "DatabaseLoad.h"

#include "DatabaseDump.h"
#include "MariaDbSchema.h"
#include "MigrationLock.h"
#include "Query.h"

#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <system_error>

namespace zoco::gestorbbdd::mariadb
{

namespace
{

/// For one statement, which may build an index.
constexpr std::int64_t kLoadPatienceNs = 3'600'000'000'000;
constexpr std::string_view kMark = "gestorbbdd_restauracion";

/// The statements of a dump, one by one.
class DumpReader
{
public:
    explicit DumpReader(const std::string& path) : _in(path, std::ios::binary)
    {
        if (!_in) throw std::system_error(errno, std::generic_category());
        _in.seekg(0, std::ios::end);
        _total = static_cast<std::uint64_t>(_in.tellg());
        const auto isWhole = textAt(0, kDumpBegin.size()) == kDumpBegin && _total >= kDumpEnd.size() &&
                             textAt(_total - kDumpEnd.size(), kDumpEnd.size()) == kDumpEnd;
        if (!isWhole) throw MariaDbError(0, "what is to be restored is no whole dump of a MariaDB database");
        _in.seekg(0);
    }

    bool next(std::string& sql)
    {
        for (std::string line; std::getline(_in, line);)
        {
            if (!line.starts_with(kDumpStatement)) continue;
            const auto size = std::strtoull(line.c_str() + kDumpStatement.size(), nullptr, 10);
            if (size == 0) continue; // the first and the last line
            sql.resize(size);
            if (!_in.read(sql.data(), static_cast<std::streamsize>(size))) break;
            return true;
        }
        if (_in.bad()) throw std::system_error(errno, std::generic_category());
        return false;
    }

    std::uint64_t total() const noexcept { return _total; }
    std::uint64_t done() { return static_cast<std::uint64_t>(_in.tellg()); }

private:
    std::string textAt(std::uint64_t at, std::size_t size)
    {
        std::string out(size, '\0');
        _in.clear();
        _in.seekg(static_cast<std::streamoff>(at));
        _in.read(out.data(), static_cast<std::streamsize>(size));
        return out;
    }

    std::ifstream _in;
    std::uint64_t _total = 0;
};

/// What an earlier load left there goes; the mark stays.
void makeRoom(Connection& connection)
{
    const auto tables = query(connection, "SELECT TABLE_NAME, TABLE_TYPE FROM information_schema.TABLES WHERE "
                                          "TABLE_SCHEMA = DATABASE()");
    if (tables.empty()) return;
    if (unfinishedRestore(connection).empty()) throw std::system_error(EEXIST, std::generic_category());
    for (const auto& row : tables)
    {
        if (row[0] == kMark) continue;
        const auto* what = row[1] == "VIEW" ? "VIEW " : row[1] == "SEQUENCE" ? "SEQUENCE " : "TABLE ";
        connection.execute(std::string("DROP ") + what + quotedName(row[0]));
    }
}

/// The id that a table of this name holds; empty when it is not there, "?" when it is empty.
std::string idIn(Connection& connection, const std::string& table)
{
    const auto tables = query(connection,
                              "SELECT 1 FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND "
                              "TABLE_NAME = ?",
                              {table});
    if (tables.empty()) return {};
    const auto rows = query(connection, "SELECT id FROM " + quotedName(table));
    return rows.empty() ? "?" : rows[0][0];
}

/// The last one that was finished there.
std::string finishedRestore(Connection& connection) { return idIn(connection, "gestorbbdd_restaurada"); }

void mark(Connection& connection, const std::string& id)
{
    connection.execute("CREATE TABLE IF NOT EXISTS gestorbbdd_restauracion (id VARCHAR(64) NOT NULL PRIMARY KEY)");
    connection.execute("DELETE FROM gestorbbdd_restauracion");
    (void)query(connection, "INSERT INTO gestorbbdd_restauracion VALUES (?)", {id});
}

} // namespace

std::string unfinishedRestore(Connection& connection) { return idIn(connection, std::string(kMark)); }

bool loadDatabase(Connection& connection, const std::string& source, const std::string& id, const CopyWatch& watch)
{
    DumpReader dump(source);
    const MigrationLock lock(connection);
    connection.setDeadline(monotonicNs() + kLoadPatienceNs);
    connection.execute("SET SESSION foreign_key_checks = 0");
    makeRoom(connection);
    const auto database = query(connection, "SELECT DATABASE()").at(0)[0];
    connection.execute("ALTER DATABASE " + quotedName(database) + " CHARACTER SET utf8mb4 COLLATE " +
                       MariaDbSchema::collation(connection));
    mark(connection, id);
    for (std::string sql; dump.next(sql);)
    {
        connection.setDeadline(monotonicNs() + kLoadPatienceNs);
        connection.execute(sql);
        watch.onProgress(dump.done(), dump.total());
        if (watch.isCancelled()) return false;
    }
    return true;
}

void finishLoadedDatabase(Connection& connection, const std::string& id)
{
    const auto present = unfinishedRestore(connection);
    if (present.empty() && finishedRestore(connection) == id) return;
    if (present.empty()) throw MariaDbError(0, "it is not the one that this restore filled");
    if (present != id) throw MariaDbError(0, "another restore is under way there");
    connection.execute("CREATE TABLE IF NOT EXISTS gestorbbdd_restaurada (id VARCHAR(64) NOT NULL PRIMARY KEY)");
    connection.execute("DELETE FROM gestorbbdd_restaurada");
    (void)query(connection, "INSERT INTO gestorbbdd_restaurada VALUES (?)", {id});
    connection.execute("DROP TABLE gestorbbdd_restauracion");
}

} // namespace zoco::gestorbbdd::mariadb
