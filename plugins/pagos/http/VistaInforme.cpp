#include "VistaInforme.h"

#include "Reloj.h"
#include "zoco/Json.h"

namespace pagos
{

namespace
{

using Writer = zoco::JsonWriter;

void write(Writer& writer, const PagoAbierto& p)
{
    writer.member("pago", p.id)
        .member("pedido", p.pedido)
        .member("conector", p.conector)
        .member("estado", p.estado)
        .member("importe", p.importe)
        .member("moneda", p.moneda)
        .member("creado", rfc3339(p.creado))
        .member("preguntas", p.preguntas);
    if (p.preguntado > 0) writer.member("preguntado", rfc3339(p.preguntado));
}

void write(Writer& writer, const PagoCuadrado& p)
{
    writer.member("pago", p.id)
        .member("pedido", p.pedido)
        .member("conector", p.conector)
        .member("numero", p.numero)
        .member("estado", p.estado)
        .member("creado", rfc3339(p.creado))
        .member("capturado", p.capturado)
        .member("reembolsado", p.reembolsado)
        .member("queda", p.queda());
}

void write(Writer& writer, const Informe::PagoSuelto& p)
{
    write(writer, p.pago);
    writer.member("pedido_estado", p.pedidoEstado).member("devolviendo", p.pago.devolver > 0);
}

void write(Writer& writer, const Informe::Diferencia& d)
{
    write(writer, d.pago);
    writer.member("capturado_liquidado", d.liquidado.cobrado)
        .member("reembolsado_liquidado", d.liquidado.devuelto)
        .member("moneda", d.pago.moneda)
        .member("moneda_liquidada", d.liquidado.moneda);
}

void write(Writer& writer, const PedidoCuadrado& p)
{
    writer.member("pedido", p.id)
        .member("numero", p.numero)
        .member("estado", p.estado)
        .member("total", p.total)
        .member("creado", rfc3339(p.creado));
}

void write(Writer& writer, const Informe::PedidoReembolsado& r)
{
    write(writer, r.pedido);
    writer.member("capturado", r.dinero.capturado)
        .member("reembolsado", r.dinero.reembolsado)
        .member("anulado", r.dinero.anulado);
}

void write(Writer& writer, const LineaSinPago& l)
{
    writer.member("conector", l.conector)
        .member("numero", l.linea.numero)
        .member("tipo", l.linea.tipo)
        .member("importe", l.linea.importe)
        .member("moneda", l.linea.moneda)
        .member("fecha", rfc3339(l.linea.fecha).substr(0, 10))
        .member("liquidacion", l.liquidacion)
        .member("linea", l.linea.linea);
}

void write(Writer& writer, const OrdenDurable& o)
{
    writer.member("id", o.id)
        .member("orden", nameOf(o.orden))
        .member("pedido", o.pedido)
        .member("pago", o.pago)
        .member("importe", o.importe)
        .member("motivo", o.motivo)
        .member("estado", o.estado)
        .member("detalle", o.detalle)
        .member("creada", rfc3339(o.creada));
}

void write(Writer& writer, const ReembolsoQuerido& r)
{
    writer.member("id", r.id).member("pedido", r.pedido).member("importe", r.importe).member("motivo", r.motivo);
}

void write(Writer& writer, const AvisoRecibido& a)
{
    writer.member("id", a.id)
        .member("momento", rfc3339(a.momento))
        .member("conector", a.conector)
        .member("resultado", a.resultado)
        .member("numero", a.numero);
    if (!a.motivo.empty()) writer.member("motivo", a.motivo);
    if (!a.pago.empty()) writer.member("pago", a.pago);
}

template <class T>
void list(Writer& writer, const char* key, const std::vector<T>& all)
{
    writer.key(key).beginArray();
    for (const auto& one : all)
    {
        writer.beginObject();
        write(writer, one);
        writer.endObject();
    }
    writer.endArray();
}

} // namespace

std::string toJson(const Informe& i)
{
    std::string out;
    Writer writer(out);
    writer.beginObject()
        .member("desde", rfc3339(i.desde))
        .member("hasta", rfc3339(i.hasta))
        .member("completo", i.isWhole);
    list(writer, "abiertos", i.abiertos);
    list(writer, "cobrados_sin_pedido", i.cobradosSinPedido);
    list(writer, "pedidos_sin_cobro", i.pedidosSinCobro);
    list(writer, "pedidos_reembolsados", i.pedidosReembolsados);
    list(writer, "importes_distintos", i.importesDistintos);
    list(writer, "sin_liquidar", i.sinLiquidar);
    list(writer, "liquidado_sin_pago", i.liquidadoSinPago);
    list(writer, "pendientes", i.pendientes);
    list(writer, "olvidados", i.olvidados);
    writer.endObject();
    return out;
}

std::string toJson(const std::vector<AvisoRecibido>& avisos, std::string_view siguiente)
{
    std::string out;
    Writer writer(out);
    writer.beginObject();
    list(writer, "notificaciones", avisos);
    writer.key("siguiente");
    if (siguiente.empty())
        writer.value(nullptr);
    else
        writer.value(siguiente);
    writer.endObject();
    return out;
}

} // namespace pagos
