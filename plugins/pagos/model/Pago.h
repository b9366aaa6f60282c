#pragma once

#include "Suceso.h"
#include "zoco/Result.h"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace pagos
{

/// What a payment is, told in one word; it follows from its events and is never set.
enum class Estado : std::uint8_t
{
    Desconocido = 1, ///< something was asked and nobody knows yet whether it happened
    RequiereAccion,
    Autorizado,
    Capturado,
    Rechazado,
    Anulado,
    Reembolsado
};

/// "desconocido", "requiere_accion"...
std::string_view nameOf(Estado estado) noexcept;

/// How much of a payment is what, in minor units. Always: 0 <= reembolsado <= capturado, disputado <= capturado,
/// capturado + anulado <= autorizado <= importe.
struct Importes
{
    std::int64_t autorizado = 0;
    std::int64_t capturado = 0;
    std::int64_t anulado = 0;
    std::int64_t reembolsado = 0;
    std::int64_t disputado = 0;

    bool operator==(const Importes&) const = default;
    /// Authorised, and neither captured nor cancelled.
    std::int64_t retenido() const noexcept { return autorizado - capturado - anulado; }
    std::int64_t reembolsable() const noexcept { return capturado - reembolsado; }
};

/// A payment as its events make it. What the payment service tells may come in any order and several times: the amounts
/// are the same in the end. A refund tells of a capture, and a capture of an authorisation, that are yet to be told.
/// What we ask is checked against the state first. A value, without clock or store.
class Pago
{
public:
    enum class Aplicado : std::uint8_t
    {
        Nuevo = 1,
        Repetido ///< its `efecto` is known: nothing changed
    };

    /// `importe`: what is to be paid, more than 0.
    explicit Pago(std::int64_t importe) : _importe(importe) {}

    /// Takes an event. 409: an order that is forbidden now (as `admits`), or money that cannot be (`pago-incoherente`);
    /// nothing has changed then.
    zoco::Result<Aplicado> apply(const Suceso& suceso);

    /// Whether `orden` may be asked now. 409 `operacion-pendiente`: the outcome of another one is not known; 409
    /// `transicion-prohibida`, which names the state and those in which it may; 422 `importe-no-valido`.
    zoco::Result<void> admits(Orden orden, std::int64_t importe) const;

    std::int64_t importe() const noexcept { return _importe; }
    Importes importes() const noexcept;
    Estado estado() const noexcept;
    /// What was asked and is not answered.
    const std::optional<Suceso>& pendiente() const noexcept { return _pendiente; }
    /// Given up by ourselves, though the buyer was sent to the payment service, which has not said how that went: money
    /// may come yet.
    bool isSupuesto() const noexcept;
    bool knows(const std::string& efecto) const { return _efectos.contains(efecto); }

private:
    bool answers(const Suceso& suceso) const noexcept;
    zoco::Result<void> addMoney(const Suceso& suceso);

    std::int64_t _importe;
    Importes _sumas; ///< of what was told; `importes` fills up what was not told yet
    std::optional<Suceso> _pendiente;
    std::set<std::string> _efectos;
    bool _isEmpezado = false;
    bool _hasAccion = false;
    bool _isRechazado = false;
    bool _isDicho = false; ///< the service has told of money, or refused it
    bool _isAnulado = false;
};

} // namespace pagos
