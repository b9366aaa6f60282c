#include "SqliteError.h"

#include <sqlite3.h>

namespace zoco::gestorbbdd
{

SqliteError SqliteError::last(sqlite3* db)
{
    return {sqlite3_extended_errcode(db), sqlite3_errmsg(db), sqlite3_error_offset(db)};
}

zoco_status statusOf(int extendedCode) noexcept
{
    switch (extendedCode)
    {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
        return ZOCO_E_DUPLICATE;
    default:
        break;
    }
    switch (extendedCode & 0xff)
    {
    case SQLITE_OK:
        return ZOCO_OK;
    case SQLITE_CONSTRAINT:
        return ZOCO_E_CONSTRAINT;
    case SQLITE_INTERRUPT:
        return ZOCO_E_DEADLINE;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_FULL:
        return ZOCO_E_UNAVAILABLE;
    default:
        return ZOCO_E_FAILED;
    }
}

} // namespace zoco::gestorbbdd
