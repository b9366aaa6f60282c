#include "FoldingTable.h"

#include <algorithm>

namespace catalogo
{

namespace
{

/// One word per code point from `first` on: what it folds to, "-" for itself.
struct Block
{
    char32_t first;
    std::string_view words;
};

constexpr Block kBlocks[] = {
    {0xC0, "a a a a a a ae c e e e e i i i i d n o o o o o - o u u u u y th ss a a a a a a ae c e e e e i i i i "
           "d n o o o o o - o u u u u y th y a a a a a a c c c c c c c c d d d d e e e e e e e e e e g g g g g g "
           "g g h h h h i i i i i i i i i i ij ij j j k k k l l l l l l l· l· l l n n n n n n ʼn ng ng o o o o o "
           "o oe oe r r r r r r s s s s s s s s t t t t t t u u u u u u u u u u u u w w y y y z z z z z z s - ɓ "
           "ƃ - ƅ - ɔ ƈ - ɖ ɗ ƌ - - ǝ e ɛ f f ɠ ɣ - ɩ ɨ ƙ - - - ɯ ɲ - ɵ o o ƣ - ƥ - ʀ ƨ - ʃ - - ƭ - ʈ u u ʊ ʋ ƴ "
           "- ƶ - ʒ ƹ - - - ƽ - - - - - - - dz dz dz lj lj lj nj nj nj a a i i o o u u u u u u u u u u - a a a a "
           "ae ae ǥ - g g k k o o o o ʒ ʒ j dz dz dz g g ƕ ƿ n n a a ae ae o o a a a a e e e e i i i i o o o o r "
           "r r r u u u u s s t t ȝ - h h ƞ - ȣ - ȥ - a a e e o o o o o o o o y y - - - - - - ⱥ ȼ - ƚ ⱦ - - ɂ - "
           "ƀ ʉ ʌ ɇ - ɉ - ɋ - ɍ - ɏ -"},
    {0x370, "ͱ - ͳ - ʹ - ͷ - - - - - - - - ϳ - - - - - - α - ε η ι - ο - υ ω ι α β γ δ ε ζ η θ ι κ λ μ ν ξ ο π ρ "
            "- σ τ υ φ χ ψ ω ι υ α ε η ι υ - - - - - - - - - - - - - - - - - σ - - - - - - - ι υ ο υ ω ϗ β θ υ υ "
            "υ φ π - ϙ - ϛ - ϝ - ϟ - ϡ - ϣ - ϥ - ϧ - ϩ - ϫ - ϭ - ϯ - κ ρ σ - θ ε - ϸ - σ ϻ - - ͻ ͼ ͽ"},
    {0x400, "е е ђ г є ѕ і і ј љ њ ћ к и у џ а б в г д е ж з и и к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я - - "
            "- - - - - - - и - - - - - - - - - - - - - - - - - - - - - - е е - г - - - і - - - - к и у -"},
    {0x1E00, "a a b b b b b b c c d d d d d d d d d d e e e e e e e e e e f f g g h h h h h h h h h h i i i i k k "
             "k k k k l l l l l l l l m m m m m m n n n n n n n n o o o o o o o o p p p p r r r r r r r r s s s s "
             "s s s s s s t t t t t t t t u u u u u u u u u u v v v v w w w w w w w w w w x x x x y y z z z z z z "
             "h t w y aʾ s - - ss - a a a a a a a a a a a a a a a a a a a a a a a a e e e e e e e e e e e e e e e "
             "e i i i i o o o o o o o o o o o o o o o o o o o o o o o o u u u u u u u u u u u u u u y y y y y y y "
             "y ỻ - ỽ - ỿ -"},
    {0xFB00, "ff fi fl ffi ffl st st"},
    {0xFF10, "0 1 2 3 4 5 6 7 8 9 - - - - - - - a b c d e f g h i j k l m n o p q r s t u v w x y z - - - - - - a "
             "b c d e f g h i j k l m n o p q r s t u v w x y z"},
};

} // namespace

FoldingTable::FoldingTable()
{
    for (const auto& block : kBlocks)
    {
        auto codePoint = block.first;
        for (auto rest = block.words; !rest.empty(); ++codePoint)
        {
            const auto end = std::min(rest.find(' '), rest.size());
            if (const auto word = rest.substr(0, end); word != "-") _words.emplace_back(codePoint, word);
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }
}

std::optional<std::string_view> FoldingTable::find(char32_t codePoint) const noexcept
{
    const auto found = std::lower_bound(_words.begin(), _words.end(), codePoint,
                                        [](const auto& word, char32_t wanted) { return word.first < wanted; });
    if (found == _words.end() || found->first != codePoint) return std::nullopt;
    return found->second;
}

} // namespace catalogo
