#include "OnlineCopy.h"

#include "Connection.h"
#include "DatabaseFile.h"
#include "RestoreFile.h"
#include "SqliteError.h"
#include "engine/DraftFile.h"
#include "zoco/Value.h"

#include <cerrno>
#include <filesystem>
#include <memory>
#include <sqlite3.h>
#include <system_error>

namespace zoco::gestorbbdd
{

namespace
{

constexpr int kPagesAtOnce = 256; ///< between two looks at the operator's wish
constexpr int kBusyMs = 10'000;

struct CloseDatabase
{
    void operator()(sqlite3* db) const noexcept { sqlite3_close(db); }
};
using Handle = std::unique_ptr<sqlite3, CloseDatabase>;

Handle openDraft(const std::string& path)
{
    sqlite3* raw = nullptr;
    const int code = sqlite3_open_v2(path.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    Handle out(raw);
    if (code != SQLITE_OK) throw SqliteError(code, sqlite3_errstr(code));
    Statement(raw, "PRAGMA synchronous = OFF").run(); // the whole file is synced once at its end
    return out;
}

/// False when it was cancelled. The source's open read keeps the state that it began with, so that the copy never
/// starts anew however much is written.
bool copyPages(Connection& source, sqlite3* target, const CopyWatch& watch)
{
    struct Finish
    {
        void operator()(sqlite3_backup* backup) const noexcept { sqlite3_backup_finish(backup); }
    };
    const std::unique_ptr<sqlite3_backup, Finish> backup(sqlite3_backup_init(target, "main", source.raw(), "main"));
    if (!backup) throw SqliteError::last(target);
    for (;;)
    {
        const int code = sqlite3_backup_step(backup.get(), kPagesAtOnce);
        if (code != SQLITE_OK && code != SQLITE_DONE) throw SqliteError(code, sqlite3_errstr(code));
        const auto total = static_cast<std::uint64_t>(sqlite3_backup_pagecount(backup.get()));
        watch.onProgress(total - static_cast<std::uint64_t>(sqlite3_backup_remaining(backup.get())), total);
        if (code == SQLITE_DONE) return true;
        if (watch.isCancelled()) return false;
    }
}

void lookThrough(sqlite3* db)
{
    Statement check(db, "PRAGMA quick_check(1)");
    if (!check.step() || view(check.row()[0].as.b) != "ok")
        throw SqliteError(SQLITE_CORRUPT, "the copy is damaged, and so may be the database");
}

} // namespace

std::uint64_t copyDatabase(const std::string& database, const std::string& target, const CopyWatch& watch)
{
    std::error_code ignored;
    if (std::filesystem::exists(target, ignored)) throw std::system_error(EEXIST, std::generic_category());
    Connection source(database, Connection::Role::Reader, kBusyMs);
    source.execute("BEGIN");
    Statement(source.raw(), "SELECT COUNT(*) FROM sqlite_schema").step(); // a read begins here
    if (!unfinishedRestore(source.raw()).empty())
        throw SqliteError(SQLITE_MISUSE, "a restore was not finished there: run it again first");
    DraftFile draft(target);
    {
        const auto copy = openDraft(draft.path());
        if (!copyPages(source, copy.get(), watch)) return 0;
        lookThrough(copy.get());
    }
    draft.publish();
    return sizeOfFile(target);
}

} // namespace zoco::gestorbbdd
