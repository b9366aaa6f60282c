#include "Clave.h"

#include "text/Utf8.h"

#include <zxcvbn.h>

#include <algorithm>
#include <array>
#include <vector>

namespace usuarios
{

namespace
{

/// Bits of a guess by zxcvbn: 10^8 tries, which its scale calls safely unguessable as long as the tries are slowed
/// down.
constexpr double kLeastBits = 28.0;

/// Words of this shop, told in README.md.
constexpr std::array<const char*, 14> kShopWords = {"zoco",       "tienda",  "usuario",  "contrasena", "contraseña",
                                                    "clave",      "secreto", "pedido",   "compra",     "catalogo",
                                                    "bienvenido", "hola",    "operador", "admin"};

std::string lowered(std::string_view text)
{
    std::string out(text);
    for (auto& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 32);
    return out;
}

/// The words of a text, and the text itself.
void addWords(std::string_view text, std::vector<std::string>& out)
{
    constexpr std::size_t kShortestWord = 3;
    out.push_back(lowered(text));
    std::size_t begin = 0;
    while (begin < text.size())
    {
        const auto end = std::min(text.find_first_of(" .@_-+", begin), text.size());
        if (end - begin >= kShortestWord) out.push_back(lowered(text.substr(begin, end - begin)));
        begin = end + 1;
    }
}

} // namespace

bool canBeClave(std::string_view clave) noexcept
{
    std::size_t count = 0;
    while (!clave.empty())
    {
        const auto c = takeCodePoint(clave);
        if (!c || *c < 0x20 || *c == 0x7F || ++count > kClaveLongest) return false;
    }
    return count > 0;
}

std::string faultOfClave(std::string_view clave, std::span<const std::string_view> own)
{
    if (clave.empty()) return "is missing";
    const auto count = countCodePoints(clave);
    if (!count) return "is not valid UTF-8";
    if (*count < kClaveShortest) return "is shorter than " + std::to_string(kClaveShortest) + " characters";
    if (*count > kClaveLongest) return "is longer than " + std::to_string(kClaveLongest) + " characters";
    if (!canBeClave(clave)) return "has a character that is not allowed";
    std::vector<std::string> words;
    for (const auto text : own) addWords(text, words);
    std::vector<const char*> list(kShopWords.begin(), kShopWords.end());
    for (const auto& word : words) list.push_back(word.c_str());
    list.push_back(nullptr);
    const std::string text(clave);
    return ZxcvbnMatch(text.c_str(), list.data(), nullptr) < kLeastBits ? "is easy to guess" : "";
}

} // namespace usuarios
