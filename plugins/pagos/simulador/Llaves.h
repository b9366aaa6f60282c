#pragma once

#include "redsys/Signature.h"

#include <array>
#include <string_view>

namespace pagos
{

/// The public key of Redsys's sandbox, in each of its versions. A value. [any-thread]
class Llaves
{
public:
    static constexpr std::string_view kClave = "sq7HjrUOBfKmC576ILgskD5srU870gJ7";

    explicit Llaves(std::string_view clave = kClave)
        : _keys{SigningKey::parse(SignatureVersion::HmacSha256V1, clave).value(),
                SigningKey::parse(SignatureVersion::HmacSha512V2, clave).value(),
                SigningKey::parse(SignatureVersion::HmacSha512V1, clave).value()}
    {
    }

    const SigningKey& of(SignatureVersion version) const noexcept
    {
        return _keys[static_cast<std::size_t>(version) - 1];
    }

private:
    std::array<SigningKey, 3> _keys;
};

} // namespace pagos
