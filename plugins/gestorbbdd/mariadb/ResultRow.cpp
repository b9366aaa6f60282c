#include "ResultRow.h"

#include "MariaDbError.h"

#include <algorithm>
#include <charconv>
#include <mysql.h>
#include <mysqld_error.h>

namespace zoco::gestorbbdd::mariadb
{

namespace
{

constexpr unsigned kBinaryCharset = 63;
constexpr std::size_t kFirstBuffer = 256;

enum class Form
{
    Integer = 1,
    Real,
    WholeDecimal, ///< comes as text, to be exact
    Text,
    Blob,
    Refused
};

Form formOf(const MYSQL_FIELD& field) noexcept
{
    switch (field.type)
    {
    case MYSQL_TYPE_TINY:
    case MYSQL_TYPE_SHORT:
    case MYSQL_TYPE_INT24:
    case MYSQL_TYPE_LONG:
    case MYSQL_TYPE_LONGLONG:
        return Form::Integer;
    case MYSQL_TYPE_FLOAT:
    case MYSQL_TYPE_DOUBLE:
        return Form::Real;
    case MYSQL_TYPE_DECIMAL:
    case MYSQL_TYPE_NEWDECIMAL:
        return field.decimals == 0 ? Form::WholeDecimal : Form::Real;
    case MYSQL_TYPE_JSON:
        return Form::Text;
    case MYSQL_TYPE_VARCHAR:
    case MYSQL_TYPE_VAR_STRING:
    case MYSQL_TYPE_STRING:
    case MYSQL_TYPE_ENUM:
    case MYSQL_TYPE_SET:
    case MYSQL_TYPE_TINY_BLOB:
    case MYSQL_TYPE_MEDIUM_BLOB:
    case MYSQL_TYPE_LONG_BLOB:
    case MYSQL_TYPE_BLOB:
    case MYSQL_TYPE_NULL:
        return field.charsetnr == kBinaryCharset && field.type != MYSQL_TYPE_NULL ? Form::Blob : Form::Text;
    default:
        return Form::Refused;
    }
}

bool isUnsigned(const MYSQL_FIELD& field) noexcept { return (field.flags & UNSIGNED_FLAG) != 0; }

[[noreturn]] void refuseNumber() { throw MariaDbError(ER_WARN_DATA_OUT_OF_RANGE, "a number is no integer of 64 bits"); }

} // namespace

struct ResultRow::Column
{
    std::string name;
    Form form = Form::Text;
    bool isUnsigned = false;
    long long integer = 0;
    double real = 0;
    std::vector<char> buffer{};
    unsigned long length = 0;
    my_bool isNull = 0;
    my_bool isCut = 0;
};

struct ResultRow::Binds
{
    std::vector<MYSQL_BIND> all;
};

ResultRow::ResultRow() : _binds(std::make_unique<Binds>()) {}

ResultRow::~ResultRow() = default;

void ResultRow::describe(st_mysql_stmt* statement)
{
    const std::unique_ptr<MYSQL_RES, decltype(&mysql_free_result)> meta(mysql_stmt_result_metadata(statement),
                                                                        &mysql_free_result);
    if (!meta) return;
    const auto* fields = mysql_fetch_fields(meta.get());
    const auto count = mysql_num_fields(meta.get());
    _columns.resize(count);
    _nameViews.resize(count);
    _values.resize(count);
    _binds->all.resize(count);
    for (unsigned i = 0; i < count; ++i)
    {
        auto& column = _columns[i];
        column.form = formOf(fields[i]);
        column.isUnsigned = isUnsigned(fields[i]);
        if (column.name != std::string_view(fields[i].name, fields[i].name_length))
            column.name.assign(fields[i].name, fields[i].name_length);
        _nameViews[i] = {column.name.data(), column.name.size()};
    }
}

void ResultRow::bind(st_mysql_stmt* statement)
{
    if (isAsBound(statement)) return;
    describe(statement);
    for (std::size_t i = 0; i < _columns.size(); ++i)
    {
        auto& column = _columns[i];
        if (column.form == Form::Refused)
        {
            _isBound = false;
            throw MariaDbError(ER_UNSUPPORTED_PS, "the column '" + column.name + "' is of a type that is not read");
        }
        auto& bind = _binds->all[i];
        bind = {};
        bind.is_null = &column.isNull;
        bind.error = &column.isCut;
        bind.length = &column.length;
        if (column.form == Form::Integer)
        {
            bind.buffer_type = MYSQL_TYPE_LONGLONG;
            bind.buffer = &column.integer;
            bind.is_unsigned = column.isUnsigned ? 1 : 0;
        }
        else if (column.form == Form::Real)
        {
            bind.buffer_type = MYSQL_TYPE_DOUBLE;
            bind.buffer = &column.real;
        }
        else
        {
            if (column.buffer.empty()) column.buffer.resize(kFirstBuffer);
            bind.buffer_type = column.form == Form::Blob ? MYSQL_TYPE_BLOB : MYSQL_TYPE_STRING;
            bind.buffer = column.buffer.data();
            bind.buffer_length = static_cast<unsigned long>(column.buffer.size());
        }
    }
    bindColumns(statement);
}

bool ResultRow::isAsBound(const st_mysql_stmt* statement) const noexcept
{
    if (!_isBound || statement->bind_result_done == 0 || statement->field_count != _columns.size()) return false;
    for (std::size_t i = 0; i < _columns.size(); ++i)
    {
        const auto& field = statement->fields[i];
        if (_columns[i].form != formOf(field) || _columns[i].isUnsigned != isUnsigned(field)) return false;
    }
    return true;
}

void ResultRow::bindColumns(st_mysql_stmt* statement)
{
    _isBound = mysql_stmt_bind_result(statement, _binds->all.data()) == 0;
    if (!_isBound) throw MariaDbError(mysql_stmt_errno(statement), mysql_stmt_error(statement));
}

std::span<const zoco_value> ResultRow::values(st_mysql_stmt* statement)
{
    bool hasGrown = false;
    for (std::size_t i = 0; i < _columns.size(); ++i)
    {
        auto& column = _columns[i];
        auto& out = _values[i] = {ZOCO_NULL, 0, {0}};
        if (column.isNull != 0) continue;
        if (column.form == Form::Integer)
        {
            if (column.isUnsigned && column.integer < 0) refuseNumber();
            out = {ZOCO_INT, 0, {column.integer}};
            continue;
        }
        if (column.form == Form::Real)
        {
            out.kind = ZOCO_REAL;
            out.as.d = column.real;
            continue;
        }
        if (column.length > column.buffer.size())
        {
            column.buffer.resize(std::max<std::size_t>(column.length, 2 * column.buffer.size()));
            auto& bind = _binds->all[i];
            bind.buffer = column.buffer.data();
            bind.buffer_length = static_cast<unsigned long>(column.buffer.size());
            if (mysql_stmt_fetch_column(statement, &bind, static_cast<unsigned>(i), 0) != 0)
                throw MariaDbError(mysql_stmt_errno(statement), mysql_stmt_error(statement));
            hasGrown = true;
        }
        if (column.form == Form::WholeDecimal)
        {
            std::int64_t number = 0;
            const auto* end = column.buffer.data() + column.length;
            const auto [stop, error] = std::from_chars(column.buffer.data(), end, number);
            if (error != std::errc() || stop != end) refuseNumber();
            out = {ZOCO_INT, 0, {number}};
            continue;
        }
        out.kind = column.form == Form::Blob ? ZOCO_BLOB : ZOCO_TEXT;
        out.as.b = {column.buffer.data(), column.length};
    }
    if (hasGrown) bindColumns(statement);
    return _values;
}

std::string ResultRow::fault() const
{
    for (const auto& column : _columns)
        if (column.form == Form::Refused)
            return "the column '" + column.name +
                   "' is of a type that cannot be read; use BIGINT microseconds for times, or CAST";
    return {};
}

} // namespace zoco::gestorbbdd::mariadb
