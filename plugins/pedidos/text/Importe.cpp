#include "Importe.h"

namespace pedidos
{

namespace
{

/// Without sign and currency.
std::string digitsOf(std::int64_t importe, char thousands, char decimal)
{
    constexpr std::uint64_t kCents = 100;
    const auto size = importe < 0 ? 0 - static_cast<std::uint64_t>(importe) : static_cast<std::uint64_t>(importe);
    auto out = std::to_string(size / kCents);
    for (auto at = static_cast<std::ptrdiff_t>(out.size()) - 3; at > 0; at -= 3)
        out.insert(static_cast<std::size_t>(at), 1, thousands);
    const auto cents = std::to_string(size % kCents);
    return out + decimal + (cents.size() == 1 ? "0" : "") + cents;
}

std::string_view signOf(std::int64_t importe) noexcept { return importe < 0 ? "-" : ""; }

} // namespace

std::string importeLegible(std::int64_t importe, std::string_view moneda)
{
    const auto unit = moneda == "EUR" ? std::string_view("€") : moneda;
    return std::string(signOf(importe)) + digitsOf(importe, '.', ',') + ' ' + std::string(unit);
}

std::string readableAmount(std::int64_t importe, std::string_view moneda)
{
    const auto digits = digitsOf(importe, ',', '.');
    if (moneda == "EUR") return std::string(signOf(importe)) + "€" + digits;
    return std::string(signOf(importe)) + digits + ' ' + std::string(moneda);
}

} // namespace pedidos
