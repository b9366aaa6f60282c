#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct st_mysql;

namespace zoco::gestorbbdd::test
{

/// A session of a server's administrator, beside what is tested. One thread; throws std::runtime_error.
class MariaDbSession
{
public:
    explicit MariaDbSession(const std::string& socket, const std::string& database = "");

    /// Runs statements, one after the other; returns the first column of the last one's first row.
    std::string execute(std::string_view statements);
    /// The rows of one statement, as texts; NULL is "".
    std::vector<std::vector<std::string>> rows(std::string_view statement);

private:
    struct Close
    {
        void operator()(st_mysql* raw) const noexcept;
    };
    [[noreturn]] void fail();

    std::unique_ptr<st_mysql, Close> _raw;
};

} // namespace zoco::gestorbbdd::test
