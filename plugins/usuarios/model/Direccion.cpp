#include "Direccion.h"

#include "text/Utf8.h"

#include <algorithm>
#include <array>

namespace usuarios
{

namespace
{

/// Names without accents and in small letters, all that mean one province with '/' between, by their code from 01 on.
constexpr std::array<std::string_view, 52> kProvinces = {"alava/araba/araba-alava/alava-araba",
                                                         "albacete",
                                                         "alicante/alacant",
                                                         "almeria",
                                                         "avila",
                                                         "badajoz",
                                                         "baleares/illes balears/islas baleares/balears",
                                                         "barcelona",
                                                         "burgos",
                                                         "caceres",
                                                         "cadiz",
                                                         "castellon/castello",
                                                         "ciudad real",
                                                         "cordoba",
                                                         "la coruna/a coruna/coruna",
                                                         "cuenca",
                                                         "gerona/girona",
                                                         "granada",
                                                         "guadalajara",
                                                         "guipuzcoa/gipuzkoa",
                                                         "huelva",
                                                         "huesca/uesca",
                                                         "jaen",
                                                         "leon",
                                                         "lerida/lleida",
                                                         "la rioja/rioja",
                                                         "lugo",
                                                         "madrid",
                                                         "malaga",
                                                         "murcia",
                                                         "navarra/nafarroa",
                                                         "orense/ourense",
                                                         "asturias/asturies/principado de asturias",
                                                         "palencia",
                                                         "las palmas",
                                                         "pontevedra",
                                                         "salamanca",
                                                         "santa cruz de tenerife/tenerife",
                                                         "cantabria",
                                                         "segovia",
                                                         "sevilla",
                                                         "soria",
                                                         "tarragona",
                                                         "teruel",
                                                         "toledo",
                                                         "valencia",
                                                         "valladolid",
                                                         "vizcaya/bizkaia",
                                                         "zamora",
                                                         "zaragoza",
                                                         "ceuta",
                                                         "melilla"};

constexpr std::array<std::string_view, 52> kCodes = {
    "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "14", "15", "16", "17", "18",
    "19", "20", "21", "22", "23", "24", "25", "26", "27", "28", "29", "30", "31", "32", "33", "34", "35", "36",
    "37", "38", "39", "40", "41", "42", "43", "44", "45", "46", "47", "48", "49", "50", "51", "52"};

constexpr std::string_view kCountries =
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA "
    "CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA "
    "GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP "
    "KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS "
    "MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS "
    "RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW "
    "TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/// The letter of ASCII below one with a mark, as far as names of provinces have them.
char foldedLetter(char32_t c) noexcept
{
    if (c < 0x80) return static_cast<char>(c >= 'A' && c <= 'Z' ? c | 32 : c);
    constexpr std::u32string_view kMarked = U"áàâäéèêëíìîïóòôöúùûüñçÁÀÂÄÉÈÊËÍÌÎÏÓÒÔÖÚÙÛÜÑÇ";
    constexpr std::string_view kPlain = "aaaaeeeeiiiioooouuuuncaaaaeeeeiiiioooouuuunc";
    const auto place = kMarked.find(c);
    return place == std::u32string_view::npos ? '?' : kPlain[place];
}

std::string folded(std::string_view text)
{
    std::string out;
    while (const auto c = takeCodePoint(text))
    {
        const char letter = foldedLetter(*c);
        if (letter == ' ' && (out.empty() || out.back() == ' ')) continue;
        out += letter == '/' ? '-' : letter;
    }
    return out;
}

bool isAmong(std::string_view name, std::string_view names) noexcept
{
    for (;;)
    {
        const auto end = std::min(names.find('/'), names.size());
        if (names.substr(0, end) == name) return true;
        if (end == names.size()) return false;
        names.remove_prefix(end + 1);
    }
}

bool areDigits(std::string_view text) noexcept
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool isCpAbroad(std::string_view cp) noexcept
{
    constexpr std::size_t kLongest = 12;
    const auto isKnown = [](char c)
    { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == ' ' || c == '-'; };
    return cp.size() <= kLongest && std::all_of(cp.begin(), cp.end(), isKnown);
}

} // namespace

std::string_view provinceCode(std::string_view name)
{
    const auto wanted = folded(trimmed(name));
    for (std::size_t i = 0; i < kProvinces.size(); ++i)
        if (isAmong(wanted, kProvinces[i])) return kCodes[i];
    return {};
}

bool isPais(std::string_view code) noexcept
{
    if (code.size() != 2 || code.find(' ') != std::string_view::npos) return false;
    const auto place = kCountries.find(code);
    return place != std::string_view::npos && place % 3 == 0;
}

std::string faultOfCp(std::string_view cp, std::string_view pais, std::string_view provincia)
{
    if (cp.empty()) return "is missing";
    if (pais != "ES") return isCpAbroad(cp) ? "" : "is not a post code";
    if (cp.size() != 5 || !areDigits(cp) || cp < "01001" || cp > "52999")
        return "must have five digits, 01001 to 52999";
    const auto code = provinceCode(provincia);
    if (!code.empty() && !cp.starts_with(code)) return "is not of that province";
    return "";
}

} // namespace usuarios
