#pragma once

#include "FoldingTable.h"

#include <string>
#include <string_view>
#include <vector>

namespace catalogo
{

/// Texts as the catalogue compares them: without accents and case. [any-thread]
class Folding
{
public:
    /// "Jamón Ibérico" -> "jamon iberico", "Straße" -> "strasse". Combining accents vanish, other signs stay.
    std::string fold(std::string_view text) const;
    /// Key that sorts names: folded, from the first letter or digit on, "ñ" between "n" and "o". At most 120 bytes.
    std::string sortKey(std::string_view name) const;
    /// "Cerámica y Loza" -> "ceramica-y-loza": lower-case letters, digits and single '-', at most 80. Letters that have
    /// no Latin form count as a gap; empty when nothing is left.
    std::string slug(std::string_view name) const;
    /// Name of a column without case, accents, blanks and signs: "Precio mediano" -> "preciomediano".
    std::string plainName(std::string_view name) const;
    /// The folded words of a search.
    std::vector<std::string> words(std::string_view query) const;

private:
    FoldingTable _table;
};

} // namespace catalogo
