#include "integration/bank/Bank.h"

#include "core/UniqueFd.h"
#include "support/Eventually.h"

#include <fcntl.h>
#include <filesystem>
#include <memory>
#include <sqlite3.h>
#include <stdexcept>

namespace zoco::test
{

void Bank::startHost(const std::vector<std::pair<std::string, std::string>>& settings)
{
    HostOptions options;
    options.defines = {{"plugins.catalogo.enabled", "false"},
                       {"plugins.banco.enabled", "true"},
                       {"plugins.banco.library", ZOCO_BUILD_DIR "/test/fixtures/bank.so"},
                       {"plugins.gestorbbdd.url", url()},
                       {"log.access", "off"}};
    options.defines.insert(options.defines.end(), settings.begin(), settings.end());
    options.dataDir = _folder.path("data");
    options.launcher = launcher();
    _host.emplace(options);
}

namespace
{

std::shared_ptr<sqlite3> openSqlite(const std::string& file)
{
    sqlite3* raw = nullptr;
    const int opened = sqlite3_open_v2(file.c_str(), &raw, SQLITE_OPEN_READWRITE, nullptr);
    std::shared_ptr<sqlite3> out(raw, &sqlite3_close);
    if (opened != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(raw));
    sqlite3_busy_timeout(raw, 10'000);
    return out;
}

Rows queryOf(sqlite3* db, const std::string& sql)
{
    Rows out;
    const auto take = [](void* rows, int count, char** values, char**)
    {
        auto& row = static_cast<Rows*>(rows)->emplace_back();
        for (int i = 0; i < count; ++i) row.emplace_back(values[i] == nullptr ? "" : values[i]);
        return 0;
    };
    if (sqlite3_exec(db, sql.c_str(), take, &out, nullptr) != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(db));
    return out;
}

} // namespace

SqliteBank::SqliteBank(int diskMegabytes)
{
    const auto disk = folder().path("db");
    std::filesystem::create_directory(disk);
    if (diskMegabytes > 0) _disk.emplace(disk, diskMegabytes);
}

std::vector<std::string> SqliteBank::launcher() const { return _disk ? _disk->launcher() : std::vector<std::string>{}; }

Rows SqliteBank::query(const std::string& sql)
{
    if (!_disk) return queryOf(openSqlite(file()).get(), sql);
    const TempFolder copy; // SQLite would resolve the way through /proc
    for (const auto* name : {"banco.db", "banco.db-wal"})
        std::filesystem::copy_file(_disk->seenFromOutside(host().pid(), name), copy.path(name));
    return queryOf(openSqlite(copy.path("banco.db")).get(), sql);
}

std::shared_ptr<void> SqliteBank::lock()
{
    auto out = openSqlite(file());
    (void)queryOf(out.get(), "BEGIN IMMEDIATE");
    return out;
}

/// Whoever writes holds the lock of byte 120 of the shared index (https://sqlite.org/walformat.html, WAL_WRITE_LOCK).
bool SqliteBank::hasOpenGroup()
{
    const host::UniqueFd index(::open((file() + "-shm").c_str(), O_RDWR | O_CLOEXEC));
    struct ::flock lock
    {
    };
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    lock.l_start = 120;
    lock.l_len = 1;
    return ::fcntl(index.get(), F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

MariaDbBank::MariaDbBank(int diskMegabytes)
    : _server(std::vector<std::string>{"--innodb-flush-log-at-trx-commit=1"}, diskMegabytes),
      _database(_server.newDatabase())
{
    _server.execute("CREATE USER banco@localhost; GRANT ALL ON " + _database + ".* TO banco@localhost");
}

Rows MariaDbBank::query(const std::string& sql) { return _server.session(_database).rows(sql); }

/// The server shows the same list of transactions to who asks again within a tenth of a second.
bool MariaDbBank::hasOpenGroup()
{
    auto session = _server.session();
    session.execute("SELECT SLEEP(0.11)");
    return session.execute("SELECT COUNT(*) FROM information_schema.INNODB_TRX WHERE trx_rows_modified > 0") != "0";
}

std::shared_ptr<void> MariaDbBank::lock()
{
    auto out = std::make_shared<gestorbbdd::test::MariaDbSession>(_server.session(_database));
    const auto isLocked = [&]
    {
        try
        {
            out->execute("BEGIN; SELECT id FROM banco_cuentas FOR UPDATE");
            return true;
        }
        catch (const std::runtime_error&) // it lost a deadlock
        {
            return false;
        }
    };
    if (!eventually(isLocked)) throw std::runtime_error("the accounts cannot be locked");
    return out;
}

void MariaDbBank::awaitSilence()
{
    auto session = _server.session();
    const auto isSilent = [&]
    { return session.execute("SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE USER = 'banco'") == "0"; };
    if (!eventually(isSilent)) throw std::runtime_error("sessions of the dead host stay");
}

} // namespace zoco::test
