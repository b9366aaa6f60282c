#pragma once

#include "Factura.h"

#include <string>

namespace pedidos
{

/// An invoice as PDF, A4, on as many pages as it takes: the same bytes each time. Written in the fonts that every
/// reader has, which know western European letters; when there are others, in the TrueType font of the file `fuente`,
/// of which the PDF gets what it uses. When that file is not there, such letters become '?'. Throws std::runtime_error.
std::string pdfDe(const Factura& factura, const std::string& fuente);

} // namespace pedidos
