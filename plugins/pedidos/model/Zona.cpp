#include "Zona.h"

#include <algorithm>
#include <array>
#include <utility>

namespace pedidos
{

namespace
{

constexpr std::array<std::pair<Zona, std::string_view>, 8> kZonas = {{{Zona::Peninsula, "peninsula"},
                                                                      {Zona::Baleares, "baleares"},
                                                                      {Zona::Canarias, "canarias"},
                                                                      {Zona::Ceuta, "ceuta"},
                                                                      {Zona::Melilla, "melilla"},
                                                                      {Zona::Portugal, "portugal"},
                                                                      {Zona::UnionEuropea, "ue"},
                                                                      {Zona::Mundo, "mundo"}}};

constexpr std::string_view kUnion = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK";

constexpr std::string_view kCountries =
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA "
    "CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA "
    "GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP "
    "KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS "
    "MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS "
    "RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW "
    "TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/// The provinces that are treated apart, by a word of their names in any of their languages, and how their post codes
/// begin.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kApart = {
    {{"palmas", "35"}, {"tenerife", "38"}, {"balear", "07"}, {"ceuta", "51"}, {"melilla", "52"}}};

bool isListed(std::string_view list, std::string_view code) noexcept
{
    if (code.size() != 2 || code.find(' ') != std::string_view::npos) return false;
    const auto place = list.find(code);
    return place != std::string_view::npos && place % 3 == 0;
}

std::string lower(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 32) : c; });
    return out;
}

bool isCpAbroad(std::string_view cp) noexcept
{
    constexpr std::size_t kLongest = 12;
    return cp.size() <= kLongest && std::all_of(cp.begin(), cp.end(),
                                                [](char c) {
                                                    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                                                           (c >= 'a' && c <= 'z') || c == ' ' || c == '-';
                                                });
}

} // namespace

Zona zonaDe(std::string_view pais, std::string_view cp) noexcept
{
    if (pais == "PT") return Zona::Portugal;
    if (pais != "ES") return isListed(kUnion, pais) ? Zona::UnionEuropea : Zona::Mundo;
    const auto province = cp.substr(0, 2);
    if (province == "07") return Zona::Baleares;
    if (province == "35" || province == "38") return Zona::Canarias;
    if (province == "51") return Zona::Ceuta;
    if (province == "52") return Zona::Melilla;
    return Zona::Peninsula;
}

bool isFueraDeIva(Zona zona) noexcept
{
    return zona == Zona::Canarias || zona == Zona::Ceuta || zona == Zona::Melilla || zona == Zona::Mundo;
}

std::string_view nombreDe(Zona zona) noexcept
{
    for (const auto& [known, name] : kZonas)
        if (known == zona) return name;
    return {};
}

std::optional<Zona> zonaPorNombre(std::string_view name) noexcept
{
    for (const auto& [zona, known] : kZonas)
        if (known == name) return zona;
    return std::nullopt;
}

bool isPais(std::string_view code) noexcept { return isListed(kCountries, code); }

std::string faultOfCp(std::string_view pais, std::string_view cp, std::string_view provincia)
{
    if (cp.empty()) return "is missing";
    if (pais != "ES") return isCpAbroad(cp) ? "" : "is not a post code";
    const bool isDigits = std::all_of(cp.begin(), cp.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (cp.size() != 5 || !isDigits || cp < "01001" || cp > "52999") return "must have five digits, 01001 to 52999";
    if (provincia.empty()) return "";
    const auto name = lower(provincia);
    for (const auto& [word, code] : kApart)
    {
        const bool isNamed = name.find(word) != std::string::npos;
        if (isNamed != cp.starts_with(code)) return "is not of that province";
    }
    return "";
}

} // namespace pedidos
