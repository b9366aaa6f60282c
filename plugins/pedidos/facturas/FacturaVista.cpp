#include "FacturaVista.h"

#include "Reloj.h"
#include "http/Vista.h"
#include "model/Fecha.h"

#include <cstdio>

namespace pedidos
{

using zoco::JsonWriter;

namespace
{

void orNull(JsonWriter& json, std::string_view name, const std::string& text)
{
    if (text.empty())
        json.member(name, nullptr);
    else
        json.member(name, text);
}

std::string isoDay(const Fecha& day)
{
    char out[32];
    const auto size = std::snprintf(out, sizeof out, "%04d-%02d-%02d", day.anio, day.mes, day.dia);
    return {out, static_cast<std::size_t>(size)};
}

void parties(JsonWriter& json, const Vista& vista, const DatosFactura& d)
{
    json.key("emisor").beginObject().member("nombre", d.emisor.nombre).member("nif", d.emisor.nif);
    json.member("direccion", d.emisor.direccion).endObject();
    json.key("receptor").beginObject();
    vista.direccion(json, d.receptor);
    json.endObject();
}

} // namespace

std::string jsonDe(const Factura& f)
{
    const Vista vista(f.moneda, 0);
    std::string out;
    JsonWriter json(out);
    json.beginObject().member("numero", f.numero).member("clase", nombreDe(f.clase));
    json.member("fecha", isoDay(fechaDe(f.momento))).member("momento", rfc3339(f.momento));
    json.key("pedido").beginObject().member("id", f.pedido).member("numero", f.datos.pedido).endObject();
    orNull(json, "rectifica", f.rectifica);
    orNull(json, "motivo", f.datos.motivo);
    parties(json, vista, f.datos);
    json.key("lineas").beginArray();
    for (const auto& l : f.lineas)
    {
        json.beginObject().member("sku", l.sku).member("nombre", l.nombre).member("cantidad", l.cantidad);
        json.member("tipo", l.tipo);
        vista.dinero(json, "precio", l.precio);
        vista.dinero(json, "total", l.total);
        json.endObject();
    }
    json.endArray();
    vista.totales(json, f.totales);
    json.endObject();
    return out;
}

std::string listaDe(const std::vector<Factura>& facturas)
{
    std::string out;
    JsonWriter json(out);
    json.beginArray();
    for (const auto& f : facturas)
    {
        json.beginObject().member("numero", f.numero).member("clase", nombreDe(f.clase));
        json.member("momento", rfc3339(f.momento));
        Vista(f.moneda, 0).dinero(json, "total", f.totales.total);
        json.endObject();
    }
    json.endArray();
    return out;
}

std::string jsonDe(const std::vector<Factura>& facturas)
{
    std::string out;
    JsonWriter(out).beginObject().key("facturas").raw(listaDe(facturas)).endObject();
    return out;
}

} // namespace pedidos
