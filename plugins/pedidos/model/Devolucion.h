#pragma once

#include "Piezas.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pedidos
{

/// Pieces of an order that its customer gives back. A value.
struct Devolucion
{
    std::string id;
    std::int64_t momento = 0;
    std::string motivo;
    std::int64_t importe = 0; ///< what was paid for the pieces, minor units
    std::int64_t envio = 0;   ///< what goes back of the shipping costs
    std::vector<Piezas> lineas;
    std::optional<std::int64_t> recibida; ///< when it arrived

    std::string_view estado() const noexcept { return recibida ? "recibida" : "solicitada"; }
};

} // namespace pedidos
