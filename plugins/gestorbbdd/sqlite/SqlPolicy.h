#pragma once

#include <string>
#include <string_view>

struct sqlite3;

namespace zoco::gestorbbdd
{

/// What a plugin's SQL may do while it is prepared: it touches the plugin's own tables alone (<plugin>_...), changes
/// the schema only in migrations, and neither leaves its transaction nor reaches other files nor settings of the
/// connection. Holds from its construction to its end; one at a time on a connection.
class SqlPolicy
{
public:
    enum class Use
    {
        Migration = 1,
        Operation
    };

    SqlPolicy(sqlite3* db, std::string_view plugin, Use use);
    ~SqlPolicy();
    SqlPolicy(const SqlPolicy&) = delete;
    SqlPolicy& operator=(const SqlPolicy&) = delete;

    /// Why the last statement was refused; empty when it was not.
    const std::string& refusal() const noexcept { return _refusal; }

private:
    static int onAction(void* self, int action, const char* first, const char* second, const char* database,
                        const char* via);
    int decide(int action, std::string_view first, std::string_view second);
    int onTable(std::string_view table, bool isSchemaChange);
    int refuse(std::string why);

    sqlite3* _db;
    std::string _prefix;
    Use _use;
    std::string _refusal;
};

} // namespace zoco::gestorbbdd
