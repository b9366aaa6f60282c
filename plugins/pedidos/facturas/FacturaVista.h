#pragma once

#include "Factura.h"

#include <string>
#include <vector>

namespace pedidos
{

/// An invoice in JSON.
std::string jsonDe(const Factura& factura);

/// {"facturas": [{numero, clase, momento, total}]}, or that array alone.
std::string jsonDe(const std::vector<Factura>& facturas);
std::string listaDe(const std::vector<Factura>& facturas);

} // namespace pedidos
