#include "CatalogoRepository.h"

#include "PublicId.h"
#include "model/Atributos.h"

#include <algorithm>
#include <array>

namespace catalogo
{

namespace
{

using zoco::Result;
using zoco::Row;
using zoco::Value;

/// The ordering's name in lista.sql.
std::string_view nameOf(Orden orden) noexcept
{
    switch (orden)
    {
    case Orden::Precio:
        return "precio";
    case Orden::PrecioDesc:
        return "precio_desc";
    case Orden::Novedad:
        return "novedad";
    case Orden::Nombre:
        break;
    }
    return "nombre";
}

/// Of picture names with blanks between, the first one stays.
void keepFirst(std::string& pictures) { pictures.resize(std::min(pictures.find(' '), pictures.size())); }

ProductoResumen readSummary(const Row& row)
{
    auto out = row.as<ProductoResumen>();
    keepFirst(out.imagen);
    return out;
}

CategoriaContada readCounted(const Row& row)
{
    auto out = row.as<CategoriaContada>();
    keepFirst(out.imagen);
    return out;
}

Producto readProduct(const Row& row)
{
    Producto out;
    std::string_view pictures, attributes;
    row.read(out.id, out.sku, out.nombre, out.importe, out.moneda, out.categoria, out.marca, out.existencias,
             out.creado, out.modificado, pictures, attributes, out.descripcion, out.iva, out.peso);
    out.imagenes = splitImagenes(pictures);
    out.atributos = atributosFromJson(attributes);
    return out;
}

/// Borrowed from `words`.
std::vector<Value> valuesOf(const std::vector<std::string>& words) { return {words.begin(), words.end()}; }

/// What of a product is stored in another form; lives while its values are borrowed.
struct Derived
{
    Derived(const Producto& p, const Folding& folding)
        : clave(folding.sortKey(p.nombre)),
          imagenes(joinImagenes(p.imagenes)),
          atributos(toJson(p.atributos)),
          categoria(p.categoria ? Value(p.categoria->id) : Value())
    {
        auto text = p.nombre + '\n' + p.sku;
        for (const auto& part :
             {p.marca, p.categoria ? std::optional(p.categoria->nombre) : std::nullopt, p.descripcion})
            if (part) text += '\n' + *part;
        busqueda = folding.fold(text);
    }

    std::string clave;
    std::string imagenes;
    std::string atributos;
    std::string busqueda;
    Value categoria;
};

} // namespace

CatalogoRepository::CatalogoRepository(const zoco::Service& data, const Folding& folding)
    : _data(data),
      _folding(folding),
      _list(data.operation(
          "lista", {"order", "after", "categoria", "precio_min", "precio_max", "disponible", "palabras", "limite"})),
      _facets(data.operation("facetas", {"precio_min", "precio_max", "disponible", "palabras"})),
      _find(data.operation("producto", {"id", "sku"})),
      _all(data.operation("productos")),
      _create(data.operation("producto_crear", {"id", "sku", "nombre", "clave", "importe", "moneda", "categoria",
                                                "marca", "existencias", "creado", "modificado", "imagenes", "busqueda",
                                                "atributos", "descripcion", "iva", "peso"})),
      _replace(data.operation("producto_cambiar", {"id", "antes", "sku", "nombre", "clave", "importe", "moneda",
                                                   "categoria", "marca", "existencias", "modificado", "imagenes",
                                                   "busqueda", "atributos", "descripcion", "iva", "peso"})),
      _remove(data.operation("producto_borrar", {"id"})),
      _categories(data.operation("categorias")),
      _allCategories(data.operation("categorias_todas")),
      _createCategory(data.operation("categoria_crear", {"id", "nombre"})),
      _wasEverFilled(data.operation("catalogo_estrenado")),
      _setFilled(data.operation("catalogo_estrenar", {"ahora"}))
{
}

Result<std::vector<ProductoResumen>> CatalogoRepository::list(const zoco::CallContext& context, const Consulta& query,
                                                              int limite) const
{
    std::array<Value, 2> place;
    if (query.desde)
        place = {query.orden == Orden::Nombre ? Value(query.desde->clave) : Value(query.desde->numero),
                 query.desde->id};
    const auto& f = query.filtro;
    const auto words = valuesOf(f.palabras);
    std::vector<ProductoResumen> out;
    ZOCO_TRY([[maybe_unused]] auto changed,
             _data.call(context, _list,
                        {nameOf(query.orden), query.desde ? Value::list(place) : Value(), f.categoria, f.precioMin,
                         f.precioMax, f.disponible, Value::list(words), limite},
                        [&](const Row& row) { out.push_back(readSummary(row)); }));
    return out;
}

Result<std::vector<CatalogoRepository::Faceta>> CatalogoRepository::facets(const zoco::CallContext& context,
                                                                           const Filtro& filter) const
{
    const auto words = valuesOf(filter.palabras);
    std::vector<Faceta> out;
    ZOCO_TRY([[maybe_unused]] auto changed,
             _data.call(context, _facets, {filter.precioMin, filter.precioMax, filter.disponible, Value::list(words)},
                        [&](const Row& row) { out.push_back(row.as<Faceta>()); }));
    return out;
}

Result<std::optional<Producto>> CatalogoRepository::find(const zoco::CallContext& context,
                                                         std::string_view idOrSku) const
{
    std::optional<Producto> out;
    const auto take = [&](const Row& row) { out = readProduct(row); };
    if (isPublicId(idOrSku))
    {
        ZOCO_TRY([[maybe_unused]] auto changed, _data.call(context, _find, {idOrSku, Value()}, take));
        if (out) return out;
    }
    ZOCO_TRY([[maybe_unused]] auto changed, _data.call(context, _find, {Value(), idOrSku}, take));
    return out;
}

Result<std::vector<CategoriaContada>> CatalogoRepository::categories(const zoco::CallContext& context) const
{
    std::vector<CategoriaContada> out;
    ZOCO_TRY([[maybe_unused]] auto changed,
             _data.call(context, _categories, {}, [&](const Row& row) { out.push_back(readCounted(row)); }));
    return out;
}

Result<std::vector<Categoria>> CatalogoRepository::allCategories(const zoco::CallContext& context) const
{
    std::vector<Categoria> out;
    ZOCO_TRY([[maybe_unused]] auto changed,
             _data.call(context, _allCategories, {}, [&](const Row& row) { out.push_back(row.as<Categoria>()); }));
    return out;
}

Result<void> CatalogoRepository::forEach(const zoco::CallContext& context,
                                         const std::function<void(Producto)>& onProduct) const
{
    ZOCO_TRY([[maybe_unused]] auto changed,
             _data.call(context, _all, {}, [&](const Row& row) { onProduct(readProduct(row)); }));
    return {};
}

Result<bool> CatalogoRepository::wasEverFilled(const zoco::CallContext& context) const
{
    bool out = false;
    ZOCO_TRY([[maybe_unused]] auto changed,
             _data.call(context, _wasEverFilled, {}, [&](const Row& row) { out = row.as<bool>(); }));
    return out;
}

Result<void> CatalogoRepository::apply(const zoco::CallContext& context, const Cambios& changes) const
{
    zoco::Group group(_data);
    group.add(_setFilled, {changes.ahora});
    for (const auto& c : changes.categorias) group.add(_createCategory, {c.id, c.nombre});
    std::vector<Derived> derived; // borrowed by the steps
    derived.reserve(changes.nuevos.size() + changes.reemplazos.size());
    for (const auto& p : changes.nuevos)
    {
        const auto& d = derived.emplace_back(p, _folding);
        group.add(_create,
                  {p.id, p.sku, p.nombre, d.clave, p.importe, p.moneda, d.categoria, p.marca, p.existencias, p.creado,
                   p.modificado, d.imagenes, d.busqueda, d.atributos, p.descripcion, p.iva, p.peso},
                  1);
    }
    for (const auto& [p, antes] : changes.reemplazos)
    {
        const auto& d = derived.emplace_back(p, _folding);
        group.add(_replace,
                  {p.id, antes, p.sku, p.nombre, d.clave, p.importe, p.moneda, d.categoria, p.marca, p.existencias,
                   p.modificado, d.imagenes, d.busqueda, d.atributos, p.descripcion, p.iva, p.peso},
                  1);
    }
    ZOCO_TRY([[maybe_unused]] auto changed, group.run(context));
    return {};
}

Result<bool> CatalogoRepository::remove(const zoco::CallContext& context, std::string_view id) const
{
    ZOCO_TRY(const auto changed, _data.call(context, _remove, {id}));
    return changed > 0;
}

} // namespace catalogo
