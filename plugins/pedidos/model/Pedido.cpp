#include "Pedido.h"

#include "text/Campo.h"

#include <array>
#include <ctime>

namespace pedidos
{

namespace
{

/// All members, in the order in which they are written. None has a line end.
template <class Datos>
auto members(Datos& d)
{
    auto& x = d.direccion;
    return std::array{&x.nombre, &x.linea1, &x.linea2, &x.cp, &x.ciudad, &x.provincia, &x.pais, &x.telefono, &d.correo};
}

} // namespace

std::string textoDe(const DatosPersonales& datos)
{
    std::string out;
    for (const auto* text : members(datos)) out.append(*text).append("\n");
    return out;
}

DatosPersonales datosDe(std::string_view text)
{
    DatosPersonales out;
    for (auto* member : members(out)) *member = takeField(text, '\n');
    return out;
}

std::string textoDe(const std::vector<Impuesto>& impuestos)
{
    std::string out;
    for (const auto& i : impuestos)
        out += (out.empty() ? "" : " ") + std::to_string(i.tipo) + ':' + std::to_string(i.base) + ':' +
               std::to_string(i.cuota);
    return out;
}

std::vector<Impuesto> impuestosDe(std::string_view text)
{
    std::vector<Impuesto> out;
    while (!text.empty())
    {
        auto one = takeField(text, ' ');
        auto& i = out.emplace_back();
        i.tipo = static_cast<int>(fieldNumber(takeField(one, ':')));
        i.base = fieldNumber(takeField(one, ':'));
        i.cuota = fieldNumber(one);
    }
    return out;
}

namespace
{

constexpr std::string_view kLetters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"; // without 0 and O, 1 and I
constexpr std::size_t kDayDigits = 6;                                     ///< yymmdd

} // namespace

std::string numeroDe(std::int64_t creado, std::string_view random)
{
    constexpr std::int64_t kSecond = 1'000'000;
    const auto seconds = static_cast<std::time_t>(creado / kSecond);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    char day[8];
    std::string out(day, std::strftime(day, sizeof day, "%y%m%d", &parts));
    out += '-';
    for (const char c : random) out += kLetters[static_cast<unsigned char>(c) % kLetters.size()];
    return out;
}

std::optional<std::string> numeroEscrito(std::string_view text)
{
    constexpr std::size_t kMost = 20; // the column
    if (text.size() < kDayDigits + 2 || text.size() > kMost || text[kDayDigits] != '-') return std::nullopt;
    std::string out(text);
    for (auto& c : out)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    const std::string_view all(out);
    const bool isGood = all.substr(0, kDayDigits).find_first_not_of("0123456789") == all.npos &&
                        all.substr(kDayDigits + 1).find_first_not_of(kLetters) == all.npos;
    return isGood ? std::optional(std::move(out)) : std::nullopt;
}

} // namespace pedidos
