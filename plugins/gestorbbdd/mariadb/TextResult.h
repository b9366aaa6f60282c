#pragma once

#include "Connection.h"

#include <optional>
#include <string_view>
#include <vector>

struct st_mysql_res;

namespace zoco::gestorbbdd::mariadb
{

/// The rows of a query of our own as the server writes them, fetched one by one: of any type, and however many. A
/// connection on which not all of them were fetched is not used again. Failures throw MariaDbError.
class TextResult
{
public:
    TextResult(Connection& connection, std::string_view sql);
    ~TextResult();
    TextResult(const TextResult&) = delete;
    TextResult& operator=(const TextResult&) = delete;

    enum class Kind
    {
        Number = 1,
        Text,
        Bytes
    };

    /// False behind the last row.
    bool next();
    std::size_t columns() const noexcept { return _kinds.size(); }
    Kind kind(std::size_t column) const noexcept { return _kinds[column]; }
    /// Valid until the next row; nothing when it is NULL.
    std::optional<std::string_view> cell(std::size_t column) const noexcept;

private:
    Connection& _connection;
    st_mysql_res* _result = nullptr; ///< owned
    char** _row = nullptr;
    const unsigned long* _lengths = nullptr;
    std::vector<Kind> _kinds;
    bool _isDone = false;
};

} // namespace zoco::gestorbbdd::mariadb
