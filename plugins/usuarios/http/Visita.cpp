#include "Visita.h"

#include "text/SafeText.h"
#include "text/Utf8.h"

#include <arpa/inet.h>

#include <charconv>

namespace usuarios
{

namespace
{

constexpr std::size_t kLongestAgent = 200;

/// Only what can be shown; the rest is left out.
std::string shown(std::string_view text)
{
    std::string out;
    text = text.substr(0, kLongestAgent);
    while (!text.empty())
    {
        const auto before = text;
        const auto c = takeCodePoint(text);
        if (!c)
            text.remove_prefix(1);
        else if (isShowable(*c))
            out.append(before.substr(0, before.size() - text.size()));
    }
    return out;
}

std::string withoutDigits(std::string_view text)
{
    std::string out;
    for (const char c : text)
        if (c < '0' || c > '9') out += c;
    return out;
}

std::int64_t numberOf(std::string_view text)
{
    std::int64_t out = 0;
    std::from_chars(text.data(), text.data() + text.size(), out);
    return out;
}

} // namespace

std::string networkOf(std::string_view address)
{
    const std::string text(address);
    in6_addr parsed{};
    if (inet_pton(AF_INET6, text.c_str(), &parsed) != 1 || IN6_IS_ADDR_V4MAPPED(&parsed)) return text;
    return {reinterpret_cast<const char*>(parsed.s6_addr), 8};
}

Visita::Visita(const zoco::Request& request)
    : direccion(request.clientAddress()),
      red(networkOf(direccion)),
      agente(shown(request.header("User-Agent"))),
      familia(withoutDigits(agente)),
      idioma(request.header("Accept-Language").substr(0, 2) == "en" ? "en" : "es"),
      tienda(request.publicUrl()),
      usuario(request.claim("sub")),
      sesion(request.claim("sid")),
      autenticado(numberOf(request.claim("auth_time")) * 1'000'000)
{
}

} // namespace usuarios
