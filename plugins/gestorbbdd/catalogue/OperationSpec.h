#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace zoco::gestorbbdd
{

enum class ParamType
{
    Int = 1,
    Real,
    Text,
    Blob,
    Bool,
    Time, ///< microseconds UTC
};

/// A parameter of an operation, as its header declares it.
struct ParamSpec
{
    std::string name;
    ParamType type = ParamType::Text;
    bool isNullable = false;
};

enum class Returns
{
    One = 1,  ///< no row or one; a second is an error
    Many,     ///< any number of rows
    Affected, ///< no rows, only how many changed
};

enum class Access
{
    Own = 1,
    Published, ///< other plugins may call it as "plugin.operation"
};

/// A named operation as its file says it. A value.
struct OperationSpec
{
    std::string name;
    std::vector<ParamSpec> params;
    Returns returns = Returns::Many;
    Access access = Access::Own;
    bool isIdempotent = false;
    std::string sql; ///< one statement, without the final ';'
    std::string file;
    int line = 0;    ///< of its header
    int sqlLine = 0; ///< where `sql` begins
};

} // namespace zoco::gestorbbdd
