#include "Documento.h"

#include <algorithm>

namespace usuarios
{

namespace
{

constexpr std::size_t kLength = 9;
constexpr std::string_view kLetters = "TRWAGMYFPDXBNJZSQVHLCKE";

bool isNumber(std::string_view text) noexcept
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

int numberOf(std::string_view digits) noexcept
{
    int out = 0;
    for (const char c : digits) out = out * 10 + (c - '0');
    return out;
}

/// The letter that closes the number of a person.
char letterOf(int number) noexcept { return kLetters[static_cast<std::size_t>(number % 23)]; }

/// Of a person: eight digits; of a foreigner: X, Y or Z and seven; of who has no DNI: K, L or M and seven.
bool isOfPerson(std::string_view text) noexcept
{
    const char first = text.front();
    const auto middle = text.substr(1, 7);
    if (!isNumber(middle)) return false;
    int number = numberOf(middle);
    if (first >= '0' && first <= '9')
        number += (first - '0') * 10'000'000;
    else if (first >= 'X' && first <= 'Z')
        number += (first - 'X') * 10'000'000;
    else if (first < 'K' || first > 'M')
        return false;
    return text.back() == letterOf(number);
}

/// Of an organisation: a letter for its kind, seven digits, and a digit or a letter that checks them.
bool isOfOrganisation(std::string_view text) noexcept
{
    const char kind = text.front();
    const auto middle = text.substr(1, 7);
    if (std::string_view("ABCDEFGHJNPQRSUVW").find(kind) == std::string_view::npos || !isNumber(middle)) return false;
    int sum = 0;
    for (std::size_t i = 0; i < middle.size(); ++i)
    {
        const int digit = middle[i] - '0';
        sum += i % 2 == 0 ? digit * 2 / 10 + digit * 2 % 10 : digit;
    }
    const int check = (10 - sum % 10) % 10;
    const bool isDigit = text.back() == '0' + check;
    const bool isLetter = text.back() == "JABCDEFGHI"[check];
    if (std::string_view("ABEH").find(kind) != std::string_view::npos) return isDigit;
    if (std::string_view("NPQRSW").find(kind) != std::string_view::npos) return isLetter;
    return isDigit || isLetter;
}

} // namespace

std::optional<std::string> parseDocumento(std::string_view text)
{
    std::string out;
    for (const char c : text)
    {
        if (c == ' ' || c == '-' || c == '.') continue;
        out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
        if (out.size() > kLength) return std::nullopt;
    }
    if (out.size() != kLength || (!isOfPerson(out) && !isOfOrganisation(out))) return std::nullopt;
    return out;
}

} // namespace usuarios
