#include "MariaDbError.h"

#include <errmsg.h>
#include <mysqld_error.h>

namespace zoco::gestorbbdd::mariadb
{

namespace
{

// Of newer servers than the client library knows, and of MySQL.
constexpr unsigned kCheckViolatedMariaDb = 4025;
constexpr unsigned kCheckViolatedMySql = 3819;
constexpr unsigned kRecordChanged = 1020;
constexpr unsigned kDuplicateWithFieldName = 1586;
constexpr unsigned kDuplicateUnderLock = 1859;
constexpr unsigned kConnectionKilled = 1927;
constexpr unsigned kServerIsBusy = 1040;

} // namespace

DeadlinePassed::DeadlinePassed() : MariaDbError(CR_SERVER_LOST, "the deadline passed") {}

bool isLost(unsigned code) noexcept
{
    switch (code)
    {
    case CR_SERVER_GONE_ERROR:
    case CR_SERVER_LOST:
    case CR_CONN_HOST_ERROR:
    case CR_CONNECTION_ERROR:
    case CR_SERVER_LOST_EXTENDED:
    case ER_SERVER_SHUTDOWN:
    case ER_QUERY_INTERRUPTED:
    case kConnectionKilled:
        return true;
    default:
        return false;
    }
}

bool isNotSent(unsigned code) noexcept { return code == CR_SERVER_GONE_ERROR; }

bool isConflict(unsigned code) noexcept
{
    return code == ER_LOCK_DEADLOCK || code == ER_LOCK_WAIT_TIMEOUT || code == kRecordChanged;
}

bool isOutOfSpace(unsigned code) noexcept { return code == ER_DISK_FULL || code == ER_RECORD_FILE_FULL; }

bool isStale(unsigned code) noexcept
{
    return code == ER_NEED_REPREPARE || code == ER_UNKNOWN_STMT_HANDLER || code == ER_MAX_PREPARED_STMT_COUNT_REACHED;
}

bool isAlreadyMade(unsigned code) noexcept
{
    switch (code)
    {
    case ER_TABLE_EXISTS_ERROR:
    case ER_DUP_FIELDNAME:
    case ER_DUP_KEYNAME:
    case ER_CANT_DROP_FIELD_OR_KEY:
    case ER_BAD_TABLE_ERROR:
    case ER_NO_SUCH_TABLE: // renamed away
    case ER_BAD_FIELD_ERROR:
    case ER_MULTIPLE_PRI_KEY:
    case ER_TRG_ALREADY_EXISTS:
    case ER_TRG_DOES_NOT_EXIST:
        return true;
    default:
        return false;
    }
}

zoco_status statusOf(unsigned code) noexcept
{
    switch (code)
    {
    case ER_DUP_ENTRY:
    case ER_DUP_KEY:
    case ER_DUP_UNIQUE:
    case kDuplicateWithFieldName:
    case kDuplicateUnderLock:
        return ZOCO_E_DUPLICATE;
    case ER_BAD_NULL_ERROR:
    case ER_NO_DEFAULT_FOR_FIELD:
    case ER_DATA_TOO_LONG:
    case ER_WARN_DATA_OUT_OF_RANGE:
    case ER_TRUNCATED_WRONG_VALUE:
    case ER_TRUNCATED_WRONG_VALUE_FOR_FIELD:
    case ER_NO_REFERENCED_ROW:
    case ER_ROW_IS_REFERENCED:
    case ER_ROW_IS_REFERENCED_2:
    case ER_NO_REFERENCED_ROW_2:
    case kCheckViolatedMariaDb:
    case kCheckViolatedMySql:
    case ER_SIGNAL_EXCEPTION: // a trigger's refusal
        return ZOCO_E_CONSTRAINT;
    case kServerIsBusy:
    case ER_TOO_MANY_USER_CONNECTIONS:
    case ER_USER_LIMIT_REACHED:
    case ER_OPTION_PREVENTS_STATEMENT: // read-only, as a server that is being replaced
        return ZOCO_E_UNAVAILABLE;
    default:
        return isLost(code) || isConflict(code) || isOutOfSpace(code) ? zoco_status{ZOCO_E_UNAVAILABLE}
                                                                      : zoco_status{ZOCO_E_FAILED};
    }
}

} // namespace zoco::gestorbbdd::mariadb
