#pragma once

#include "zoco/Problem.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pagos
{

/// A line of a settlement: money that a payment service passed on, or took back. A value.
struct LineaLiquidada
{
    std::int64_t linea = 0; ///< in the file; 1 is the header
    std::string numero;     ///< by which the service knows the payment
    std::string tipo;       ///< "cobro" or "devolucion"
    std::string autorizacion;
    std::int64_t importe = 0; ///< minor units
    std::string moneda;
    std::int64_t fecha = 0; ///< when the day began, microseconds UTC
};

/// A settlement as a file tells it: CSV (RFC 4180, without line ends within fields) separated by ',' or ';', as its
/// header says, which names the columns numero, tipo, autorizacion, importe, moneda and fecha in any order; others are
/// passed over. A value.
struct Liquidacion
{
    static constexpr std::size_t kMostLines = 5'000;

    std::vector<LineaLiquidada> lineas;
    std::vector<zoco::FieldError> faltas; ///< by the number of their line: "/3/importe"

    /// `now`: microseconds; a day that begins more than a day later is a fault.
    static Liquidacion read(std::string_view csv, std::int64_t now);
};

} // namespace pagos
