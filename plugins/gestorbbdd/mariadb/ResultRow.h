#pragma once

#include "zoco/abi/base.h"

#include <memory>
#include <span>
#include <string>
#include <vector>

struct st_mysql_stmt;

namespace zoco::gestorbbdd::mariadb
{

/// The columns of one prepared statement and the row at hand. Buffers grow with what comes, whatever a column could
/// hold.
class ResultRow
{
public:
    ResultRow();
    ~ResultRow();

    /// Learns the names and types of the columns.
    void describe(st_mysql_stmt* statement);
    /// After an execution, whose types may be others when they depend on the parameters. What is as it was is bound
    /// still.
    void bind(st_mysql_stmt* statement);
    /// What was bound is so no more.
    void unbind() noexcept { _isBound = false; }
    /// Of the row that was fetched; throws MariaDbError for an integer that does not fit.
    std::span<const zoco_value> values(st_mysql_stmt* statement);
    std::span<const zoco_str> names() const noexcept { return _nameViews; }
    /// Why a column cannot be read as a value, such as a date; empty when all can.
    std::string fault() const;

private:
    struct Column;

    bool isAsBound(const st_mysql_stmt* statement) const noexcept;
    void bindColumns(st_mysql_stmt* statement);

    std::vector<Column> _columns;
    std::vector<zoco_str> _nameViews;
    std::vector<zoco_value> _values;
    struct Binds;
    std::unique_ptr<Binds> _binds;
    bool _isBound = false;
};

} // namespace zoco::gestorbbdd::mariadb
