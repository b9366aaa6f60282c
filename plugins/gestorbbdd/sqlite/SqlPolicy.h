#pragma once

#include "catalogue/TableOwner.h"

#include <set>
#include <string>
#include <string_view>

struct sqlite3;

namespace zoco::gestorbbdd
{

/// What a plugin's SQL may do while it is prepared: it touches the plugin's own tables alone (TableOwner), changes
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

    /// Why the statement that was prepared is refused; empty when it is not. Ends the policy's hold.
    std::string verdict();

private:
    static int onAction(void* self, int action, const char* first, const char* second, const char* database,
                        const char* via);
    int decide(int action, std::string_view first, std::string_view second);
    int onRead(std::string_view table, std::string_view column);
    int onWrite(std::string_view table);
    int onSchema(std::string_view table);
    int refuseTable(std::string_view table);
    int refuse(std::string why);

    sqlite3* _db;
    TableOwner _owner;
    Use _use;
    std::string _refusal;
    std::set<std::string> _readNames; ///< not its own: tables of others, or names that the statement itself makes
};

} // namespace zoco::gestorbbdd
