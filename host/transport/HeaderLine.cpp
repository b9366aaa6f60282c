#include "HeaderLine.h"

#include "CharTables.h"

#include <emmintrin.h>

namespace zoco::host
{

namespace
{

bool blockHasControl(const char* p) noexcept
{
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    // Unsigned "block <= 0x1f": min(block, 0x1f) == block.
    const __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(block, _mm_set1_epi8(0x1f)), block);
    const __m128i tab = _mm_cmpeq_epi8(block, _mm_set1_epi8('\t'));
    const __m128i del = _mm_cmpeq_epi8(block, _mm_set1_epi8(0x7f));
    return _mm_movemask_epi8(_mm_or_si128(_mm_andnot_si128(tab, low), del)) != 0;
}

bool isBlank(char c) noexcept { return c == ' ' || c == '\t'; }

/// The name did not end at a colon: find out what is wrong. `stop` is its first byte that is no token character.
ParseFailure explainName(std::string_view line, std::size_t stop) noexcept
{
    const std::size_t colon = line.find(':');
    if (stop < line.size() && line[stop] == '\r')
    {
        return {400, "bare-cr"};
    }
    if (colon == std::string_view::npos)
    {
        return {400, "no-colon"};
    }
    if (stop > 0 && isBlank(line[stop]) && trimmed(line.substr(stop, colon - stop)).empty())
    {
        return {400, "space-before-colon"};
    }
    return {400, "bad-header-name"};
}

} // namespace

bool hasControl(std::string_view text) noexcept
{
    const char* p = text.data();
    const char* end = p + text.size();
    if (text.size() < 16)
    {
        unsigned seen = 0;
        for (; p != end; ++p)
        {
            seen |= kCharTable[static_cast<unsigned char>(*p)];
        }
        return (seen & CharTables::kControl) != 0;
    }
    for (; end - p > 16; p += 16)
    {
        if (blockHasControl(p))
        {
            return true;
        }
    }
    return blockHasControl(end - 16);
}

std::string_view trimmed(std::string_view text) noexcept
{
    while (!text.empty() && isBlank(text.front()))
    {
        text.remove_prefix(1);
    }
    while (!text.empty() && isBlank(text.back()))
    {
        text.remove_suffix(1);
    }
    return text;
}

ParseFailure parseHeaderLine(std::string_view line, HeaderField& field) noexcept
{
    if (isBlank(line.front()))
    {
        return {400, "obs-fold"};
    }
    const char* begin = line.data();
    const char* end = begin + line.size();
    const char* colon = skipChars(begin, end, CharTables::kToken);
    if (colon == begin || colon == end || *colon != ':')
    {
        return explainName(line, static_cast<std::size_t>(colon - begin));
    }
    if (hasControl(line))
    {
        const bool bareCr = line.find('\r') != std::string_view::npos;
        return {400, bareCr ? std::string_view("bare-cr") : std::string_view("bad-header-value")};
    }
    const auto nameSize = static_cast<std::size_t>(colon - begin);
    field.name = line.substr(0, nameSize);
    field.value = trimmed(line.substr(nameSize + 1));
    return {};
}

} // namespace zoco::host
