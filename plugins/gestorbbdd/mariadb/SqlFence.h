#pragma once

#include "SqlLexer.h"
#include "catalogue/TableOwner.h"

#include <set>
#include <span>
#include <string>
#include <string_view>

namespace zoco::gestorbbdd::mariadb
{

/// What there is in the server that a plugin's SQL must not name. All in lower case.
struct Surroundings
{
    std::set<std::string> tables; ///< of our database, views and sequences too
    std::set<std::string> schemas;
    std::set<std::string> routines;
    std::string database; ///< ours
};

/// Keeps a plugin's SQL to the plugin's own tables. The server has nothing that tells us what a statement would touch,
/// so its names are looked at before it is prepared: every name that is another plugin's table is refused, wherever it
/// stands, and so is every word that leads out of the tables or changes the session.
class SqlFence
{
public:
    enum class Kind
    {
        Read = 1,
        Change, ///< of rows
        Schema, ///< cannot be undone
    };
    struct Verdict
    {
        Kind kind = Kind::Read;
        std::string refusal; ///< empty when it may run
        int line = 0;        ///< of the refusal, counted from 0
    };

    SqlFence(std::string_view plugin, const Surroundings& surroundings) : _owner(plugin), _around(surroundings) {}

    Verdict operation(const Lexed& sql) const;
    Verdict migration(std::span<const Token> statement) const;

private:
    void checkNames(std::span<const Token> tokens, Verdict& out) const;
    void checkSchemaChange(std::span<const Token> tokens, Verdict& out) const;
    void checkOwn(std::span<const Token> tokens, std::size_t at, Verdict& out) const;

    TableOwner _owner;
    const Surroundings& _around;
};

} // namespace zoco::gestorbbdd::mariadb
