#pragma once

#include "Pedido.h"

#include <cstdint>
#include <vector>

namespace pedidos
{

/// What goes back for a return, minor units.
struct Reintegro
{
    std::int64_t importe = 0; ///< for the pieces
    std::int64_t envio = 0;   ///< of the shipping costs
    bool operator==(const Reintegro&) const = default;
};

/// What was paid for each line of an order: its total less its share of the discount. Those of a rate add up to what
/// was paid at that rate, shipping apart.
std::vector<std::int64_t> netosDe(const Pedido& pedido);

/// For pieces of an order that nobody has asked to give back yet: so that all returns of an order add up to what was
/// paid for its pieces, however they are cut. Shipping comes with those after which none is left.
Reintegro reintegroDe(const Pedido& pedido, const std::vector<Piezas>& piezas);

/// What of the shipping costs goes back when everything comes back: no more than standard shipping (RDL 1/2007, article
/// 107).
std::int64_t envioDevuelto(const Pedido& pedido) noexcept;

} // namespace pedidos
