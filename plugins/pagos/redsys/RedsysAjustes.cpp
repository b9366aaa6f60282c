#include "RedsysAjustes.h"

#include <algorithm>
#include <stdexcept>

namespace pagos
{

namespace
{

SigningKey keyFor(SignatureVersion version, std::string_view text)
{
    auto key = SigningKey::parse(version, text);
    if (!key) throw std::invalid_argument("redsys_clave is no key for redsys_firma: it is too short, or no base64");
    return *key;
}

} // namespace

std::optional<RedsysAjustes> RedsysAjustes::read(const zoco::Config& config)
{
    std::string url(config.text("redsys_url"));
    if (url.empty()) return std::nullopt;
    while (url.ends_with('/')) url.pop_back();
    const bool isLocal = url.starts_with("http://127.0.0.1:") || url.starts_with("http://localhost:");
    if (!url.starts_with("https://") && !isLocal)
        throw std::invalid_argument("redsys_url must begin with https://, unless it is this machine's");
    const auto comercio = config.text("redsys_comercio");
    const bool isNumber = std::all_of(comercio.begin(), comercio.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (comercio.empty() || comercio.size() > 9 || !isNumber)
        throw std::invalid_argument("redsys_comercio must be the merchant's number, of up to nine digits");
    const bool isSha512 = config.text("redsys_firma") == "sha512";
    const auto clave = config.text("redsys_clave");
    const auto pagina = isSha512 ? SignatureVersion::HmacSha512V2 : SignatureVersion::HmacSha256V1;
    const auto rest = isSha512 ? SignatureVersion::HmacSha512V1 : SignatureVersion::HmacSha256V1;
    return RedsysAjustes{std::move(url),
                         std::string(comercio),
                         config.integer("redsys_terminal"),
                         {keyFor(pagina, clave), keyFor(rest, clave)},
                         SigningKey::parse(SignatureVersion::HmacSha256V1, clave)};
}

} // namespace pagos
