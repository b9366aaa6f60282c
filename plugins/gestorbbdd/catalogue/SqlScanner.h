#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace zoco::gestorbbdd
{

/// Something in the text of a statement that is not SQL's own.
struct SqlMark
{
    enum class Kind
    {
        Parameter = 1, ///< :name
        When,          ///< {name?  what follows stands only with a value
        Each,          ///< {name*  what follows stands once for each element
        Place,         ///< {name}  something is put there
        Close          ///< }
    };

    Kind kind;
    std::string_view name;
    std::size_t offset;
    std::size_t length;
    int line;
};

/// What stands in the text of one SQL statement, found without knowing its grammar: comments, strings and quoted names
/// are skipped. Views point into the text; lines count from 0.
struct SqlScan
{
    struct Fault
    {
        int line;
        std::string what;
    };

    std::vector<SqlMark> marks; ///< in their order
    std::vector<Fault> faults;  ///< a second statement, a parameter without name, something left open
    std::size_t begin = 0;      ///< where the statement begins and ends; equal when there is none
    std::size_t end = 0;
    int firstLine = 0; ///< of `begin`
};

SqlScan scanSql(std::string_view text);

} // namespace zoco::gestorbbdd
