#pragma once

#include <string_view>

namespace zoco::gestorbbdd
{

/// The SQL that an engine speaks.
enum class Dialect
{
    Sqlite = 1,
    MySql, ///< MariaDB too
};

/// As files say it: "-- dialect: mysql", V001__x.mysql.sql.
constexpr std::string_view dialectName(Dialect dialect) noexcept
{
    return dialect == Dialect::Sqlite ? "sqlite" : "mysql";
}

} // namespace zoco::gestorbbdd
