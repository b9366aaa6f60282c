#include "RestoreFile.h"

#include "Connection.h"
#include "DatabaseFile.h"
#include "SqliteError.h"
#include "engine/DraftFile.h"
#include "zoco/Value.h"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <sqlite3.h>
#include <system_error>
#include <vector>

namespace zoco::gestorbbdd
{

namespace
{

namespace fs = std::filesystem;

constexpr int kDraftBusyMs = 1000;
constexpr std::string_view kMagic("SQLite format 3\0", 16);

[[noreturn]] void failed() { throw std::system_error(errno, std::generic_category()); }

/// False when it was cancelled.
bool copyBytes(const std::string& source, const std::string& target, const CopyWatch& watch)
{
    std::ifstream in(source, std::ios::binary);
    std::ofstream out(target, std::ios::binary | std::ios::trunc);
    if (!in || !out) failed();
    const auto total = sizeOfFile(source);
    std::vector<char> buffer(1 << 20);
    std::uint64_t done = 0;
    while (in.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || in.gcount() > 0)
    {
        if (done == 0 && std::string_view(buffer.data(), static_cast<std::size_t>(in.gcount())).substr(0, 16) != kMagic)
            break;
        if (!out.write(buffer.data(), in.gcount())) failed();
        done += static_cast<std::uint64_t>(in.gcount());
        watch.onProgress(done, total);
        if (watch.isCancelled()) return false;
    }
    if (!out.flush() || in.bad()) failed();
    if (done == 0) throw SqliteError(SQLITE_NOTADB, "what is to be restored is no copy of an SQLite database");
    return true;
}

/// The id that a table of this name holds; empty when it is not there, "?" when it is empty.
std::string idIn(sqlite3* db, const std::string& table)
{
    if (!Statement(db, "SELECT 1 FROM sqlite_schema WHERE name = '" + table + "'").step()) return {};
    Statement select(db, "SELECT id FROM " + table);
    return select.step() ? std::string(view(select.row()[0].as.b)) : "?";
}

void mark(const std::string& path, const std::string& id)
{
    Connection draft(path, Connection::Role::Schema, kDraftBusyMs);
    Statement check(draft.raw(), "PRAGMA quick_check(1)");
    if (!check.step() || view(check.row()[0].as.b) != "ok")
        throw SqliteError(SQLITE_CORRUPT, "what is to be restored is damaged");
    check.reset();
    draft.execute("CREATE TABLE gestorbbdd_restauracion (id VARCHAR(64) NOT NULL PRIMARY KEY)");
    Statement insert(draft.raw(), "INSERT INTO gestorbbdd_restauracion VALUES (?)");
    insert.bind(1, Value(id));
    insert.run();
}

/// What an earlier restore left there may go, and nothing else.
void makeRoom(const std::string& database)
{
    if (sizeOfFile(database) > 0)
    {
        const Connection present(database, Connection::Role::Reader, kDraftBusyMs);
        if (unfinishedRestore(present.raw()).empty()) throw std::system_error(EEXIST, std::generic_category());
    }
    else if (sizeOfFile(database + "-wal") > 0)
        throw std::system_error(EEXIST, std::generic_category());
    for (const auto* end : {"-wal", "-shm"}) fs::remove(database + end);
}

} // namespace

std::string unfinishedRestore(sqlite3* db) { return idIn(db, "gestorbbdd_restauracion"); }

bool restoreFile(const std::string& source, const std::string& database, const std::string& id, const CopyWatch& watch)
{
    makeRoom(database);
    DraftFile draft(database);
    if (!copyBytes(source, draft.path(), watch)) return false;
    mark(draft.path(), id);
    draft.replace();
    return true;
}

void finishRestoredFile(const std::string& database, const std::string& id)
{
    Connection connection(database, Connection::Role::Schema, kDraftBusyMs);
    const auto present = unfinishedRestore(connection.raw());
    if (present.empty() && idIn(connection.raw(), "gestorbbdd_restaurada") == id) return;
    if (present.empty()) throw SqliteError(SQLITE_MISUSE, "it is not the one that this restore filled");
    if (present != id) throw SqliteError(SQLITE_MISUSE, "another restore is under way there");
    connection.execute("CREATE TABLE IF NOT EXISTS gestorbbdd_restaurada (id VARCHAR(64) NOT NULL PRIMARY KEY)");
    connection.execute("DELETE FROM gestorbbdd_restaurada");
    Statement insert(connection.raw(), "INSERT INTO gestorbbdd_restaurada VALUES (?)");
    insert.bind(1, Value(id));
    insert.run();
    connection.execute("DROP TABLE gestorbbdd_restauracion");
}

} // namespace zoco::gestorbbdd
