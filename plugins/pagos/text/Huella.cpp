#include "Huella.h"

#include "Base64.h"

#include <openssl/evp.h>

#include <array>
#include <stdexcept>

namespace pagos
{

std::string sha256(std::string_view text)
{
    std::array<unsigned char, 32> out{};
    if (EVP_Digest(text.data(), text.size(), out.data(), nullptr, EVP_sha256(), nullptr) != 1)
        throw std::runtime_error("OpenSSL cannot hash");
    return {reinterpret_cast<const char*>(out.data()), out.size()};
}

std::string huella(std::string_view text) { return base64(sha256(text), Alphabet::Base64UrlBare); }

} // namespace pagos
