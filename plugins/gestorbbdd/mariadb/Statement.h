#pragma once

#include "ResultRow.h"
#include "catalogue/SqlTemplate.h"
#include "zoco/abi/base.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

struct st_mysql_bind;
struct st_mysql_stmt;

namespace zoco::gestorbbdd::mariadb
{

class Connection;

/// A prepared statement; dies before its connection. Failures throw MariaDbError.
class Statement
{
public:
    Statement(Connection& connection, std::string_view sql);
    Statement(Statement&&) noexcept;
    Statement& operator=(Statement&&) = delete;
    ~Statement();

    /// Text and bytes are borrowed until it has been executed.
    void bind(std::size_t position, const zoco_value& value) noexcept;
    void execute();
    /// True: there is a row. False: done.
    bool step();
    /// The row at hand, valid until the next step. Throws MariaDbError for a number that is no integer of 64 bits.
    std::span<const zoco_value> row();
    std::span<const zoco_str> columnNames() const noexcept { return _row->names(); }
    /// Why a column cannot be read; empty when all can.
    std::string columnFault() const { return _row->fault(); }
    bool hasColumns() const noexcept;
    /// Rows that a write matched; after the last row, when it yields rows.
    std::int64_t affected() const noexcept;
    /// Takes what is left of the rows, so that the connection can be used again.
    void finish();
    /// The same, and what else a compound statement answers.
    void finishAll();

    st_mysql_stmt* raw() const noexcept { return _raw.get(); }

private:
    struct Close
    {
        void operator()(st_mysql_stmt* raw) const noexcept;
    };
    struct Params;

    [[noreturn]] void fail();

    Connection* _connection;
    std::unique_ptr<st_mysql_stmt, Close> _raw;
    std::unique_ptr<Params> _params;
    std::unique_ptr<ResultRow> _row;
    bool _hasRows = false; ///< not all of them have been taken
};

/// An operation prepared on one connection.
struct KeptStatement
{
    Statement statement;
    std::vector<SqlBind> binds; ///< what is bound at each position
};

} // namespace zoco::gestorbbdd::mariadb
