#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace zoco::gestorbbdd
{

/// What stands in the text of one SQL statement, found without knowing its grammar: comments, strings and quoted names
/// are skipped. Views point into the text; lines count from 0.
struct SqlScan
{
    struct Parameter
    {
        std::string_view name; ///< without ':'
        int line;
    };
    struct Fault
    {
        int line;
        std::string what;
    };

    std::vector<Parameter> parameters; ///< in their order, repeated ones too
    std::vector<Fault> faults;         ///< a second statement, a parameter without name, something left open
    std::size_t begin = 0;             ///< where the statement begins and ends; equal when there is none
    std::size_t end = 0;
    int firstLine = 0; ///< of `begin`
};

SqlScan scanSql(std::string_view text);

} // namespace zoco::gestorbbdd
