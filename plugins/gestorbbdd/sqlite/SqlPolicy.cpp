#include "SqlPolicy.h"

#include "Statement.h"
#include "zoco/Value.h"

#include <sqlite3.h>

namespace zoco::gestorbbdd
{

SqlPolicy::SqlPolicy(sqlite3* db, std::string_view plugin, Use use) : _db(db), _owner(plugin), _use(use)
{
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
        return onRead(first, second);
    case SQLITE_INSERT:
    case SQLITE_UPDATE:
    case SQLITE_DELETE:
        return onWrite(first);
    case SQLITE_CREATE_TABLE:
    case SQLITE_DROP_TABLE:
    case SQLITE_CREATE_VIEW:
    case SQLITE_DROP_VIEW:
    case SQLITE_CREATE_VTABLE:
    case SQLITE_DROP_VTABLE:
    case SQLITE_ANALYZE:
        return onSchema(first);
    case SQLITE_CREATE_INDEX:
    case SQLITE_DROP_INDEX:
    case SQLITE_CREATE_TRIGGER:
    case SQLITE_DROP_TRIGGER:
    case SQLITE_ALTER_TABLE:
        return onSchema(second);
    case SQLITE_REINDEX:
        return _use == Use::Migration ? SQLITE_OK : refuse("only a migration may change the schema");
    case SQLITE_PRAGMA:
        if (first == "data_version") return SQLITE_OK; // asked by full-text search itself
        [[fallthrough]];
    default:
        return refuse("transactions, PRAGMA, ATTACH and temporary tables are not for plugins");
    }
}

int SqlPolicy::onRead(std::string_view table, std::string_view column)
{
    if (_owner.owns(table)) return SQLITE_OK;
    if (table.substr(0, 7) == "sqlite_")
        return _use == Use::Migration || column == "ROWID" ? SQLITE_OK : refuseTable(table); // as a virtual table does
    _readNames.emplace(table);
    return SQLITE_OK;
}

int SqlPolicy::onWrite(std::string_view table)
{
    // Changing the schema writes SQLite's own tables, and so does the first use of a virtual table. SQLite itself
    // refuses a statement that names sqlite_master.
    const bool isSchema = table == "sqlite_master" || (_use == Use::Migration && table.substr(0, 7) == "sqlite_");
    return _owner.owns(table) || isSchema ? SQLITE_OK : refuseTable(table);
}

int SqlPolicy::onSchema(std::string_view table)
{
    if (_use != Use::Migration) return refuse("only a migration may change the schema");
    return _owner.owns(table) ? SQLITE_OK : refuseTable(table);
}

int SqlPolicy::refuseTable(std::string_view table)
{
    return refuse("the table '" + std::string(table) + "' is not the plugin's own; those are named " + _owner.prefix() +
                  "...");
}

int SqlPolicy::refuse(std::string why)
{
    _refusal = std::move(why);
    return SQLITE_DENY;
}

std::string SqlPolicy::verdict()
{
    sqlite3_set_authorizer(_db, nullptr, nullptr);
    Statement select(_db, "SELECT 1 FROM sqlite_master WHERE name = ? COLLATE NOCASE");
    for (const auto& name : _readNames)
    {
        const ResetAtEnd reset(select);
        select.bind(1, Value(name));
        if (select.step()) refuseTable(name);
    }
    return _refusal;
}

} // namespace zoco::gestorbbdd
