#pragma once

#include "zoco/abi/base.h"

#include <stdexcept>
#include <string>

struct sqlite3;

namespace zoco::gestorbbdd
{

/// A failure of SQLite. Its text names tables and columns: for the operator and never for a client.
class SqliteError : public std::runtime_error
{
public:
    SqliteError(int code, const std::string& what, int sqlOffset = -1)
        : std::runtime_error(what), _code(code), _sqlOffset(sqlOffset)
    {
    }
    /// Of the call that has just failed on a connection.
    static SqliteError last(sqlite3* db);

    int code() const noexcept { return _code; } ///< extended result code
    /// Where in the SQL text it lies; negative when unknown.
    int sqlOffset() const noexcept { return _sqlOffset; }

private:
    int _code;
    int _sqlOffset;
};

/// What an extended result code means to a caller.
zoco_status statusOf(int extendedCode) noexcept;

} // namespace zoco::gestorbbdd
