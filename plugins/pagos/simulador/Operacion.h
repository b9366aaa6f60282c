#pragma once

#include "Tarjetas.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pagos
{

/// Names and values of an answer or a notification, as Redsys has them.
using Valores = std::vector<std::pair<std::string, std::string>>;

/// What the bank answers when the buyer did not pass its challenge (Ds_Response).
constexpr int kNotAuthenticated = 184;

/// Money that moved at the simulated bank. A value.
struct Movimiento
{
    int tipo = 0;             ///< transaction type of Redsys: 0 paid, 1 authorised, 2 captured, 3 refunded, 9 cancelled
    std::int64_t importe = 0; ///< minor units
    std::string codigo{};     ///< of its authorisation, unique
};

/// A payment at the simulated bank. Of the card only its masked number is here. A value.
struct Operacion
{
    enum class Fase : std::uint8_t
    {
        Pagina = 1, ///< the buyer is on the card page
        Reto,       ///< the buyer has to type a code
        Hecha,
        Rechazada
    };

    std::string numero;
    std::int64_t importe = 0;
    std::string moneda; ///< ISO 4217, digits
    int tipo = 0;
    std::string datos{}; ///< Ds_MerchantData
    std::string urlAviso{};
    std::string urlOk{};
    std::string urlKo{};
    std::string urlReto{}; ///< where the answer to the challenge goes (REST)
    std::string sesion{};  ///< what its pages are known by
    std::string firma{};   ///< the version of its signatures, as the shop signs
    Fase fase = Fase::Pagina;
    Trato trato{};
    bool isProbada = false;      ///< the code was right
    std::string transaccion{};   ///< id at its 3-D Secure server
    std::string transaccionDs{}; ///< id at the scheme's directory server
    int respuesta = 0;
    std::string tarjeta{};
    std::vector<Movimiento> movimientos{};

    bool isRedirection() const noexcept { return urlReto.empty(); }
    std::int64_t sumOf(int ofTipo) const noexcept
    {
        std::int64_t out = 0;
        for (const auto& m : movimientos)
            if (m.tipo == ofTipo) out += m.importe;
        return out;
    }
};

/// "pagina", "reto"...
inline std::string_view nameOf(Operacion::Fase fase) noexcept
{
    constexpr std::string_view kNames[] = {"pagina", "reto", "hecha", "rechazada"};
    return kNames[static_cast<std::size_t>(fase) - 1];
}

/// A notification to be sent. A value.
struct Notificacion
{
    std::string url;
    std::string numero;
    Valores valores;
    std::string firma{}; ///< the version of its signature
};

} // namespace pagos
