#include "ProductoJson.h"

#include "model/Atributos.h"
#include "zoco/Json.h"

namespace catalogo
{

namespace
{

using zoco::JsonWriter;

void writeImagen(JsonWriter& json, std::string_view name)
{
    if (name.empty())
        json.value(nullptr);
    else
        json.value(std::string(kPicturePath).append(name));
}

void writePrecio(JsonWriter& json, std::int64_t importe, std::string_view moneda)
{
    json.key("precio").beginObject().member("importe", importe).member("moneda", moneda).endObject();
}

void writeCategoria(JsonWriter& json, const std::optional<Categoria>& categoria)
{
    json.key("categoria");
    if (!categoria)
    {
        json.value(nullptr).key("categoria_nombre").value(nullptr);
        return;
    }
    json.value(categoria->id).member("categoria_nombre", categoria->nombre);
}

template <class T>
void writeOptional(JsonWriter& json, std::string_view name, const std::optional<T>& value)
{
    json.key(name);
    if (value)
        json.value(*value);
    else
        json.value(nullptr);
}

void writeSummary(JsonWriter& json, const ProductoResumen& p)
{
    json.beginObject().member("id", p.id).member("sku", p.sku).member("nombre", p.nombre);
    writePrecio(json, p.importe, p.moneda);
    writeImagen(json.key("imagen"), p.imagen);
    writeCategoria(json, p.categoria);
    json.member("disponible", p.isDisponible).endObject();
}

void writeFacets(JsonWriter& json, const Pagina& page)
{
    json.beginObject().key("categorias").beginArray();
    for (const auto& f : *page.facetas)
    {
        if (!f.categoria) continue;
        json.beginObject().member("id", f.categoria->id).member("nombre", f.categoria->nombre);
        json.member("productos", f.productos).endObject();
    }
    json.endArray().key("precio").beginObject();
    writeOptional(json, "min", page.precioMin);
    writeOptional(json, "max", page.precioMax);
    json.endObject().endObject();
}

} // namespace

std::string toJson(const Pagina& page)
{
    std::string out;
    out.reserve(1024 + page.productos.size() * 256);
    JsonWriter json(out);
    json.beginObject().key("productos").beginArray();
    for (const auto& p : page.productos) writeSummary(json, p);
    json.endArray();
    writeFacets(json.key("facetas"), page);
    json.member("total", page.total);
    writeOptional(json, "siguiente", page.siguiente);
    json.endObject();
    return out;
}

std::string toJson(const Producto& p)
{
    std::string out;
    JsonWriter json(out);
    json.beginObject().member("id", p.id).member("sku", p.sku).member("nombre", p.nombre);
    writePrecio(json, p.importe, p.moneda);
    writeImagen(json.key("imagen"), p.imagenes.empty() ? std::string_view() : std::string_view(p.imagenes.front()));
    json.key("imagenes").beginArray();
    for (const auto& name : p.imagenes) writeImagen(json, name);
    json.endArray();
    writeCategoria(json, p.categoria);
    writeOptional(json, "marca", p.marca);
    writeOptional(json, "descripcion", p.descripcion);
    json.member("disponible", p.isDisponible());
    writeOptional(json, "existencias", p.existencias);
    json.member("iva", p.iva).member("peso", p.peso);
    json.key("atributos").raw(toJson(p.atributos));
    json.key("variantes").beginArray().endArray().endObject();
    return out;
}

std::string toJson(const std::vector<CategoriaContada>& categories)
{
    std::string out;
    JsonWriter json(out);
    json.beginObject().key("categorias").beginArray();
    for (const auto& c : categories)
    {
        json.beginObject().member("id", c.categoria.id).member("nombre", c.categoria.nombre);
        json.member("productos", c.productos);
        writeImagen(json.key("imagen"), c.imagen);
        json.endObject();
    }
    json.endArray().endObject();
    return out;
}

} // namespace catalogo
