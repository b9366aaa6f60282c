#pragma once

#include "facturas/Factura.h"
#include "model/Envios.h"
#include "zoco/Config.h"

#include <cstdint>
#include <string>

namespace pedidos
{

/// Settings of the plugin, read once. Times in microseconds unless they say otherwise.
struct Ajustes
{
    /// Throws std::invalid_argument when a value is none.
    explicit Ajustes(const zoco::Config& config);

    std::string moneda;
    std::int64_t reserva;       ///< how long pieces are reserved for who has not paid
    std::int64_t carrito;       ///< how long a cart is kept
    std::int64_t desistimiento; ///< for how many days after it was delivered an order may be given back
    Envios envios;
    std::string tienda;         ///< its name in mails
    std::int64_t ganchosEspera; ///< after the first try of a webhook that fails
    bool ganchosLocales;        ///< whether one may be http of this machine itself
    Emisor emisor;              ///< of invoices
    std::string fuente;         ///< file of a TrueType font for invoices with letters that Helvetica lacks
};

} // namespace pedidos
