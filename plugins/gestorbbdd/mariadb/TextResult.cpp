#include "TextResult.h"

#include <errmsg.h>
#include <mysql.h>
#include <sys/socket.h>

namespace zoco::gestorbbdd::mariadb
{

namespace
{

constexpr unsigned kBytesCharset = 63;

TextResult::Kind kindOf(const MYSQL_FIELD& field) noexcept
{
    if (IS_NUM(field.type)) return TextResult::Kind::Number;
    return field.charsetnr == kBytesCharset && field.type != MYSQL_TYPE_DATE && field.type != MYSQL_TYPE_DATETIME &&
                   field.type != MYSQL_TYPE_TIME
               ? TextResult::Kind::Bytes
               : TextResult::Kind::Text;
}

} // namespace

TextResult::TextResult(Connection& connection, std::string_view sql) : _connection(connection)
{
    auto* raw = connection.raw();
    if (connection.ask([&] { return mysql_real_query(raw, sql.data(), sql.size()); }) != 0)
        connection.fail(mysql_errno(raw), mysql_error(raw));
    _result = mysql_use_result(raw);
    if (_result == nullptr) connection.fail(CR_COMMANDS_OUT_OF_SYNC, "the statement yields no rows");
    const auto* fields = mysql_fetch_fields(_result);
    for (unsigned i = 0; i < mysql_num_fields(_result); ++i) _kinds.push_back(kindOf(fields[i]));
}

TextResult::~TextResult()
{
    if (_result == nullptr) return;
    if (!_isDone)
    {
        _connection.discard();
        if (const auto fd = mysql_get_socket(_connection.raw()); fd >= 0) ::shutdown(fd, SHUT_RDWR); // else it reads on
    }
    mysql_free_result(_result);
}

bool TextResult::next()
{
    _row = _connection.take([&] { return mysql_fetch_row(_result); });
    if (_row == nullptr)
    {
        if (const auto code = mysql_errno(_connection.raw()); code != 0)
            _connection.fail(code, mysql_error(_connection.raw()));
        _isDone = true;
        return false;
    }
    _lengths = mysql_fetch_lengths(_result);
    return true;
}

std::optional<std::string_view> TextResult::cell(std::size_t column) const noexcept
{
    if (_row[column] == nullptr) return std::nullopt;
    return std::string_view(_row[column], _lengths[column]);
}

} // namespace zoco::gestorbbdd::mariadb
