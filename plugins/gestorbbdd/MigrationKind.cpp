#include "MigrationKind.h"

#include "mariadb/SqlLexer.h"

#include <algorithm>
#include <iterator>

namespace zoco::gestorbbdd
{

MigrationKind kindOf(std::string_view sql)
{
    // Of what can be dropped without an older generation's noticing.
    constexpr std::string_view kHarmless[] = {"INDEX",   "KEY",     "CONSTRAINT", "FOREIGN",
                                              "PRIMARY", "TRIGGER", "CHECK",      "DEFAULT"};
    const auto lexed = mariadb::lexSql(sql);
    if (!lexed.fault.empty()) return MigrationKind::Unknown;
    for (std::size_t i = 0; i < lexed.tokens.size(); ++i)
    {
        const auto word = mariadb::keyword(lexed.tokens[i]);
        if (word != "DROP" && word != "RENAME") continue;
        const auto next = i + 1 < lexed.tokens.size() ? mariadb::keyword(lexed.tokens[i + 1]) : std::string();
        if (std::find(std::begin(kHarmless), std::end(kHarmless), next) == std::end(kHarmless))
            return MigrationKind::Contract;
    }
    return MigrationKind::Expand;
}

} // namespace zoco::gestorbbdd
