#include "Tarjetas.h"

#include <algorithm>
#include <array>

namespace pagos
{

namespace
{

struct Conocida
{
    std::string_view numero;
    Trato trato;
};

constexpr int kNo = 190;
constexpr int kUnknownCard = 180;
constexpr int kExpired = 101;
constexpr int kWrongCvv = 129;
constexpr int kWithoutProof = 184;

constexpr std::array<Conocida, 9> kConocidas{{{"4548810000000003", {}},
                                              {"4548814479727229", {}},
                                              {"5576441563045037", {}},
                                              {"4918019160034602", {0, false, false, true}},
                                              {"4548817212493017", {0, true, false, false}},
                                              {"4918019199883839", {0, true, false, true}},
                                              {"4907271141151707", {kWithoutProof, true, true, false}},
                                              {"4907277775205123", {kWithoutProof, false, true, false}},
                                              {"5576440022788500", {kNo, false, true, false}}}};

bool hasOnlyDigits(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// YYYYMM of "MM/AA"; 0 when it is none.
int monthOf(std::string_view caducidad)
{
    if (caducidad.size() != 5 || caducidad[2] != '/' || !hasOnlyDigits(caducidad.substr(0, 2)) ||
        !hasOnlyDigits(caducidad.substr(3)))
        return 0;
    const auto two = [&](std::size_t at) { return (caducidad[at] - '0') * 10 + caducidad[at + 1] - '0'; };
    const auto month = two(0);
    return month >= 1 && month <= 12 ? (2000 + two(3)) * 100 + month : 0;
}

int refusalOf(std::string_view cvv, std::int64_t importe)
{
    if (cvv.size() != 3 || !hasOnlyDigits(cvv)) return kWrongCvv;
    for (const auto advice : {172, 173, 174})
        if (cvv == std::to_string(advice) || importe % 100 == advice % 100) return advice;
    if (cvv == "999" || importe % 100 == 96) return kNo;
    return 0;
}

} // namespace

Trato tratoDe(std::string_view numero, std::string_view caducidad, std::string_view cvv, std::int64_t importe, int hoy)
{
    const auto found =
        std::find_if(kConocidas.begin(), kConocidas.end(), [&](const auto& known) { return known.numero == numero; });
    if (found == kConocidas.end()) return {kUnknownCard, false, true, false};
    if (monthOf(caducidad) < hoy) return {kExpired, false, true, false};
    if (const auto refused = refusalOf(cvv, importe); refused != 0) return {refused, false, true, false};
    return found->trato;
}

std::string enmascarada(std::string_view numero)
{
    if (numero.size() < 12) return std::string(numero.size(), '*');
    return std::string(numero.substr(0, 6)) + std::string(numero.size() - 10, '*') +
           std::string(numero.substr(numero.size() - 4));
}

} // namespace pagos
