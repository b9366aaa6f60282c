#pragma once

#include "model/Pedido.h"
#include "zoco/MailTexts.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pedidos
{

/// A mail about an order: the file correos/<nombre>.<language>.txt and what stands in it, but for {tienda} and
/// {enlace}. A value.
struct Aviso
{
    std::string_view nombre;
    std::vector<zoco::MailValue> valores;
};

/// A change of an order, as the event pedidos.cambiado tells it.
struct Suceso
{
    std::string de; ///< empty: it was made
    std::string a;
    std::string expedicion; ///< id of the shipment that made it; empty: none
    std::int64_t devuelto;  ///< how much of what was paid had gone back before it
};

/// Whether there are orders whose buyers are told of such a change.
bool isTold(const Suceso& suceso) noexcept;

/// What its buyer is told of a change; nothing: nobody waits for it. `idioma`: "es" or "en"; `dias`: see devolverHasta.
std::optional<Aviso> avisoDeCambio(const Pedido& pedido, const Suceso& suceso, std::string_view idioma,
                                   std::int64_t dias);

/// What is paid back, and why (the event pedidos.reembolsar); nothing when another mail says it.
std::optional<Aviso> avisoDeReembolso(const Pedido& pedido, std::int64_t importe, std::string_view motivo,
                                      std::string_view idioma);

} // namespace pedidos
