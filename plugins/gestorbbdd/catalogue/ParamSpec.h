#pragma once

#include <string>

namespace zoco::gestorbbdd
{

enum class ParamType
{
    Int = 1,
    Real,
    Text,
    Blob,
    Bool,
    Time,  ///< microseconds UTC
    Order, ///< the name of a declared ordering
    After, ///< a list: what a page's last row has in the ordering's columns; NULL begins at the first page
};

/// A parameter of an operation, as its header declares it; `order` and `after` come from its orderings.
struct ParamSpec
{
    std::string name;
    ParamType type = ParamType::Text;
    bool isNullable = false;
    bool isList = false; ///< values of `type`
};

} // namespace zoco::gestorbbdd
