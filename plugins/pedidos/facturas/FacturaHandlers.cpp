#include "FacturaHandlers.h"

#include "FacturaPdf.h"
#include "FacturaVista.h"
#include "Problemas.h"
#include "http/Acceso.h"

#include <algorithm>

namespace pedidos
{

using zoco::Reply;
using zoco::Request;

namespace
{

/// Whether JSON is asked for: it stands in Accept, and no PDF before it.
bool wantsJson(const Request& request)
{
    const auto accept = request.header("Accept");
    return accept.find("application/json") < accept.find("application/pdf");
}

} // namespace

Reply FacturaHandlers::ver(const Request& request) const
{
    auto order = pedidoPermitido(request, _e);
    if (!order) return std::move(order.problem());
    auto all = _facturas.of(request, order->id);
    if (!all) return std::move(all.problem());
    const auto numero = request.query("numero");
    const auto isIt = [&](const Factura& f) { return numero ? f.numero == *numero : f.clase == ClaseFactura::Factura; };
    const auto found = std::find_if(all->begin(), all->end(), isIt);
    if (found == all->end()) return numero ? problema::facturaDesconocida() : problema::facturaPendiente();
    auto lines = _facturas.lines(request, found->numero);
    if (!lines) return std::move(lines.problem());
    found->lineas = std::move(*lines);
    auto out = wantsJson(request)
                   ? Reply::json(jsonDe(*found))
                   : Reply(200, pdfDe(*found, _e.ajustes.fuente), "application/pdf")
                         .header("Content-Disposition", "inline; filename=\"" + found->numero + ".pdf\"");
    return std::move(out).header("Vary", "Accept");
}

Reply FacturaHandlers::lista(const Request& request) const
{
    auto order = pedidoPermitido(request, _e);
    if (!order) return std::move(order.problem());
    auto all = _facturas.of(request, order->id);
    if (!all) return std::move(all.problem());
    return Reply::json(jsonDe(*all));
}

} // namespace pedidos
