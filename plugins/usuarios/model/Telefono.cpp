#include "Telefono.h"

#include <phonenumbers/phonenumberutil.h>

#include <algorithm>

namespace usuarios
{

std::optional<std::string> parseTelefono(std::string_view text, std::string_view pais)
{
    using i18n::phonenumbers::PhoneNumber;
    using i18n::phonenumbers::PhoneNumberUtil;
    constexpr std::size_t kLongest = 30;
    const auto isKnown = [](char c) { return std::string_view("0123456789+-.()/ ").find(c) != std::string_view::npos; };
    if (text.size() > kLongest || !std::all_of(text.begin(), text.end(), isKnown)) return std::nullopt;
    const auto& util = *PhoneNumberUtil::GetInstance();
    PhoneNumber number;
    if (util.Parse(std::string(text), std::string(pais), &number) != PhoneNumberUtil::NO_PARSING_ERROR)
        return std::nullopt;
    if (!util.IsValidNumber(number)) return std::nullopt;
    std::string out;
    util.Format(number, PhoneNumberUtil::E164, &out);
    return out;
}

} // namespace usuarios
