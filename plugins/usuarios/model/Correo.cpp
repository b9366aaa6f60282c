#include "Correo.h"

#include "text/SafeText.h"
#include "text/Utf8.h"

#include <idn2.h>

#include <algorithm>
#include <memory>

namespace usuarios
{

namespace
{

constexpr std::size_t kLongestAddress = 254;
constexpr std::size_t kLongestLocal = 64;
constexpr std::size_t kLongestLabel = 63;

bool isAlnum(char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

bool isAtom(char c) noexcept
{
    return isAlnum(c) || std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}

bool isDotAtom(std::string_view text) noexcept
{
    if (text.empty() || text.size() > kLongestLocal || text.front() == '.' || text.back() == '.') return false;
    if (text.find("..") != std::string_view::npos) return false;
    return std::all_of(text.begin(), text.end(), [](char c) { return c == '.' || isAtom(c); });
}

bool isLabel(std::string_view label) noexcept
{
    if (label.empty() || label.size() > kLongestLabel || label.front() == '-' || label.back() == '-') return false;
    return std::all_of(label.begin(), label.end(), [](char c) { return c == '-' || isAlnum(c); });
}

bool isDomain(std::string_view domain) noexcept
{
    std::size_t labels = 0;
    std::string_view last;
    for (;;)
    {
        const auto end = std::min(domain.find('.'), domain.size());
        last = domain.substr(0, end);
        if (!isLabel(last)) return false;
        ++labels;
        if (end == domain.size()) break;
        domain.remove_prefix(end + 1);
    }
    const bool isNumber = std::all_of(last.begin(), last.end(), [](char c) { return c >= '0' && c <= '9'; });
    return labels >= 2 && !isNumber;
}

bool isAscii(std::string_view text) noexcept
{
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Only Latin beyond ASCII: whoever reads an address cannot tell other alphabets' look-alikes.
bool isLatinDomain(std::string_view domain) noexcept
{
    while (!domain.empty())
    {
        const auto c = takeCodePoint(domain);
        if (!c || !isShowable(*c) || (*c >= 0x80 && (*c < 0xC0 || *c > 0x24F))) return false;
    }
    return true;
}

std::string loweredAscii(std::string_view text)
{
    std::string out(text);
    for (auto& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 32);
    return out;
}

/// The domain as the DNS has it; empty when there is no such form.
std::string dnsForm(std::string_view domain)
{
    if (isAscii(domain)) return loweredAscii(domain);
    if (!isLatinDomain(domain)) return {};
    char* raw = nullptr;
    const std::string text(domain);
    const int status = idn2_to_ascii_8z(text.c_str(), &raw, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
    const std::unique_ptr<char, void (*)(void*)> kept(raw, &idn2_free);
    return status == IDN2_OK ? std::string(raw) : std::string();
}

zoco::Problem fault(std::string what)
{
    return {422, "datos-invalidos", "The data are not valid", std::move(what), {}};
}

} // namespace

zoco::Result<Correo> parseCorreo(std::string_view text)
{
    text = trimmed(text);
    if (text.empty()) return fault("is missing");
    if (text.size() > kLongestAddress)
        return fault("is longer than " + std::to_string(kLongestAddress) + " characters");
    const auto at = text.rfind('@');
    if (at == std::string_view::npos || !isDotAtom(text.substr(0, at))) return fault("is not an e-mail address");
    const auto domain = dnsForm(text.substr(at + 1));
    if (!isDomain(domain)) return fault("has a domain that is not allowed");
    Correo out{std::string(text.substr(0, at + 1)) + domain, {}};
    if (out.texto.size() > kLongestAddress)
        return fault("is longer than " + std::to_string(kLongestAddress) + " characters");
    out.clave = loweredAscii(out.texto);
    return out;
}

} // namespace usuarios
