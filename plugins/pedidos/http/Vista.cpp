#include "Vista.h"

#include "Reloj.h"

namespace pedidos
{

using zoco::JsonWriter;

namespace
{

/// Where catalogo serves pictures.
constexpr std::string_view kPictures = "/Catalogo/imagenes/";

void optionalTime(JsonWriter& json, std::string_view name, const std::optional<std::int64_t>& time)
{
    if (time)
        json.member(name, rfc3339(*time));
    else
        json.member(name, nullptr);
}

} // namespace

void Vista::dinero(JsonWriter& json, std::string_view name, std::int64_t importe) const
{
    json.key(name).beginObject().member("importe", importe).member("moneda", _moneda).endObject();
}

void Vista::totales(JsonWriter& json, const Totales& totales) const
{
    json.key("totales").beginObject();
    dinero(json, "productos", totales.productos);
    dinero(json, "envio", totales.envio);
    dinero(json, "descuento", totales.descuento);
    json.key("impuestos").beginArray();
    for (const auto& i : totales.impuestos)
    {
        json.beginObject().member("tipo", i.tipo);
        dinero(json, "base", i.base);
        dinero(json, "cuota", i.cuota);
        json.endObject();
    }
    json.endArray();
    dinero(json, "total", totales.total);
    json.endObject();
}

void Vista::linea(JsonWriter& json, const LineaCuenta& l, Zona zona) const
{
    json.beginObject().member("producto", l.linea.producto).member("cantidad", l.linea.cantidad);
    json.member("disponible", l.isDisponible());
    if (!l.producto)
    {
        json.member("sku", nullptr).member("nombre", nullptr).member("imagen", nullptr);
        dinero(json, "precio", l.linea.precio);
        dinero(json, "total", 0);
        json.member("precio_anterior", nullptr).member("existencias", 0).endObject();
        return;
    }
    const auto& p = *l.producto;
    json.member("sku", p.sku).member("nombre", p.nombre);
    if (p.imagen.empty())
        json.member("imagen", nullptr);
    else
        json.member("imagen", std::string(kPictures).append(p.imagen));
    dinero(json, "precio", l.cobrada.cobro.precio);
    dinero(json, "total", l.cobrada.total());
    if (l.linea.precio == p.importe)
        json.member("precio_anterior", nullptr);
    else
        dinero(json, "precio_anterior", cobroEn(zona, l.linea.precio, tipoDe(p.iva).value_or(kTipoGeneral)).precio);
    if (p.existencias)
        json.member("existencias", *p.existencias);
    else
        json.member("existencias", nullptr);
    json.endObject();
}

std::string Vista::carrito(const Carrito& carrito, const Cuenta& cuenta) const
{
    std::string out;
    JsonWriter json(out);
    json.beginObject().member("version", carrito.version).key("lineas").beginArray();
    for (const auto& l : cuenta.lineas) linea(json, l, cuenta.zona);
    json.endArray().key("cupon");
    if (!carrito.cupon)
        json.value(nullptr);
    else
    {
        json.beginObject().member("codigo", *carrito.cupon).member("aplicado", cuenta.cupon.has_value());
        json.member("detalle", cuenta.faltaCupon).endObject();
    }
    json.member("zona", nombreDe(cuenta.zona)).member("peso", cuenta.gramos);
    json.member("envio_incluido", cuenta.precioEnvio.has_value());
    totales(json, cuenta.totales);
    json.endObject();
    return out;
}

std::string Vista::envios(const Envios& envios, Zona zona, std::int64_t gramos) const
{
    std::string out;
    JsonWriter json(out);
    json.beginObject().member("zona", nombreDe(zona)).member("peso", gramos).key("envios").beginArray();
    for (const auto& m : envios)
    {
        const auto price = m.tabla.precio(zona, gramos);
        if (!price) continue;
        json.beginObject().member("id", m.id).member("nombre", m.nombre);
        dinero(json, "precio", cobroEn(zona, *price, kTipoGeneral).precio);
        json.endObject();
    }
    json.endArray().endObject();
    return out;
}

void Vista::cupon(JsonWriter& json, const Cupon& c) const
{
    json.beginObject().member("codigo", c.codigo).member("clase", nombreDe(c.clase)).member("valor", c.valor);
    dinero(json, "minimo", c.minimo);
    optionalTime(json, "desde", c.desde);
    optionalTime(json, "hasta", c.hasta);
    if (c.limite)
        json.member("limite", *c.limite);
    else
        json.member("limite", nullptr);
    json.member("usados", c.usados).endObject();
}

std::string Vista::cupon(const Cupon& c) const
{
    std::string out;
    JsonWriter json(out);
    cupon(json, c);
    return out;
}

std::string Vista::cupones(const std::vector<Cupon>& cupones, bool hasMore) const
{
    std::string out;
    JsonWriter json(out);
    json.beginObject().key("cupones").beginArray();
    for (const auto& c : cupones) cupon(json, c);
    json.endArray().key("siguiente");
    if (hasMore && !cupones.empty())
        json.value(cupones.back().codigo);
    else
        json.value(nullptr);
    json.endObject();
    return out;
}

} // namespace pedidos
