#include "Dinero.h"

#include <algorithm>
#include <array>

namespace catalogo
{

namespace
{

constexpr std::int64_t kMaxMinorUnits = 1'000'000'000'000;

bool isDigit(char c) noexcept { return c >= '0' && c <= '9'; }

bool areDigits(std::string_view text) noexcept { return std::all_of(text.begin(), text.end(), isDigit); }

/// Removes the thousands signs of a whole part; false when they do not stand before three digits each.
bool joinThousands(std::string_view whole, char sign, std::string& out)
{
    auto part = whole.substr(0, whole.find(sign));
    if (part.empty() || part.size() > 3) return false;
    while (true)
    {
        if (!areDigits(part)) return false;
        out += part;
        whole.remove_prefix(part.size());
        if (whole.empty()) return true;
        whole.remove_prefix(1);
        part = whole.substr(0, whole.find(sign));
        if (part.size() != 3) return false;
    }
}

/// Splits at the decimal sign: of '.' and ',' the last one, when both occur. False when the text is no number.
bool split(std::string_view text, std::string& whole, std::string_view& decimals)
{
    const auto sign = text.find_last_of(".,");
    if (sign == std::string_view::npos)
    {
        whole = text;
        return areDigits(whole);
    }
    decimals = text.substr(sign + 1);
    const auto before = text.substr(0, sign);
    if (decimals.empty() || !areDigits(decimals)) return false;
    const char other = text[sign] == '.' ? ',' : '.';
    if (before.find(other) != std::string_view::npos) return joinThousands(before, other, whole);
    whole = before;
    return areDigits(whole);
}

} // namespace

int minorDigits(std::string_view moneda) noexcept
{
    constexpr std::array<std::string_view, 16> kNone = {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW",
                                                        "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"};
    constexpr std::array<std::string_view, 7> kThree = {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};
    if (std::find(kNone.begin(), kNone.end(), moneda) != kNone.end()) return 0;
    return std::find(kThree.begin(), kThree.end(), moneda) != kThree.end() ? 3 : 2;
}

bool isCurrencyCode(std::string_view text) noexcept
{
    return text.size() == 3 && std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

ParsedPrice parsePrice(std::string_view text, int digits)
{
    ParsedPrice out;
    std::string whole;
    std::string_view decimals;
    if (text.empty() || text.starts_with('-') || !split(text, whole, decimals) || (whole.empty() && decimals.empty()))
    {
        out.fault = text.starts_with('-')
                        ? "a price must not be negative"
                        : std::string(1, '"').append(text) + "\" is not a price such as 12,50 or 12.50";
        return out;
    }
    const auto kept = static_cast<std::size_t>(digits);
    whole += decimals.substr(0, kept);
    if (decimals.size() < kept) whole.append(kept - decimals.size(), '0');
    const auto surplus = decimals.size() > kept ? decimals.substr(kept) : std::string_view{};
    for (const char c : whole)
    {
        out.importe = out.importe * 10 + (c - '0');
        if (out.importe > kMaxMinorUnits)
        {
            out.fault = "the price is too high";
            return out;
        }
    }
    out.isRounded = surplus.find_first_not_of('0') != std::string_view::npos;
    if (!surplus.empty() && surplus.front() >= '5') ++out.importe;
    return out;
}

} // namespace catalogo
