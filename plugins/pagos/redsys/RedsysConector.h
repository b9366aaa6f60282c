#pragma once

#include "MerchantParameters.h"
#include "Signature.h"
#include "conectores/Conector.h"

#include <functional>
#include <string>
#include <string_view>

namespace pagos
{

/// A payment service that speaks Redsys's protocol: the real one, by redirection and notifications, or the simulated
/// one, which is no other party and so gets the card at once, by REST. [any-thread]
class RedsysConector final : public Conector
{
public:
    struct Ajustes
    {
        std::string comercio;
        std::int64_t terminal = 1;
        bool takesCard = false;
        std::string pagina{}; ///< where buyers are sent to
        std::string aviso{};  ///< where notifications go; empty: Encargo::aviso
    };
    /// Sends JSON to trataPeticionREST and returns the answer's body. A problem means that
    /// nobody knows whether it arrived.
    using Transport = std::function<zoco::Result<std::string>(const Encargo& encargo, const std::string& body)>;
    /// What became of a payment, for `query`. Empty function: the service cannot be asked.
    using Consulta = std::function<Resultado(const Encargo& encargo)>;

    /// The keys differ in their versions, for a merchant with SHA-512.
    struct Claves
    {
        SigningKey pagina; ///< of redirections and notifications
        SigningKey rest;
    };

    RedsysConector(Ajustes ajustes, Claves claves, Transport transport, Consulta consulta)
        : _ajustes(std::move(ajustes)),
          _claves(std::move(claves)),
          _transport(std::move(transport)),
          _consulta(std::move(consulta))
    {
    }

    Capacidades capabilities() const override { return {_ajustes.takesCard, true, true, true}; }
    zoco::Result<Resultado> create(const Encargo& encargo) override;
    zoco::Result<Resultado> advance(const Encargo& encargo, const Campos& input) override;
    zoco::Result<Resultado> capture(const Encargo& encargo) override { return send(encargo, 2, Orden::Captura); }
    zoco::Result<Resultado> cancel(const Encargo& encargo) override { return send(encargo, 9, Orden::Anulacion); }
    zoco::Result<Resultado> refund(const Encargo& encargo) override { return send(encargo, 3, Orden::Reembolso); }
    zoco::Result<Resultado> query(const Encargo& encargo, Orden orden) override;
    zoco::Result<Aviso> parseNotification(std::string_view contentType, std::string_view body) const override;
    std::string claimedNumber(std::string_view body) const override;

    /// The events that an answer or a notification tells of. Transaction types and responses are Redsys's.
    static Resultado resultOf(const MerchantParameters& p);
    /// What a message tells of how the owner of the card was authenticated.
    static Prueba proofOf(const MerchantParameters& p);
    /// One event, whose id is the same by whichever way it is learnt.
    static Suceso movement(int tipo, std::int64_t importe, std::string_view codigo);

private:
    ParametersWriter parametersOf(const Encargo& encargo, int tipo) const;
    zoco::Result<Resultado> send(const Encargo& encargo, int tipo, Orden orden);
    zoco::Result<Resultado> exchange(const Encargo& encargo, const ParametersWriter& writer, Orden orden);

    Ajustes _ajustes;
    Claves _claves;
    Transport _transport;
    Consulta _consulta;
};

} // namespace pagos
