#pragma once

#include "Connection.h"

namespace zoco::gestorbbdd::mariadb
{

/// A transaction on a connection. Unless it was committed, its end undoes it; a connection on which that fails is not
/// used again, and the server undoes it then.
class Transaction
{
public:
    enum class Kind
    {
        Writing = 1,
        Snapshot,   ///< reads only, all of one state
        ByStatement ///< a GroupStatement begins it
    };

    /// Begins it; throws MariaDbError.
    Transaction(Connection& connection, Kind kind);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    /// Undoes it and begins one for writing. Throws MariaDbError.
    void beginAgain();
    /// Throws MariaDbError; whether it happened is then not known when the connection is broken.
    void commit();

private:
    Connection& _connection;
    bool _isOpen = true;
};

} // namespace zoco::gestorbbdd::mariadb
