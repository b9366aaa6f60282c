#pragma once

#include "Cupon.h"
#include "Iva.h"

#include <cstdint>
#include <span>
#include <vector>

namespace pedidos
{

inline constexpr int kTipoGeneral = 21; ///< percent; also that of shipping

/// Some pieces of one product as they are charged. Minor units, tax included.
struct LineaCobrada
{
    Cobro cobro;
    std::int64_t cantidad = 0;

    std::int64_t total() const noexcept { return cobro.precio * cantidad; }
};

/// The tax of one rate.
struct Impuesto
{
    int tipo = 0; ///< percent
    std::int64_t base = 0;
    std::int64_t cuota = 0;
    bool operator==(const Impuesto&) const = default;
};

/// What is to be paid, and of what it is made, in minor units: productos + envio - descuento = total = all bases and
/// quotas. A value.
struct Totales
{
    std::int64_t productos = 0;
    std::int64_t envio = 0;
    std::int64_t descuento = 0;
    std::vector<Impuesto> impuestos; ///< highest rate first
    std::int64_t total = 0;
    bool operator==(const Totales&) const = default;
};

/// The one place where money is added up and rounded, for cart, order, payment and invoice.
///
/// Prices contain their tax. There is one rounding of the tax: the sum of a rate, discount taken off, is split into
/// base and quota, the base half up. A discount is spread over the rates of the products in proportion to their sums,
/// the cents that are left going to the largest remainders. So the order of the lines makes no difference.
Totales totalesDe(std::span<const LineaCobrada> lineas, Cobro envio, const Cupon* cupon);

/// What remains of an amount without the tax that it contains, half up.
std::int64_t baseDe(std::int64_t importe, int tipo) noexcept;

} // namespace pedidos
