#pragma once

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace catalogo
{

/// What a letter beyond ASCII becomes when accents and case do not count: Latin, Greek, Cyrillic, ligatures and
/// full-width forms. Immutable after construction. [any-thread]
class FoldingTable
{
public:
    FoldingTable();

    /// UTF-8, possibly more than one letter ("ß" gives "ss"); nothing when the letter stays as it is.
    std::optional<std::string_view> find(char32_t codePoint) const noexcept;

private:
    std::vector<std::pair<char32_t, std::string_view>> _words;
};

} // namespace catalogo
