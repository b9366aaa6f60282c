#pragma once

#include "Cuerpo.h"
#include "casos/Compra.h"
#include "model/Cuenta.h"

#include <optional>

namespace pedidos::campo
{

/// Where to, of the query parameters pais, cp and envio; nothing asked for: the peninsula. 422 `datos-invalidos`.
zoco::Result<Destino> destino(const zoco::Request& request, const Envios& envios);

/// The version that If-Match asks for: "5" in quotation marks; nothing when it is absent or '*'. One that cannot be a
/// version is -1, which no cart has.
std::optional<std::int64_t> version(const zoco::Request& request);

/// What somebody orders with.
zoco::Result<Solicitud> solicitud(const zoco::Request& request, const Envios& envios);

/// A coupon to be made.
zoco::Result<Cupon> cupon(const zoco::Request& request);

} // namespace pedidos::campo
