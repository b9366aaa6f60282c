#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pagos
{

/// What can be asked of a payment service.
enum class Orden : std::uint8_t
{
    Cobro = 1, ///< the payment itself, authorised alone or captured at once
    Captura,
    Anulacion, ///< of what is authorised and not captured
    Reembolso
};

/// What happened to a payment.
enum class Hecho : std::uint8_t
{
    Pedido =
        1,  ///< an order goes to the payment service; until another event answers it, nobody knows whether it happened
    Accion, ///< the buyer has something to do first
    Autorizado,
    Capturado,
    Rechazado,
    Anulado,
    Reembolsado,
    Disputado,
    Fallido ///< the order (no Cobro) did not happen
};

/// One event of a payment: it is stored as it is, and never changed. A value.
struct Suceso
{
    Hecho hecho = Hecho::Pedido;
    Orden orden = Orden::Cobro; ///< what is asked (Pedido) or was answered
    std::int64_t importe = 0;   ///< minor units, of this event alone
    std::string efecto{};       ///< its id at the payment service, so that it counts once; empty: of our own making
};

/// As they are stored and told: "cobro", "captura"... "pedido", "accion"...
std::string_view nameOf(Orden orden) noexcept;
std::string_view nameOf(Hecho hecho) noexcept;
std::optional<Orden> ordenNamed(std::string_view name) noexcept;
std::optional<Hecho> hechoNamed(std::string_view name) noexcept;

} // namespace pagos
