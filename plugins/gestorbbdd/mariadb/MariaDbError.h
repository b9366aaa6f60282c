#pragma once

#include "zoco/abi/base.h"

#include <stdexcept>
#include <string>

namespace zoco::gestorbbdd::mariadb
{

/// A failure of the server or of the way to it. Its text names tables and columns: for the operator and never for a
/// client.
class MariaDbError : public std::runtime_error
{
public:
    MariaDbError(unsigned code, const std::string& what) : std::runtime_error(what), _code(code) {}

    unsigned code() const noexcept { return _code; } ///< the server's or the client library's error number

private:
    unsigned _code;
};

/// The deadline passed while the server was asked. The connection is of no use any more.
class DeadlinePassed : public MariaDbError
{
public:
    DeadlinePassed();
};

/// What an error means to a caller.
zoco_status statusOf(unsigned code) noexcept;
/// The connection is gone, or the server ended what it ran; whether the last statement happened is not known.
bool isLost(unsigned code) noexcept;
/// The statement was not even sent.
bool isNotSent(unsigned code) noexcept;
/// The transaction lost against another one and may succeed when it is run again.
bool isConflict(unsigned code) noexcept;
/// The server has no room to write.
bool isOutOfSpace(unsigned code) noexcept;
/// A kept statement must be prepared again.
bool isStale(unsigned code) noexcept;
/// What a change of the schema says that had been made before.
bool isAlreadyMade(unsigned code) noexcept;

} // namespace zoco::gestorbbdd::mariadb
