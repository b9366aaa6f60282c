#include "Transaction.h"

namespace zoco::gestorbbdd::mariadb
{

Transaction::Transaction(Connection& connection, Kind kind) : _connection(connection)
{
    if (kind == Kind::ByStatement) return;
    if (kind == Kind::Snapshot)
        _connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"); // of the next one only
    _connection.execute(kind == Kind::Writing ? "START TRANSACTION"
                                              : "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
}

Transaction::~Transaction()
{
    if (!_isOpen || _connection.isBroken()) return;
    try
    {
        _connection.execute("ROLLBACK");
    }
    catch (const MariaDbError&)
    {
        _connection.discard();
    }
}

void Transaction::beginAgain()
{
    _connection.execute("ROLLBACK");
    _connection.execute("START TRANSACTION");
}

void Transaction::commit()
{
    _connection.execute("COMMIT");
    _isOpen = false;
}

} // namespace zoco::gestorbbdd::mariadb
