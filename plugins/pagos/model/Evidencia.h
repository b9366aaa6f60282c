#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace pagos
{

/// Who paid, as an identity provider saw to it a moment before. A value.
struct Identidad
{
    std::string emisor;           ///< the provider's issuer; of the shop's own accounts the shop's address
    std::string sujeto;           ///< the account, by its id: no personal data
    std::int64_t autenticado = 0; ///< microseconds since 1970
    std::string metodos{};        ///< such as "pwd otp" (RFC 8176)
};

/// What the payment service told of how the owner of the card was authenticated; what it did not tell is empty. A
/// value.
struct Prueba
{
    std::string segura{};        ///< whether they were, as the service has it (Ds_SecurePayment)
    std::string eci{};           ///< of the card's scheme: "05" and "02" are fully authenticated
    std::string transaccion{};   ///< id at the 3-D Secure server
    std::string transaccionDs{}; ///< id at the scheme's directory server
    std::string resultado{};     ///< of the challenge (transStatus): "Y", "N", "A"...
    std::string autorizacion{};
};

/// What a payment can be defended with when its buyer disputes it. A value.
struct Evidencia
{
    std::optional<Identidad> identidad{};
    std::optional<Prueba> tarjeta{};
};

} // namespace pagos
