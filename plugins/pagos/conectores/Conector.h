#pragma once

#include "model/Evidencia.h"
#include "model/Suceso.h"
#include "zoco/Result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pagos
{

using Campos = std::vector<std::pair<std::string, std::string>>;

/// What a payment service can do. A value.
struct Capacidades
{
    bool takesCard = false; ///< `create` gets the card itself: only the simulator, which is no other party
    bool canAuthorizeOnly = false;
    bool canCaptureInPart = false;
    bool canRefundInPart = false;
};

/// A card as the buyer typed it: never stored, never logged.
struct Tarjeta
{
    std::string numero;
    std::string caducidad; ///< "MM/AA"
    std::string cvv;
};

/// What a payment service is asked for. `numero` is ours: 4 digits and up to 8 letters or digits, unique at the
/// merchant, so that the service itself refuses a second charge.
struct Encargo
{
    std::string pago; ///< our id, which comes back with what the service tells
    std::string numero;
    std::int64_t importe = 0;      ///< minor units
    std::string moneda;            ///< ISO 4217
    std::string metodo{};          ///< of those that the service has, such as "bizum"; empty: card
    bool isOnlyAuthorized = false; ///< captured later
    std::string base{};            ///< the address of the shop while a buyer waits; empty otherwise
    std::string retorno{};         ///< where the buyer comes back to
    std::string aviso{};           ///< where notifications go
    std::optional<Tarjeta> tarjeta{};
};

/// What the buyer has to do before a payment goes on.
struct Accion
{
    std::string tipo; ///< "redireccion", "formulario", "reto", "espera"
    std::string url;
    Campos campos{};
};

/// How an operation went: events; none of them means that nobody knows (`unknown`), and `query` has to tell.
struct Resultado
{
    std::vector<Suceso> sucesos{};
    std::optional<Accion> accion{};
    std::string codigo{};  ///< of a refusal, as the service has it
    std::string consejo{}; ///< "no-reintentar", "cambiar-datos", "esperar"; empty: none
    Prueba prueba{};
    bool isComplete = false; ///< of `query`: what is not among the events did not happen

    bool isUnknown() const noexcept { return sucesos.empty(); }
};

/// A notification whose signature is right.
struct Aviso
{
    std::string numero; ///< Encargo::numero
    Resultado resultado;
};

/// A payment service. Its problems are refusals of what was asked; that the service did not answer is no problem but an
/// unknown result. Nothing here decides what becomes of a payment. [any-thread]
class Conector
{
public:
    virtual ~Conector() = default;

    virtual Capacidades capabilities() const = 0;
    virtual zoco::Result<Resultado> create(const Encargo& encargo) = 0;
    /// Goes on with a payment that waited for the buyer; `input` is what they brought back.
    virtual zoco::Result<Resultado> advance(const Encargo& encargo, const Campos& input) = 0;
    virtual zoco::Result<Resultado> capture(const Encargo& encargo) = 0;
    virtual zoco::Result<Resultado> cancel(const Encargo& encargo) = 0;
    virtual zoco::Result<Resultado> refund(const Encargo& encargo) = 0;
    /// What became of an operation. No events: the service does not know either.
    virtual zoco::Result<Resultado> query(const Encargo& encargo, Orden orden) = 0;
    /// 401 when the signature is not right, before anything of it counts.
    virtual zoco::Result<Aviso> parseNotification(std::string_view contentType, std::string_view body) const = 0;
    /// What a notification says that its payment is, whoever sent it: for people to look at, nothing of it counts.
    virtual std::string claimedNumber(std::string_view body) const = 0;
};

} // namespace pagos
