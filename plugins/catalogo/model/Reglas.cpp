#include "Reglas.h"

#include "Dinero.h"
#include "text/Utf8.h"

#include <algorithm>

namespace catalogo::reglas
{

namespace
{

enum class Lines
{
    One = 1,
    Many
};

std::string faultOfText(std::string_view text, std::size_t max, Lines lines)
{
    if (!isUtf8(text)) return "is not UTF-8";
    if (codePoints(text) > max) return "has more than " + std::to_string(max) + " characters";
    for (const char c : text)
    {
        const auto byte = static_cast<unsigned char>(c);
        const bool isLineSign = c == '\n' || c == '\r' || c == '\t';
        if ((byte < 0x20 && !(isLineSign && lines == Lines::Many)) || byte == 0x7F) return "has a control character";
    }
    return {};
}

std::string faultOfNeeded(std::string_view text, std::size_t max)
{
    return text.empty() ? "is missing" : faultOfText(text, max, Lines::One);
}

} // namespace

std::string faultOfSku(std::string_view text)
{
    if (text == "." || text == "..") return "is not allowed";
    return faultOfNeeded(text, 64);
}

std::string faultOfNombre(std::string_view text) { return faultOfNeeded(text, 200); }
std::string faultOfCategoria(std::string_view text) { return faultOfText(text, 120, Lines::One); }
std::string faultOfMarca(std::string_view text) { return faultOfText(text, 120, Lines::One); }
std::string faultOfDescripcion(std::string_view text) { return faultOfText(text, 10'000, Lines::Many); }

std::string faultOfAtributo(std::string_view nombre, std::string_view valor)
{
    const auto fault = faultOfNeeded(nombre, 80);
    return fault.empty() ? faultOfText(valor, 500, Lines::Many) : fault;
}

bool isIva(std::string_view text) noexcept
{
    return text == "general" || text == "reducido" || text == "superreducido" || text == "exento";
}

std::optional<std::int64_t> gramos(std::string_view text)
{
    constexpr int kKilo = 3;
    text = trimmed(text);
    const auto unit = std::min(text.find_first_not_of("0123456789.,"), text.size());
    const auto name = trimmed(text.substr(unit));
    if (name != "g" && name != "kg") return std::nullopt;
    const auto number = parsePrice(text.substr(0, unit), name == "kg" ? kKilo : 0); // decimals of either sign
    if (!number.fault.empty() || number.importe > kMaxPeso) return std::nullopt;
    return number.importe;
}

} // namespace catalogo::reglas
