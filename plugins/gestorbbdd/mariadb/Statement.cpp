#include "Statement.h"

#include "Connection.h"

#include <errmsg.h>
#include <mysql.h>

namespace zoco::gestorbbdd::mariadb
{

/// What is bound, at fixed addresses.
struct Statement::Params
{
    explicit Params(std::size_t count) : binds(count), values(count), lengths(count) {}

    std::vector<MYSQL_BIND> binds;
    std::vector<zoco_value> values;
    std::vector<unsigned long> lengths;
};

void Statement::Close::operator()(st_mysql_stmt* raw) const noexcept { mysql_stmt_close(raw); }

Statement::Statement(Connection& connection, std::string_view sql) : _connection(&connection)
{
    _raw.reset(mysql_stmt_init(connection.raw()));
    if (!_raw) throw MariaDbError(CR_OUT_OF_MEMORY, "no memory for a statement");
    int error = 0;
    connection.drive([&] { return mysql_stmt_prepare_start(&error, raw(), sql.data(), sql.size()); },
                     [&](int events) { return mysql_stmt_prepare_cont(&error, raw(), events); });
    if (error != 0) fail();
    _params = std::make_unique<Params>(mysql_stmt_param_count(raw()));
    _row = std::make_unique<ResultRow>();
    _row->describe(raw());
}

Statement::Statement(Statement&&) noexcept = default;

Statement::~Statement() = default;

/// What fails while rows are fetched, as a duplicate key behind RETURNING does, is known to the connection alone.
void Statement::fail()
{
    if (mysql_stmt_errno(raw()) == 0)
        _connection->fail(mysql_errno(_connection->raw()), mysql_error(_connection->raw()));
    _connection->fail(mysql_stmt_errno(raw()), mysql_stmt_error(raw()));
}

void Statement::bind(std::size_t position, const zoco_value& value) noexcept
{
    auto& bind = _params->binds[position];
    auto& kept = _params->values[position] = value;
    bind = {};
    switch (value.kind)
    {
    case ZOCO_BOOL:
    case ZOCO_INT:
    case ZOCO_TIME:
        bind.buffer_type = MYSQL_TYPE_LONGLONG;
        bind.buffer = &kept.as.i;
        break;
    case ZOCO_REAL:
        bind.buffer_type = MYSQL_TYPE_DOUBLE;
        bind.buffer = &kept.as.d;
        break;
    case ZOCO_TEXT:
    case ZOCO_BLOB:
        bind.buffer_type = value.kind == ZOCO_TEXT ? MYSQL_TYPE_STRING : MYSQL_TYPE_BLOB;
        bind.buffer = value.as.b.size == 0 ? const_cast<char*>("") : const_cast<void*>(value.as.b.data);
        _params->lengths[position] = bind.buffer_length = static_cast<unsigned long>(value.as.b.size);
        bind.length = &_params->lengths[position];
        break;
    default:
        bind.buffer_type = MYSQL_TYPE_NULL;
        break;
    }
}

void Statement::execute()
{
    if (!_params->binds.empty() && mysql_stmt_bind_param(raw(), _params->binds.data()) != 0) fail();
    int error = 0;
    _connection->drive([&] { return mysql_stmt_execute_start(&error, raw()); },
                       [&](int events) { return mysql_stmt_execute_cont(&error, raw(), events); });
    if (error != 0) fail();
    _hasRows = hasColumns();
    if (_hasRows) _row->bind(raw());
}

bool Statement::step()
{
    if (!_hasRows) return false;
    int result = 0;
    _connection->drive([&] { return mysql_stmt_fetch_start(&result, raw()); },
                       [&](int events) { return mysql_stmt_fetch_cont(&result, raw(), events); });
    if (result == 0 || result == MYSQL_DATA_TRUNCATED) return true;
    _hasRows = false;
    if (result != MYSQL_NO_DATA) fail();
    return false;
}

std::span<const zoco_value> Statement::row() { return _row->values(raw()); }

bool Statement::hasColumns() const noexcept { return mysql_stmt_field_count(raw()) > 0; }

std::int64_t Statement::affected() const noexcept { return static_cast<std::int64_t>(mysql_stmt_affected_rows(raw())); }

void Statement::finish()
{
    if (!_hasRows) return;
    _hasRows = false;
    my_bool error = 0;
    _connection->drive([&] { return mysql_stmt_free_result_start(&error, raw()); },
                       [&](int events) { return mysql_stmt_free_result_cont(&error, raw(), events); });
    if (error != 0) fail();
}

} // namespace zoco::gestorbbdd::mariadb
