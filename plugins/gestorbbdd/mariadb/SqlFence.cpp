#include "SqlFence.h"

#include <algorithm>
#include <iterator>

namespace zoco::gestorbbdd::mariadb
{

namespace
{

using Tokens = std::span<const Token>;

template <std::size_t N>
bool isOneOf(std::string_view word, const std::string_view (&words)[N])
{
    return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

/// Key words that lead out of the tables or change the session, wherever they stand.
constexpr std::string_view kWords[] = {"OUTFILE", "DUMPFILE", "INFILE",    "LOAD",         "CALL",        "KILL",
                                       "GRANT",   "REVOKE",   "PROCEDURE", "CURRENT_USER", "CURRENT_ROLE"};
/// Functions that wait, lock, read files or tell about the server.
constexpr std::string_view kFunctions[] = {"sleep",
                                           "benchmark",
                                           "load_file",
                                           "get_lock",
                                           "release_lock",
                                           "release_all_locks",
                                           "is_free_lock",
                                           "is_used_lock",
                                           "master_pos_wait",
                                           "master_gtid_wait",
                                           "source_pos_wait",
                                           "wait_for_executed_gtid_set",
                                           "wait_until_sql_thread_after_gtids",
                                           "user",
                                           "session_user",
                                           "system_user",
                                           "database",
                                           "schema",
                                           "version",
                                           "connection_id",
                                           "sys_exec",
                                           "sys_eval"};
constexpr std::string_view kSchemas[] = {"mysql", "information_schema", "performance_schema", "sys"};

std::string wordAt(Tokens tokens, std::size_t at) { return at < tokens.size() ? keyword(tokens[at]) : std::string(); }

bool isSignAt(Tokens tokens, std::size_t at, char sign) { return at < tokens.size() && tokens[at].isSign(sign); }

void refuse(SqlFence::Verdict& out, int line, std::string why)
{
    if (!out.refusal.empty()) return;
    out.refusal = std::move(why);
    out.line = line;
}

/// Skips IF NOT EXISTS and IF EXISTS.
std::size_t afterIf(Tokens tokens, std::size_t at)
{
    if (wordAt(tokens, at) != "IF") return at;
    return at + (wordAt(tokens, at + 1) == "NOT" ? 3 : 2);
}

std::size_t find(Tokens tokens, std::size_t from, std::string_view word)
{
    while (from < tokens.size() && wordAt(tokens, from) != word) ++from;
    return from;
}

/// What a statement is by its first word; after WITH, by the first that stands outside of brackets.
std::string verbOf(Tokens tokens)
{
    std::size_t at = 0;
    while (isSignAt(tokens, at, '(')) ++at;
    const auto first = wordAt(tokens, at);
    if (first != "WITH") return first;
    constexpr std::string_view kVerbs[] = {"SELECT", "VALUES", "UPDATE", "DELETE"};
    for (int depth = 0; at < tokens.size(); ++at)
    {
        depth += tokens[at].isSign('(') ? 1 : tokens[at].isSign(')') ? -1 : 0;
        if (auto word = wordAt(tokens, at); depth == 0 && isOneOf(word, kVerbs)) return word;
    }
    return first;
}

constexpr std::string_view kReads[] = {"SELECT", "VALUES"};
constexpr std::string_view kChanges[] = {"INSERT", "REPLACE", "UPDATE", "DELETE"};
constexpr std::string_view kSchemaVerbs[] = {"CREATE", "ALTER", "DROP", "TRUNCATE"};

int firstLine(Tokens tokens) { return tokens.empty() ? 0 : tokens.front().line; }

} // namespace

SqlFence::Verdict SqlFence::operation(const Lexed& sql) const
{
    Verdict out;
    if (!sql.fault.empty()) refuse(out, sql.faultLine, sql.fault);
    const auto verb = verbOf(sql.tokens);
    out.kind = isOneOf(verb, kReads) ? Kind::Read : Kind::Change;
    if (isOneOf(verb, kSchemaVerbs)) refuse(out, firstLine(sql.tokens), "only a migration may change the schema");
    if (out.kind == Kind::Change && !isOneOf(verb, kChanges))
        refuse(out, firstLine(sql.tokens), "it must be a SELECT, INSERT, UPDATE or DELETE");
    checkNames(sql.tokens, out);
    return out;
}

SqlFence::Verdict SqlFence::migration(Tokens statement) const
{
    Verdict out;
    const auto verb = verbOf(statement);
    if (isOneOf(verb, kChanges))
        out.kind = Kind::Change;
    else if (isOneOf(verb, kSchemaVerbs))
        out.kind = Kind::Schema;
    else
        refuse(out, firstLine(statement), "a migration makes, alters or drops tables, or changes their rows");
    checkNames(statement, out);
    if (out.kind == Kind::Schema) checkSchemaChange(statement, out);
    return out;
}

void SqlFence::checkNames(Tokens tokens, Verdict& out) const
{
    for (std::size_t i = 0; i < tokens.size(); ++i)
    {
        const auto& token = tokens[i];
        if (!token.isName()) continue;
        const auto word = keyword(token);
        const auto name = lowered(token.text);
        const bool isCalled = isSignAt(tokens, i + 1, '(');
        const bool isQualifier = isSignAt(tokens, i + 1, '.');
        if (isOneOf(word, kWords)) refuse(out, token.line, word + " is not for plugins");
        if (!_owner.owns(name) && (name.substr(0, 11) == "gestorbbdd_" || _around.tables.contains(name)))
            refuse(out, token.line,
                   "'" + token.text + "' is not the plugin's own; its tables are named " + _owner.prefix() + "...");
        if (isQualifier && (isOneOf(name, kSchemas) || (name != _around.database && _around.schemas.contains(name))))
            refuse(out, token.line, "the database '" + token.text + "' is not for plugins");
        if (isCalled && (isOneOf(name, kFunctions) || _around.routines.contains(name)))
            refuse(out, token.line, "the function " + token.text + " is not for plugins");
        if (word == "INTO" && wordAt(tokens, i - 1) != "INSERT" && wordAt(tokens, i - 1) != "REPLACE" &&
            wordAt(tokens, i - 2) != "INSERT" && wordAt(tokens, i - 2) != "REPLACE")
            refuse(out, token.line, "INTO follows INSERT or REPLACE alone");
        if (word == "DIRECTORY" && (wordAt(tokens, i - 1) == "DATA" || wordAt(tokens, i - 1) == "INDEX"))
            refuse(out, token.line, "where the server keeps its files is not for plugins");
        if (word == "ENGINE" && !isQualifier)
        {
            const auto engine = wordAt(tokens, i + (isSignAt(tokens, i + 1, '=') ? 2 : 1));
            if (out.kind == Kind::Schema && engine != "INNODB")
                refuse(out, token.line, "only InnoDB keeps what the shop relies on");
        }
    }
}

void SqlFence::checkOwn(Tokens tokens, std::size_t at, Verdict& out) const
{
    if (at >= tokens.size() || !tokens[at].isName()) return refuse(out, firstLine(tokens), "a name is missing");
    if (!_owner.owns(tokens[at].text))
        refuse(out, tokens[at].line,
               "'" + tokens[at].text + "' is not the plugin's own; its tables are named " + _owner.prefix() + "...");
    if (isSignAt(tokens, at + 1, '.')) refuse(out, tokens[at].line, "a table is named without its database");
}

void SqlFence::checkSchemaChange(Tokens tokens, Verdict& out) const
{
    const auto verb = wordAt(tokens, 0);
    std::size_t at = 1;
    constexpr std::string_view kFillers[] = {"OR", "REPLACE", "UNIQUE", "FULLTEXT", "SPATIAL", "ONLINE", "IGNORE"};
    while (isOneOf(wordAt(tokens, at), kFillers)) ++at;
    const auto what = verb == "TRUNCATE" && wordAt(tokens, at) != "TABLE" ? std::string("TABLE") : wordAt(tokens, at++);
    const auto name = afterIf(tokens, at);
    if (what == "INDEX") return checkOwn(tokens, find(tokens, name, "ON") + 1, out);
    if (what != "TABLE" && what != "VIEW" && what != "TRIGGER" && what != "SEQUENCE")
        return refuse(out, firstLine(tokens), verb + " " + what + " is not for plugins");
    checkOwn(tokens, name, out);
    if (what == "TRIGGER" && verb == "CREATE") return checkOwn(tokens, find(tokens, name, "ON") + 1, out);
    if (verb == "DROP")
        for (auto i = name + 1; isSignAt(tokens, i, ','); i += 2) checkOwn(tokens, i + 1, out);
    if (verb != "ALTER") return;
    for (auto i = find(tokens, name, "RENAME"); i < tokens.size(); i = find(tokens, i + 1, "RENAME"))
    {
        constexpr std::string_view kParts[] = {"COLUMN", "INDEX", "KEY"};
        if (isOneOf(wordAt(tokens, i + 1), kParts)) continue;
        const bool hasWord = wordAt(tokens, i + 1) == "TO" || wordAt(tokens, i + 1) == "AS";
        checkOwn(tokens, i + (hasWord || isSignAt(tokens, i + 1, '=') ? 2 : 1), out);
    }
}

} // namespace zoco::gestorbbdd::mariadb
