#pragma once

#include "Libro.h"
#include "Respuesta.h"
#include "conectores/Conector.h"

#include <optional>
#include <string>
#include <string_view>

namespace pagos
{

/// The simulated bank as buyers see it: where somebody is on its pages, and what their steps do. [any-thread]
class Ventanilla
{
public:
    static constexpr std::string_view kCodigo = "123456"; ///< what buyers type in a challenge

    explicit Ventanilla(Libro& libro) : _libro(libro) {}

    /// Where a buyer on the bank's pages is.
    struct Paso
    {
        enum class Clase : std::uint8_t
        {
            Perdido = 1, ///< there is no such session, or it is over
            Tarjeta,
            Reto,
            Vuelta ///< the bank is done: back to `url`
        };
        Clase clase = Clase::Perdido;
        std::string sesion{};
        std::int64_t importe = 0;
        std::string numero{};
        std::string firma{}; ///< how what the buyer brings back is signed
        std::string url{};   ///< where the buyer will go, or goes now
        Valores valores{};   ///< what the buyer brings there
        std::string cres{};  ///< instead of them, when the shop has to finish the payment
        std::optional<Notificacion> aviso{};
    };
    /// realizarPago: a session on the card page, or the code of an error. `firma`: how the shop signs.
    zoco::Result<Paso> begin(const MerchantParameters& p, std::string_view firma);
    Paso card(std::string_view sesion, const Tarjeta& tarjeta);
    Paso code(std::string_view sesion, std::string_view codigo);
    Paso abandon(std::string_view sesion);
    Paso at(std::string_view sesion) const;

private:
    Paso done(const Operacion& operacion) const;

    Libro& _libro;
};

} // namespace pagos
