#include "SafeText.h"

#include "Utf8.h"

#include <algorithm>
#include <array>

namespace usuarios
{

namespace
{

struct Range
{
    char32_t first;
    char32_t last;
};

/// What isShowable refuses, in order.
constexpr std::array<Range, 35> kHidden = {{
    {0x0000, 0x001F},    // controls
    {0x007F, 0x009F},    //
    {0x00AD, 0x00AD},    // soft hyphen
    {0x034F, 0x034F},    // joins graphemes
    {0x061C, 0x061C},    // direction
    {0x115F, 0x1160},    // fillers of Hangul
    {0x17B4, 0x17B5},    // vowels that are not shown
    {0x180B, 0x180F},    // selectors and separator of Mongolian
    {0x2000, 0x200F},    // blanks of other widths, zero width, direction
    {0x2028, 0x202F},    // lines, direction, narrow blank
    {0x205F, 0x206F},    // blanks, invisible operators, direction
    {0x2190, 0x2BFF},    // arrows, signs, boxes
    {0x2FF0, 0x2FFF},    // descriptions of signs
    {0x3000, 0x3000},    // wide blank
    {0x3164, 0x3164},    // filler of Hangul
    {0xD800, 0xF8FF},    // surrogates, private use
    {0xFDD0, 0xFDEF},    // no characters
    {0xFE00, 0xFE0F},    // selectors
    {0xFEFF, 0xFEFF},    // byte order mark
    {0xFF00, 0xFFFF},    // full and half width, special
    {0x1BCA0, 0x1BCAF},  // controls of shorthand
    {0x1D000, 0x1D1FF},  // music
    {0x1D400, 0x1D7FF},  // mathematical letters
    {0x1F000, 0x1FAFF},  // pictures
    {0x1FFFE, 0x1FFFF},  // no characters
    {0x2FFFE, 0x2FFFF},  //
    {0x3FFFE, 0x3FFFF},  //
    {0x4FFFE, 0x4FFFF},  //
    {0x5FFFE, 0x5FFFF},  //
    {0x6FFFE, 0x6FFFF},  //
    {0x7FFFE, 0x7FFFF},  //
    {0x8FFFE, 0x8FFFF},  //
    {0x9FFFE, 0x9FFFF},  //
    {0xAFFFE, 0xDFFFF},  // not assigned
    {0xE0000, 0x10FFFF}, // tags, selectors, private use
}};

bool isWithin(char32_t c, std::initializer_list<Range> ranges) noexcept
{
    return std::any_of(ranges.begin(), ranges.end(), [c](Range r) { return c >= r.first && c <= r.last; });
}

bool isLatin(char32_t c) noexcept
{
    return isWithin(c, {{'A', 'Z'}, {'a', 'z'}, {0xC0, 0xD6}, {0xD8, 0xF6}, {0xF8, 0x24F}, {0x1E00, 0x1EFF}});
}

bool isGreekOrCyrillic(char32_t c) noexcept
{
    return isWithin(
        c, {{0x370, 0x3FF}, {0x400, 0x52F}, {0x1C80, 0x1C8F}, {0x1F00, 0x1FFF}, {0x2DE0, 0x2DFF}, {0xA640, 0xA69F}});
}

bool isCombining(char32_t c) noexcept
{
    return isWithin(
        c, {{0x300, 0x36F}, {0x483, 0x489}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x20D0, 0x20FF}, {0xFE20, 0xFE2F}});
}

constexpr int kMostMarks = 2; ///< on one letter: more are drawn over the lines around

} // namespace

bool isShowable(char32_t c) noexcept
{
    const auto after = std::upper_bound(kHidden.begin(), kHidden.end(), c,
                                        [](char32_t value, const Range& r) { return value < r.first; });
    return after == kHidden.begin() || c > std::prev(after)->last;
}

std::string faultOfText(std::string_view text, std::size_t most)
{
    std::size_t count = 0;
    int marks = 0;
    bool hasLatin = false;
    bool hasOther = false;
    while (!text.empty())
    {
        const auto c = takeCodePoint(text);
        if (!c) return "is not valid UTF-8";
        if (!isShowable(*c)) return "has a character that is not allowed";
        marks = isCombining(*c) ? marks + 1 : 0;
        if (marks > kMostMarks) return "has a character that is not allowed";
        hasLatin = hasLatin || isLatin(*c);
        hasOther = hasOther || isGreekOrCyrillic(*c);
        if (++count > most) return "is longer than " + std::to_string(most) + " characters";
    }
    return hasLatin && hasOther ? "mixes alphabets whose letters look alike" : "";
}

} // namespace usuarios
