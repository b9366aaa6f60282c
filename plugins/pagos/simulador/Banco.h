#pragma once

#include "Operacion.h"
#include "conectores/Conector.h"
#include "redsys/MerchantParameters.h"

#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace pagos
{

/// The bank behind the simulated payment service: what Redsys's messages do there. It knows nothing of HTTP or
/// signatures. Everything is in memory, the last 10,000 payments; cards are looked at and forgotten. [any-thread]
class Banco
{
public:
    using Random = std::function<std::string(std::size_t bytes)>;
    using Now = std::function<std::int64_t()>; ///< microseconds since 1970

    static constexpr std::string_view kComercio = "999008881"; ///< the public merchant of Redsys's sandbox
    static constexpr std::int64_t kTerminal = 1;
    static constexpr std::string_view kClave = "sq7HjrUOBfKmC576ILgskD5srU870gJ7"; ///< its key, which is no secret
    static constexpr std::string_view kCodigo = "123456";                          ///< what buyers type in a challenge

    Banco(Random random, Now now) : _random(std::move(random)), _now(std::move(now)) {}

    /// An answer: values, or the code of an error ("SIS0051"), with which nothing has happened.
    struct Respuesta
    {
        std::string error{};
        Valores valores{};
        std::optional<Notificacion> aviso{};
    };
    /// iniciaPeticionREST: what a card takes to be authenticated.
    Respuesta initiate(const MerchantParameters& p) const;
    /// trataPeticionREST. `acs`: the address of the page with the challenge.
    Respuesta transact(const MerchantParameters& p, std::string_view acs);

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
        std::string url{};  ///< where the buyer will go, or goes now
        Valores valores{};  ///< what the buyer brings there
        std::string cres{}; ///< instead of them, when the shop has to finish the payment
        std::optional<Notificacion> aviso{};
    };
    /// realizarPago: a session on the card page, or the code of an error.
    zoco::Result<Paso> begin(const MerchantParameters& p);
    Paso card(std::string_view sesion, const Tarjeta& tarjeta);
    Paso code(std::string_view sesion, std::string_view codigo);
    Paso abandon(std::string_view sesion);
    Paso at(std::string_view sesion) const;

    /// A payment as it is now, by its number at the merchant.
    std::optional<Operacion> find(std::string_view numero) const;

private:
    std::string faultOf(const MerchantParameters& p) const;
    Operacion& keep(Operacion operacion);
    Operacion* bySession(std::string_view sesion);
    Operacion made(const MerchantParameters& p) const;
    std::string newCode();
    void decide(Operacion& operacion, int respuesta);
    Respuesta pay(const MerchantParameters& p, std::string_view acs);
    Respuesta change(const MerchantParameters& p, int tipo);
    Respuesta changed(const Operacion& operacion, int tipo, std::int64_t importe, std::string codigo,
                      int respuesta) const;
    Respuesta answered(const Operacion& operacion) const;
    Paso stepOf(const Operacion& operacion) const;
    Notificacion noticeOf(const Operacion& operacion, const Valores& valores) const;
    int month() const;

    Random _random;
    Now _now;
    mutable std::mutex _mutex;
    std::map<std::string, Operacion, std::less<>> _operaciones;
    std::map<std::string, std::string, std::less<>> _sesiones; ///< the payment of each
    std::deque<std::string> _age;                              ///< oldest first
    std::uint32_t _code = 100'000;
};

} // namespace pagos
