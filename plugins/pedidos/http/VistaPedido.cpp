#include "Vista.h"

#include "Reloj.h"

namespace pedidos
{

using zoco::JsonWriter;

namespace
{

void lineEnd(JsonWriter& json, std::string_view name, const std::string& text)
{
    if (text.empty())
        json.member(name, nullptr);
    else
        json.member(name, text);
}

} // namespace

void Vista::direccion(JsonWriter& json, const Direccion& d) const
{
    json.key("direccion").beginObject().member("nombre", d.nombre).member("linea1", d.linea1);
    lineEnd(json, "linea2", d.linea2);
    json.member("cp", d.cp).member("ciudad", d.ciudad).member("provincia", d.provincia).member("pais", d.pais);
    lineEnd(json, "telefono", d.telefono);
    json.endObject();
}

std::string Vista::pedido(const Pedido& p, const std::string& acceso) const
{
    std::string out;
    JsonWriter json(out);
    json.beginObject().member("id", p.id).member("numero", p.numero).member("estado", nombreDe(p.estado));
    json.member("creado", rfc3339(p.creado)).key("lineas").beginArray();
    for (const auto& l : p.lineas)
    {
        json.beginObject().member("producto", l.producto).member("sku", l.sku).member("nombre", l.nombre);
        json.member("cantidad", l.cantidad).member("tipo", l.tipo);
        dinero(json, "precio", l.precio);
        dinero(json, "total", l.total);
        json.endObject();
    }
    json.endArray();
    totales(json, p.totales);
    json.member("envio", p.metodo).member("zona", p.zona);
    lineEnd(json, "cupon", p.cupon.value_or(""));
    lineEnd(json, "caduca", p.caduca ? rfc3339(*p.caduca) : "");
    lineEnd(json, "correo", p.datos.correo);
    direccion(json, p.datos.direccion);
    json.key("historia").beginArray();
    for (const auto& c : p.historia)
    {
        json.beginObject().member("momento", rfc3339(c.momento));
        lineEnd(json, "de", c.de);
        json.member("a", c.a).member("quien", c.quien).member("motivo", c.motivo).endObject();
    }
    json.endArray();
    entregas(json, p);
    json.key("facturas").beginArray();
    for (const auto& f : p.facturas)
        json.beginObject()
            .member("numero", f.numero)
            .member("clase", f.clase)
            .member("momento", rfc3339(f.momento))
            .endObject();
    json.endArray();
    if (!acceso.empty()) json.member("acceso", acceso);
    json.endObject();
    return out;
}

std::string Vista::pedidos(const std::vector<PedidoResumen>& pedidos, const std::string& siguiente) const
{
    std::string out;
    JsonWriter json(out);
    json.beginObject().key("pedidos").beginArray();
    for (const auto& p : pedidos)
    {
        json.beginObject().member("id", p.id).member("numero", p.numero).member("estado", p.estado);
        json.member("creado", rfc3339(p.creado));
        dinero(json, "total", p.total);
        json.endObject();
    }
    json.endArray();
    lineEnd(json, "siguiente", siguiente);
    json.endObject();
    return out;
}

std::string Vista::estado(const Pedido& pedido, Estado a) const
{
    std::string out;
    JsonWriter json(out);
    json.beginObject()
        .member("id", pedido.id)
        .member("numero", pedido.numero)
        .member("estado", nombreDe(a))
        .endObject();
    return out;
}

} // namespace pedidos
