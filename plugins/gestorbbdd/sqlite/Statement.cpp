#include "Statement.h"

#include "SqliteError.h"
#include "zoco/Problem.h"

#include <sqlite3.h>

namespace zoco::gestorbbdd
{

void Statement::Finalize::operator()(sqlite3_stmt* raw) const noexcept { sqlite3_finalize(raw); }

Statement::Statement(sqlite3* db, std::string_view sql, Life life) : _db(db)
{
    sqlite3_stmt* raw = nullptr;
    const char* tail = nullptr;
    const unsigned flags = life == Life::Kept ? SQLITE_PREPARE_PERSISTENT : 0;
    if (sqlite3_prepare_v3(db, sql.data(), static_cast<int>(sql.size()), flags, &raw, &tail) != SQLITE_OK)
        throw SqliteError::last(db);
    _raw.reset(raw);
    _consumed = static_cast<std::size_t>(tail - sql.data());
}

bool Statement::isRead() const noexcept { return sqlite3_stmt_readonly(_raw.get()) != 0; }

void Statement::bind(int position, const zoco_value& value)
{
    const auto bytes = [&] { return value.as.b.size == 0 ? "" : static_cast<const char*>(value.as.b.data); };
    int result = SQLITE_MISUSE;
    switch (value.kind)
    {
    case ZOCO_NULL:
        result = sqlite3_bind_null(_raw.get(), position);
        break;
    case ZOCO_BOOL:
    case ZOCO_INT:
    case ZOCO_TIME:
        result = sqlite3_bind_int64(_raw.get(), position, value.as.i);
        break;
    case ZOCO_REAL:
        result = sqlite3_bind_double(_raw.get(), position, value.as.d);
        break;
    case ZOCO_TEXT:
        result = sqlite3_bind_text64(_raw.get(), position, bytes(), value.as.b.size, SQLITE_STATIC, SQLITE_UTF8);
        break;
    case ZOCO_BLOB:
        result = sqlite3_bind_blob64(_raw.get(), position, bytes(), value.as.b.size, SQLITE_STATIC);
        break;
    default:
        break;
    }
    if (result != SQLITE_OK) throw SqliteError(result, sqlite3_errstr(result));
}

bool Statement::step()
{
    const int result = sqlite3_step(_raw.get());
    if (result == SQLITE_ROW) return true;
    if (result == SQLITE_DONE) return false;
    throw SqliteError::last(_db);
}

void Statement::run()
{
    const ResetAtEnd reset(*this);
    while (step())
    {
    }
}

void Statement::reset() noexcept
{
    sqlite3_reset(_raw.get());
    sqlite3_clear_bindings(_raw.get());
}

zoco_value Statement::column(int index) const noexcept
{
    zoco_value out{ZOCO_NULL, 0, {0}};
    auto* raw = _raw.get();
    switch (sqlite3_column_type(raw, index))
    {
    case SQLITE_INTEGER:
        out.kind = ZOCO_INT;
        out.as.i = sqlite3_column_int64(raw, index);
        break;
    case SQLITE_FLOAT:
        out.kind = ZOCO_REAL;
        out.as.d = sqlite3_column_double(raw, index);
        break;
    case SQLITE_TEXT:
        out.kind = ZOCO_TEXT;
        out.as.b.data = sqlite3_column_text(raw, index);
        out.as.b.size = static_cast<std::size_t>(sqlite3_column_bytes(raw, index));
        break;
    case SQLITE_BLOB:
        out.kind = ZOCO_BLOB;
        out.as.b.data = sqlite3_column_blob(raw, index);
        out.as.b.size = static_cast<std::size_t>(sqlite3_column_bytes(raw, index));
        break;
    default:
        break;
    }
    return out;
}

std::span<const zoco_value> Statement::row()
{
    _row.clear();
    const int count = sqlite3_data_count(_raw.get());
    for (int i = 0; i < count; ++i) _row.push_back(column(i));
    return _row;
}

std::size_t Statement::columnCount() const noexcept
{
    return static_cast<std::size_t>(sqlite3_column_count(_raw.get()));
}

std::span<const zoco_str> Statement::columnNames()
{
    _names.clear();
    const int count = sqlite3_column_count(_raw.get());
    for (int i = 0; i < count; ++i) _names.push_back(str(sqlite3_column_name(_raw.get(), i)));
    return _names;
}

} // namespace zoco::gestorbbdd
