#pragma once

#include "Pedido.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace pedidos
{

/// What of an order has not been sent, in the order of its lines.
std::vector<Piezas> porEnviar(const Pedido& pedido);

/// What of an order that was sent nobody has asked to give back.
std::vector<Piezas> porDevolver(const Pedido& pedido);

/// What an order becomes when these pieces of it are sent; there are so many.
Estado estadoTrasEnviar(const Pedido& pedido, const std::vector<Piezas>& piezas);

/// Whether all pieces are back when this return of the order has arrived.
bool isTodoDevuelto(const Pedido& pedido, std::string_view devolucion);

/// Until when its customer may give it back: the end of the last of so many days after the one on which it was
/// delivered, in UTC, which is later than in Spain. Microseconds; nothing while it is not delivered.
std::optional<std::int64_t> devolverHasta(const Pedido& pedido, std::int64_t dias);

/// What its customer may do with it now. A value.
struct Puede
{
    bool pagar = false;
    bool cancelar = false;
    bool devolver = false;
};

/// `dias`: see devolverHasta; `now`: microseconds.
Puede puedeDe(const Pedido& pedido, std::int64_t dias, std::int64_t now);

} // namespace pedidos
