#pragma once

#include "MerchantParameters.h"
#include "Signature.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pagos
{

/// Redsys's service of queries: SOAP, below the same address as the payments.
inline constexpr std::string_view kConsultaPath = "/apl02/services/SerClsWSConsulta";
/// Its code for "there are no operations of these data".
inline constexpr std::string_view kNoConsta = "XML0024";

/// The question about all operations of an order ("Monitor"). A value.
struct Consulta
{
    std::string comercio;
    std::int64_t terminal = 1;
    std::string numero;

    /// Signed: HMAC_SHA256_V1 is the only signature that this service knows. Nothing when the order's number cannot be
    /// signed for.
    std::optional<std::string> toSoap(const SigningKey& key) const;
    /// For who answers: the question, or the code of what is wrong with it ("XML0023": the signature).
    static std::pair<Consulta, std::string> fromSoap(std::string_view soap, const SigningKey& key);
};

/// What is answered. TLS tells who answers; the signature within is no part of the contract. A value.
struct RespuestaConsulta
{
    using Valores = std::vector<std::pair<std::string, std::string>>;

    std::string error{}; ///< a code, with which nothing was answered
    std::vector<MerchantParameters> terminadas{};
    bool hasOpen = false; ///< there are operations whose outcome is yet to come

    /// Nothing when it is no answer to `pregunta`.
    static std::optional<RespuestaConsulta> fromSoap(std::string_view soap, const Consulta& pregunta);
    /// For who answers: values of each operation ("Ds_Order", "Ds_State"...), or the code of an error.
    static std::string toSoap(const std::vector<Valores>& operaciones, std::string_view error);
};

} // namespace pagos
