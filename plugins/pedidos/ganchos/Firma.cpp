#include "Firma.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <stdexcept>

namespace pedidos
{

std::string firmaDe(std::string_view secreto, std::int64_t seconds, std::string_view body)
{
    const auto time = std::to_string(seconds);
    const auto text = time + '.' + std::string(body);
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    if (HMAC(EVP_sha256(), secreto.data(), static_cast<int>(secreto.size()),
             reinterpret_cast<const unsigned char*>(text.data()), text.size(), bytes, &size) == nullptr)
        throw std::runtime_error("an event cannot be signed");
    auto out = "t=" + time + ",v1=";
    for (unsigned i = 0; i < size; ++i)
    {
        out += "0123456789abcdef"[bytes[i] >> 4];
        out += "0123456789abcdef"[bytes[i] & 15];
    }
    return out;
}

} // namespace pedidos
