#pragma once

#include "Statement.h"
#include "catalogue/Operation.h"
#include "engine/KeptStatements.h"
#include "engine/MonotonicClock.h"

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

struct sqlite3;

namespace zoco::gestorbbdd
{

/// An operation prepared on one connection.
struct KeptStatement
{
    Statement statement;
    std::vector<SqlBind> binds; ///< what is bound at positions 1, 2 ...
};

/// A connection to the SQLite file, used by one thread at a time. Failures throw SqliteError.
class Connection
{
public:
    enum class Role
    {
        Reader = 1, ///< cannot write
        Writer,
        Schema, ///< for migrations: foreign keys are not enforced while tables are rebuilt
    };

    /// Opens the file, which must exist. `busyMs`: how long another process is waited for, within the deadline.
    Connection(const std::string& path, Role role, int busyMs);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    sqlite3* raw() const noexcept { return _db.get(); }

    /// The operation's statement in a form, prepared at its first use. The least used are let go when there are many.
    KeptStatement& kept(const Operation& operation, const SqlForm& form);
    /// Runs one statement of our own.
    void execute(const char* sql);
    /// The same for a literal that is used again and again.
    void executeKept(const char* sql);

    /// Reads so much of the file through memory that is mapped; an error of the disk there ends the process.
    void mapFile(std::int64_t bytes);
    /// Statements that still run after this time end with SQLITE_INTERRUPT.
    void setDeadline(std::int64_t deadlineNs) noexcept { _deadlineNs = deadlineNs; }
    bool isInTransaction() const noexcept;
    /// Rows changed by the last statement that was not a read.
    std::int64_t changes() const noexcept;
    /// Whether a foreign key that is checked at the commit points to nothing.
    bool hasDanglingKeys() const noexcept;

private:
    struct Close
    {
        void operator()(sqlite3* db) const noexcept;
    };

    static int onProgress(void* self);
    static int onBusy(void* self, int tries);
    void configure(Role role);

    std::unique_ptr<sqlite3, Close> _db; ///< outlives the statements below
    const std::int64_t _busyNs;
    std::int64_t _busyUntilNs = 0;
    std::int64_t _deadlineNs = kNoDeadline;
    std::vector<std::pair<const char*, Statement>> _own;
    KeptStatements<KeptStatement> _kept;
};

} // namespace zoco::gestorbbdd
