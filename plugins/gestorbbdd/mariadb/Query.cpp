#include "Query.h"

#include "zoco/Value.h"

namespace zoco::gestorbbdd::mariadb
{

std::vector<TextRow> query(Connection& connection, std::string_view sql, std::initializer_list<std::string_view> values)
{
    auto statement = connection.prepare(sql);
    std::size_t position = 0;
    for (const auto value : values) statement.bind(position++, Value(value));
    statement.execute();
    std::vector<TextRow> out;
    while (statement.step())
    {
        auto& row = out.emplace_back();
        for (const auto& value : statement.row())
        {
            if (value.kind == ZOCO_INT)
                row.push_back(std::to_string(value.as.i));
            else
                row.emplace_back(value.kind == ZOCO_NULL ? std::string_view{} : view(value.as.b));
        }
    }
    return out;
}

} // namespace zoco::gestorbbdd::mariadb
