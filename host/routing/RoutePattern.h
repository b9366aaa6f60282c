#pragma once

#include "zoco/Result.h"

#include <string>
#include <string_view>
#include <vector>

namespace zoco::host
{

/// A parsed route pattern such as "/Hola/{nombre}" or "/Archivos/{resto...}". A value.
struct RoutePattern
{
    enum class Kind
    {
        Literal = 1,
        Parameter,
        Rest
    };
    struct Segment
    {
        Kind kind;
        std::string text; ///< the literal, or the parameter's name
    };

    std::string text; ///< as declared
    std::vector<Segment> segments;

    /// Rules: starts with '/'; a parameter is a whole segment; names are [a-zA-Z_][a-zA-Z0-9_]* and differ; "{x...}"
    /// only last. The problem's detail says which rule is broken.
    static Result<RoutePattern> parse(std::string_view text);

    /// The pattern with its parameters' names blanked out: equal shapes match the same paths.
    std::string shape() const;
};

} // namespace zoco::host
