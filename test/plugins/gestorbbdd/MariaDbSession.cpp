#include "MariaDbSession.h"

#include <mysql.h>
#include <stdexcept>

namespace zoco::gestorbbdd::test
{

void MariaDbSession::Close::operator()(st_mysql* raw) const noexcept { mysql_close(raw); }

MariaDbSession::MariaDbSession(const std::string& socket, const std::string& database) : _raw(mysql_init(nullptr))
{
    if (mysql_real_connect(_raw.get(), "localhost", "root", "", database.empty() ? nullptr : database.c_str(), 0,
                           socket.c_str(), CLIENT_MULTI_STATEMENTS) == nullptr)
        fail();
}

std::string MariaDbSession::execute(std::string_view statements)
{
    auto* db = _raw.get();
    if (mysql_real_query(db, statements.data(), statements.size()) != 0) fail();
    std::string out;
    for (int more = 0; more == 0; more = mysql_next_result(db))
    {
        auto* result = mysql_store_result(db);
        if (result == nullptr && mysql_errno(db) != 0) fail(); // in the middle of its rows
        if (result == nullptr) continue;
        const auto row = mysql_fetch_row(result);
        out = row == nullptr || row[0] == nullptr ? "" : row[0];
        mysql_free_result(result);
    }
    if (mysql_errno(db) != 0) fail();
    return out;
}

std::vector<std::vector<std::string>> MariaDbSession::rows(std::string_view statement)
{
    auto* db = _raw.get();
    if (mysql_real_query(db, statement.data(), statement.size()) != 0) fail();
    const std::unique_ptr<MYSQL_RES, decltype(&mysql_free_result)> result(mysql_store_result(db), &mysql_free_result);
    if (!result) fail();
    std::vector<std::vector<std::string>> out;
    while (const auto* row = mysql_fetch_row(result.get()))
    {
        auto& texts = out.emplace_back();
        for (unsigned i = 0; i < mysql_num_fields(result.get()); ++i)
            texts.emplace_back(row[i] == nullptr ? "" : row[i]);
    }
    return out;
}

void MariaDbSession::fail() { throw std::runtime_error(mysql_error(_raw.get())); }

} // namespace zoco::gestorbbdd::test
