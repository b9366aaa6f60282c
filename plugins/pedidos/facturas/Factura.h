#pragma once

#include "model/Pedido.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pedidos
{

enum class ClaseFactura
{
    Factura = 1,
    Rectificativa ///< takes off what was given back (Real Decreto 1619/2012, article 15)
};

/// Its name in answers and in the database.
std::string_view nombreDe(ClaseFactura clase) noexcept;
/// The letter of its series.
std::string_view serieDe(ClaseFactura clase) noexcept;

/// Who sells. A value.
struct Emisor
{
    std::string nombre;
    std::string nif;
    std::string direccion; ///< one line
    bool operator==(const Emisor&) const = default;
};

/// What of an invoice lies sealed. A value.
struct DatosFactura
{
    Emisor emisor;
    std::string pedido; ///< the order's number, as people read it out
    std::string motivo; ///< of a corrective one
    Direccion receptor; ///< without a phone number
    bool operator==(const DatosFactura&) const = default;
};

/// As one text that `datosDeFactura` reads again.
std::string textoDe(const DatosFactura& datos);
DatosFactura datosDeFactura(std::string_view text);

/// Columns of `factura_lineas`.
struct LineaFactura
{
    std::string sku;
    std::string nombre;
    std::int64_t cantidad = 0;
    std::int64_t precio = 0; ///< of a piece, minor units, tax included
    int tipo = 0;            ///< percent
    std::int64_t total = 0;
};

/// An invoice, written once. Amounts of a corrective one are negative. A value.
struct Factura
{
    std::string numero; ///< such as F2026-000001
    ClaseFactura clase = ClaseFactura::Factura;
    std::string pedido;    ///< the order's id
    std::string origen;    ///< empty: the order was paid; else the id of the refund
    std::string rectifica; ///< the number of the invoice that it corrects; empty: none
    std::int64_t momento = 0;
    std::string moneda;
    Totales totales;
    DatosFactura datos;
    std::vector<LineaFactura> lineas; ///< none of a corrective one
};

/// The number of the `orden`-th invoice of a series and year, from 1 on.
std::string numeroDeFactura(ClaseFactura clase, int anio, std::int64_t orden);

/// What an invoice of `original` that gives `importe` back says, when `previas` were given back before: `importe` is
/// spread over the rates in proportion to what is left of each, what is over going to the largest remainders, and the
/// base of a rate is that of all that was given back of it so far, less what those before had. So all corrective
/// invoices of an order that is given back as a whole add up to its invoice, cent by cent. No more is given back than
/// is left.
Totales rectificacion(const Totales& original, std::span<const Totales> previas, std::int64_t importe);

} // namespace pedidos
