#pragma once

#include "Piezas.h"

#include <cstdint>
#include <string>
#include <vector>

namespace pedidos
{

/// Pieces of an order that were sent together. A value.
struct Expedicion
{
    std::string id;
    std::int64_t momento = 0;
    std::string transportista; ///< these three may be empty
    std::string seguimiento;   ///< the carrier's number
    std::string url;           ///< where it can be followed
    std::vector<Piezas> lineas;
};

} // namespace pedidos
