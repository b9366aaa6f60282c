#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace catalogo
{

/// Digits behind the decimal sign of a currency: 2, but 0 for JPY, 3 for KWD ...
int minorDigits(std::string_view moneda) noexcept;
/// Three capital letters.
bool isCurrencyCode(std::string_view text) noexcept;

/// A price read from text.
struct ParsedPrice
{
    std::int64_t importe = 0;
    bool isRounded = false; ///< it had more decimals than the currency
    std::string fault;      ///< not empty: what is wrong with the text
};

/// Reads "12", "12,50", "12.50", "1.234,50" and "1,234.50" into minor units, exactly: surplus decimals are rounded half
/// up. A single sign is the decimal sign, whatever follows. Not negative, at most 10^12 minor units.
ParsedPrice parsePrice(std::string_view text, int minorDigits);

} // namespace catalogo
