#include "Vista.h"

#include "Reloj.h"
#include "zoco/Json.h"

namespace pagos
{

namespace
{

using Members = std::initializer_list<std::pair<const char*, std::string_view>>;

void write(zoco::JsonWriter& writer, const char* key, Members members)
{
    writer.key(key).beginObject();
    for (const auto& [name, value] : members)
        if (!value.empty()) writer.member(name, value);
    writer.endObject();
}

void write(zoco::JsonWriter& writer, const Evidencia& evidencia)
{
    writer.key("evidencia").beginObject();
    if (const auto& who = evidencia.identidad)
        write(writer, "identidad",
              {{"emisor", who->emisor},
               {"sujeto", who->sujeto},
               {"autenticado", rfc3339(who->autenticado)},
               {"metodos", who->metodos}});
    if (const auto& card = evidencia.tarjeta)
        write(writer, "tarjeta",
              {{"segura", card->segura},
               {"eci", card->eci},
               {"transaccion", card->transaccion},
               {"transaccion_ds", card->transaccionDs},
               {"resultado", card->resultado},
               {"autorizacion", card->autorizacion}});
    writer.endObject();
}

} // namespace

std::string toJson(const Registro& registro, bool isForStaff)
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
    if (estado == Estado::Rechazado && registro.rechazo)
        write(writer, "rechazo", {{"codigo", registro.rechazo->codigo}, {"consejo", registro.rechazo->consejo}});
    if (isForStaff) write(writer, registro.evidencia);
    writer.endObject();
    return out;
}

} // namespace pagos
