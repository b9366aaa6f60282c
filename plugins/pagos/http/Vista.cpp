#include "Vista.h"

#include "zoco/Json.h"

namespace pagos
{

std::string toJson(const Registro& registro)
{
    const auto importes = registro.pago.importes();
    const auto estado = registro.pago.estado();
    std::string out;
    zoco::JsonWriter writer(out);
    writer.beginObject()
        .member("id", registro.id)
        .member("pedido", registro.pedido)
        .member("medio", registro.metodo.empty() ? registro.conector : registro.metodo)
        .member("estado", nameOf(estado))
        .key("importe")
        .beginObject()
        .member("importe", registro.pago.importe())
        .member("moneda", registro.moneda)
        .endObject()
        .member("autorizado", importes.autorizado)
        .member("capturado", importes.capturado)
        .member("anulado", importes.anulado)
        .member("reembolsado", importes.reembolsado)
        .member("disputado", importes.disputado);
    if (estado == Estado::RequiereAccion && !registro.accion.empty()) writer.key("accion").raw(registro.accion);
    if (estado == Estado::Rechazado && !registro.rechazo.empty()) writer.key("rechazo").raw(registro.rechazo);
    writer.endObject();
    return out;
}

} // namespace pagos
