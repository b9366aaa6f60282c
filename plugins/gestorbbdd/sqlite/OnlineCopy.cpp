#include "OnlineCopy.h"

#include "Connection.h"
#include "DatabaseFile.h"
#include "SqliteError.h"
#include "zoco/Value.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <memory>
#include <sqlite3.h>
#include <system_error>
#include <unistd.h>

namespace zoco::gestorbbdd
{

namespace
{

constexpr int kPagesAtOnce = 256; ///< between two looks at the operator's wish
constexpr int kBusyMs = 10'000;

[[noreturn]] void failed() { throw std::system_error(errno, std::generic_category()); }

/// A new file beside the target, gone at the end unless it was published.
class Draft
{
public:
    explicit Draft(const std::string& target) : _target(target), _path(target + ".XXXXXX")
    {
        const int fd = ::mkostemp(_path.data(), O_CLOEXEC);
        if (fd < 0) failed();
        ::close(fd);
    }
    ~Draft()
    {
        if (!_isPublished) ::unlink(_path.c_str());
    }
    Draft(const Draft&) = delete;
    Draft& operator=(const Draft&) = delete;

    const std::string& path() const noexcept { return _path; }

    /// Gives it its name, durably; never in the place of something else.
    void publish()
    {
        const int fd = ::open(_path.c_str(), O_RDONLY | O_CLOEXEC);
        if (fd < 0) failed();
        const int synced = ::fsync(fd);
        ::close(fd);
        if (synced != 0) failed();
        if (::renameat2(AT_FDCWD, _path.c_str(), AT_FDCWD, _target.c_str(), RENAME_NOREPLACE) != 0) failed();
        _isPublished = true;
        syncFolder(std::filesystem::path(_target).parent_path().string());
    }

private:
    const std::string _target;
    std::string _path;
    bool _isPublished = false;
};

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
    Draft draft(target);
    {
        const auto copy = openDraft(draft.path());
        if (!copyPages(source, copy.get(), watch)) return 0;
        lookThrough(copy.get());
    }
    draft.publish();
    return sizeOfFile(target);
}

} // namespace zoco::gestorbbdd
