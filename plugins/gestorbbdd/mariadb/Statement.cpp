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
    bool areBound = false; ///< the library and the server know their types and places
};

void Statement::Close::operator()(st_mysql_stmt* raw) const noexcept { mysql_stmt_close(raw); }

Statement::Statement(Connection& connection, std::string_view sql) : _connection(&connection)
{
    _raw.reset(mysql_stmt_init(connection.raw()));
    if (!_raw) throw MariaDbError(CR_OUT_OF_MEMORY, "no memory for a statement");
    if (connection.ask([&] { return mysql_stmt_prepare(raw(), sql.data(), sql.size()); }) != 0) fail();
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
    auto& kept = _params->values[position] = value;
    MYSQL_BIND bind{};
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
    auto& known = _params->binds[position];
    if (known.buffer_type == bind.buffer_type && known.buffer == bind.buffer && known.length == bind.length) return;
    known = bind;
    _params->areBound = false;
}

void Statement::execute()
{
    if (!_params->areBound && !_params->binds.empty() && mysql_stmt_bind_param(raw(), _params->binds.data()) != 0)
        fail();
    _params->areBound = false; // the server may not have taken note of their types
    if (_connection->ask([&] { return mysql_stmt_execute(raw()); }) != 0) fail();
    _params->areBound = true;
    _hasRows = hasColumns();
    if (_hasRows) _row->bind(raw());
}

bool Statement::step()
{
    if (!_hasRows) return false;
    const int result = _connection->take([&] { return mysql_stmt_fetch(raw()); });
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
    if (_connection->take([&] { return mysql_stmt_free_result(raw()); }) != 0) fail();
}

void Statement::finishAll()
{
    finish();
    while (mysql_stmt_more_results(raw()))
    {
        if (_connection->take([&] { return mysql_stmt_next_result(raw()); }) > 0) fail();
        _hasRows = hasColumns();
        finish();
    }
    _row->unbind(); // the next answer's columns are described anew
}

} // namespace zoco::gestorbbdd::mariadb
