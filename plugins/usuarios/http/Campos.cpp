#include "Campos.h"

#include "model/Clave.h"
#include "model/Documento.h"
#include "model/Telefono.h"
#include "text/SafeText.h"
#include "text/Utf8.h"

#include <algorithm>

namespace usuarios::campo
{

namespace
{

constexpr std::size_t kNombre = 100;
constexpr std::size_t kLinea = 120;
constexpr std::size_t kVersion = 40;
constexpr std::size_t kTelefono = 64;
constexpr std::size_t kBytes = 4; ///< of a code point, at most

bool isAlphanumeric(char c) noexcept
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

bool isBase64Url(char c) noexcept { return isAlphanumeric(c) || c == '-' || c == '_'; }

template <class Allowed>
std::string faultUnless(std::string_view text, Allowed allowed)
{
    return std::all_of(text.begin(), text.end(), allowed) ? "" : "has a character that is not allowed";
}

std::string faultOfCodigo(std::string_view text)
{
    return faultUnless(text, [](char c) { return isAlphanumeric(c) || c == ' ' || c == '-'; });
}

/// A trimmed text that must be there.
std::string shown(Body& body, const char* name, std::size_t most)
{
    const auto check = [most](std::string_view text)
    {
        const auto kept = trimmed(text);
        return kept.empty() ? std::string("is missing") : faultOfText(kept, most);
    };
    return std::string(trimmed(body.text(name, most * kBytes + 64, check)));
}

std::optional<std::string> shownIfThere(Body& body, const char* name, std::size_t most)
{
    const auto text = body.optionalText(name, most * kBytes + 64,
                                        [most](std::string_view t) { return faultOfText(trimmed(t), most); });
    return text ? std::optional(std::string(trimmed(*text))) : std::nullopt;
}

} // namespace

std::optional<Correo> correo(Body& body)
{
    const auto text = body.text("correo", 1024);
    if (text.empty()) return std::nullopt;
    auto parsed = parseCorreo(text);
    if (parsed) return *parsed;
    body.fault("correo", parsed.problem().detail);
    return std::nullopt;
}

std::string clave(Body& body, const char* name)
{
    return body.text(name, kClaveLongest * kBytes,
                     [](std::string_view text) {
                         return canBeClave(text) ? std::string()
                                                 : std::string("has a character that is not allowed, or too many");
                     });
}

std::string nombre(Body& body) { return shown(body, "nombre", kNombre); }

std::string ficha(Body& body)
{
    constexpr std::size_t kLongest = 100;
    return body.text("ficha", kLongest,
                     [](std::string_view text) { return faultUnless(text, [](char c) { return isBase64Url(c); }); });
}

std::string codigo(Body& body)
{
    constexpr std::size_t kLongest = 64;
    return body.optionalText("codigo", kLongest, faultOfCodigo).value_or("");
}

std::string codigoNecesario(Body& body)
{
    constexpr std::size_t kLongest = 16;
    return body.text("codigo", kLongest, faultOfCodigo);
}

std::optional<std::string> idioma(Body& body)
{
    return body.optionalText("idioma", 16,
                             [](std::string_view text) {
                                 return text == "es" || text == "en" ? std::string() : std::string("must be es or en");
                             });
}

std::string version(Body& body)
{
    return body.text("version", kVersion, [](std::string_view text) { return faultOfText(text, kVersion); });
}

std::optional<std::string> versionIfThere(Body& body, const char* name)
{
    return body.optionalText(name, kVersion, [](std::string_view text) { return faultOfText(text, kVersion); });
}

std::optional<std::string> telefono(Body& body, std::string_view pais)
{
    const auto text =
        body.optionalText("telefono", kTelefono, [](std::string_view t) { return faultOfText(t, kTelefono); });
    if (!text) return std::nullopt;
    auto parsed = parseTelefono(*text, pais);
    if (!parsed) body.fault("telefono", "is not a phone number");
    return parsed;
}

std::optional<std::string> nif(Body& body)
{
    const auto text = body.optionalText("nif", 32);
    if (!text) return std::nullopt;
    auto parsed = parseDocumento(*text);
    if (!parsed) body.fault("nif", "is not a tax number: letter and digits do not agree");
    return parsed;
}

Direccion direccion(Body& body)
{
    Direccion out;
    out.nombre = nombre(body);
    out.linea1 = shown(body, "linea1", kLinea);
    out.linea2 = shownIfThere(body, "linea2", kLinea);
    out.ciudad = shown(body, "ciudad", kNombre);
    out.pais = body.text("pais", 16,
                         [](std::string_view text)
                         { return isPais(text) ? std::string() : std::string("is not a country of ISO 3166-1"); });
    const bool isSpain = out.pais == "ES";
    out.provincia = isSpain ? shown(body, "provincia", kNombre) : shownIfThere(body, "provincia", kNombre).value_or("");
    if (isSpain && !out.provincia.empty() && provinceCode(out.provincia).empty())
        body.fault("provincia", "is not a province of Spain");
    out.cp = body.text("cp", 64,
                       [&](std::string_view text)
                       { return faultOfCp(trimmed(text), isPais(out.pais) ? out.pais : "ES", out.provincia); });
    out.cp = trimmed(out.cp);
    out.telefono = telefono(body, isPais(out.pais) ? out.pais : "ES");
    return out;
}

} // namespace usuarios::campo
