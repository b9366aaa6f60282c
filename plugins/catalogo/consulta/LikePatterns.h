#pragma once

#include "zoco/Value.h"

#include <cstddef>
#include <string>
#include <vector>

namespace catalogo
{

/// Folded words as patterns for LIKE ... ESCAPE '!': each anywhere in the text, its own signs taken as they are.
class LikePatterns
{
public:
    explicit LikePatterns(const std::vector<std::string>& words);

    /// The pattern of a word, borrowed from this object; NULL behind the last one.
    zoco::Value operator[](std::size_t word) const noexcept
    {
        return word < _patterns.size() ? zoco::Value(_patterns[word]) : zoco::Value();
    }

private:
    std::vector<std::string> _patterns;
};

} // namespace catalogo
