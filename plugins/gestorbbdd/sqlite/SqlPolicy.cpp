#include "SqlPolicy.h"

#include <algorithm>
#include <sqlite3.h>

namespace zoco::gestorbbdd
{

SqlPolicy::SqlPolicy(sqlite3* db, std::string_view plugin, Use use) : _db(db), _prefix(plugin), _use(use)
{
    std::replace(_prefix.begin(), _prefix.end(), '-', '_');
    _prefix += '_';
    sqlite3_set_authorizer(_db, &onAction, this);
}

SqlPolicy::~SqlPolicy() { sqlite3_set_authorizer(_db, nullptr, nullptr); }

int SqlPolicy::onAction(void* self, int action, const char* first, const char* second, const char*, const char*)
{
    const auto text = [](const char* s) { return s == nullptr ? std::string_view{} : std::string_view(s); };
    return static_cast<SqlPolicy*>(self)->decide(action, text(first), text(second));
}

int SqlPolicy::decide(int action, std::string_view first, std::string_view second)
{
    switch (action)
    {
    case SQLITE_SELECT:
    case SQLITE_RECURSIVE:
    case SQLITE_FUNCTION:
        return SQLITE_OK;
    case SQLITE_READ:
    case SQLITE_INSERT:
    case SQLITE_UPDATE:
    case SQLITE_DELETE:
        return onTable(first, false);
    case SQLITE_CREATE_TABLE:
    case SQLITE_DROP_TABLE:
    case SQLITE_CREATE_VIEW:
    case SQLITE_DROP_VIEW:
    case SQLITE_CREATE_VTABLE:
    case SQLITE_DROP_VTABLE:
    case SQLITE_ANALYZE:
        return onTable(first, true);
    case SQLITE_CREATE_INDEX:
    case SQLITE_DROP_INDEX:
    case SQLITE_CREATE_TRIGGER:
    case SQLITE_DROP_TRIGGER:
    case SQLITE_ALTER_TABLE:
        return onTable(second, true);
    case SQLITE_REINDEX:
        return _use == Use::Migration ? SQLITE_OK : refuse("only a migration may change the schema");
    default:
        return refuse("transactions, PRAGMA, ATTACH and temporary tables are not for plugins");
    }
}

int SqlPolicy::onTable(std::string_view table, bool isSchemaChange)
{
    if (isSchemaChange && _use != Use::Migration) return refuse("only a migration may change the schema");
    if (table.substr(0, _prefix.size()) == _prefix) return SQLITE_OK;
    if (table == "json_each" || table == "json_tree") return SQLITE_OK;
    // Changing the schema reads and writes SQLite's own tables.
    if (_use == Use::Migration && table.substr(0, 7) == "sqlite_") return SQLITE_OK;
    return refuse("the table '" + std::string(table) + "' is not the plugin's own; those are named " + _prefix + "...");
}

int SqlPolicy::refuse(std::string why)
{
    _refusal = std::move(why);
    return SQLITE_DENY;
}

} // namespace zoco::gestorbbdd
