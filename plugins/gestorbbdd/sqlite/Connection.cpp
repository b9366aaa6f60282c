#include "Connection.h"

#include "SqliteError.h"
#include "engine/MonotonicClock.h"

#include <algorithm>
#include <sqlite3.h>
#include <unistd.h>

namespace zoco::gestorbbdd
{

namespace
{

/// More than the forms that a shop with all its plugins uses; bounds what older generations leave behind.
constexpr std::size_t kMaxKept = 512;
/// Instructions of SQLite's machine between two looks at the clock: some 20 to 50 microseconds.
constexpr int kProgressSteps = 2000;

} // namespace

void Connection::Close::operator()(sqlite3* db) const noexcept { sqlite3_close_v2(db); }

Connection::Connection(const std::string& path, Role role, int busyMs)
    : _busyNs(std::int64_t{busyMs} * 1'000'000), _kept(kMaxKept)
{
    sqlite3* db = nullptr;
    const int result = sqlite3_open_v2(path.c_str(), &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    _db.reset(db);
    if (result != SQLITE_OK) throw SqliteError(result, db == nullptr ? sqlite3_errstr(result) : sqlite3_errmsg(db));
    configure(role);
}

void Connection::configure(Role role)
{
    auto* db = _db.get();
    sqlite3_extended_result_codes(db, 1);
    sqlite3_busy_handler(db, &onBusy, this);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, nullptr); // "x" is a name, so that a typo is an error
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
    execute("PRAGMA synchronous = FULL");
    execute("PRAGMA cache_size = -1024"); // KiB
    execute("PRAGMA mmap_size = 0");
    execute("PRAGMA journal_size_limit = 16777216");
    execute(role == Role::Schema ? "PRAGMA foreign_keys = OFF" : "PRAGMA foreign_keys = ON");
    if (role == Role::Reader) execute("PRAGMA query_only = ON");
    sqlite3_progress_handler(db, kProgressSteps, &onProgress, this);
}

int Connection::onProgress(void* self)
{
    const auto deadline = static_cast<const Connection*>(self)->_deadlineNs;
    return deadline != kNoDeadline && monotonicNs() > deadline ? 1 : 0;
}

int Connection::onBusy(void* raw, int tries)
{
    auto& self = *static_cast<Connection*>(raw);
    const auto now = monotonicNs();
    if (tries == 0) self._busyUntilNs = std::min(now + self._busyNs, self._deadlineNs);
    if (now >= self._busyUntilNs) return 0;
    ::usleep(tries < 10 ? 200 : 2000);
    return 1;
}

KeptStatement& Connection::kept(const Operation& operation, const SqlForm& form)
{
    return _kept.get(operation, form, Dialect::Sqlite,
                     [this](RenderedSql sql) -> KeptStatement {
                         return {Statement(raw(), sql.text, Statement::Life::Kept), std::move(sql.binds)};
                     });
}

void Connection::execute(const char* sql) { Statement(raw(), sql).run(); }

void Connection::executeKept(const char* sql)
{
    for (auto& [text, statement] : _own)
        if (text == sql) return statement.run();
    _own.emplace_back(sql, Statement(raw(), sql, Statement::Life::Kept)).second.run();
}

void Connection::mapFile(std::int64_t bytes)
{
    const auto sql = "PRAGMA mmap_size = " + std::to_string(bytes);
    execute(sql.c_str());
}

bool Connection::isInTransaction() const noexcept { return sqlite3_get_autocommit(raw()) == 0; }

std::int64_t Connection::changes() const noexcept { return sqlite3_changes64(raw()); }

bool Connection::hasDanglingKeys() const noexcept
{
    int current = 0;
    int highest = 0;
    sqlite3_db_status(raw(), SQLITE_DBSTATUS_DEFERRED_FKS, &current, &highest, 0);
    return current != 0;
}

} // namespace zoco::gestorbbdd
