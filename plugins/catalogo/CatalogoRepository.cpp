#include "CatalogoRepository.h"

#include "model/Atributos.h"

namespace catalogo
{

namespace
{

using zoco::Operation;
using zoco::Result;
using zoco::Row;
using zoco::Value;

Operation listOperation(const zoco::Service& data, std::string_view name)
{
    return data.operation(name, {"desde_clave", "desde_id", "categoria", "precio_min", "precio_max", "disponible",
                                 "palabra1", "palabra2", "palabra3", "palabra4", "palabra5", "palabra6", "palabra7",
                                 "palabra8", "limite"});
}

Value flag(const std::optional<bool>& value) { return value ? Value(*value ? 1 : 0) : Value(); }

/// Columns "categoria id, nombre", both NULL when there is none. A category without a row has its id as its name.
std::optional<Categoria> readCategory(const Value& id, const Value& nombre)
{
    if (id.isNull()) return std::nullopt;
    return Categoria{std::string(id.text()), std::string(nombre.isNull() ? id.text() : nombre.text())};
}

ProductoResumen readSummary(const Row& row)
{
    ProductoResumen out;
    std::string_view pictures;
    Value categoria, nombre;
    row.read(out.id, out.sku, out.nombre, out.importe, out.moneda, pictures, categoria, nombre, out.isDisponible,
             out.clave, out.creado);
    out.imagen = pictures.substr(0, pictures.find(' '));
    out.categoria = readCategory(categoria, nombre);
    return out;
}

Producto readProduct(const Row& row)
{
    Producto out;
    std::string_view pictures, attributes;
    Value categoria, nombre;
    row.read(out.id, out.sku, out.nombre, out.importe, out.moneda, categoria, nombre, out.marca, out.existencias,
             out.creado, out.modificado, pictures, attributes, out.descripcion);
    out.categoria = readCategory(categoria, nombre);
    out.imagenes = splitImagenes(pictures);
    out.atributos = atributosFromJson(attributes);
    return out;
}

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

/// Borrowed; NULL behind the last word.
Value wordAt(const std::vector<std::string>& words, std::size_t i)
{
    return i < words.size() ? Value(words[i]) : Value();
}

} // namespace

CatalogoRepository::CatalogoRepository(const zoco::Service& data, const Folding& folding)
    : _data(data),
      _folding(folding),
      _byName(catalogo::listOperation(data, "lista_por_nombre")),
      _byPrice(catalogo::listOperation(data, "lista_por_precio")),
      _byPriceDesc(catalogo::listOperation(data, "lista_por_precio_desc")),
      _byNewest(catalogo::listOperation(data, "lista_por_novedad")),
      _facets(data.operation("facetas", {"precio_min", "precio_max", "disponible"})),
      _facetsOfSearch(
          data.operation("facetas_busqueda", {"precio_min", "precio_max", "disponible", "palabra1", "palabra2",
                                              "palabra3", "palabra4", "palabra5", "palabra6", "palabra7", "palabra8"})),
      _find(data.operation("producto", {"producto"})),
      _all(data.operation("productos")),
      _create(data.operation("producto_crear",
                             {"id", "sku", "nombre", "clave", "importe", "moneda", "categoria", "marca", "existencias",
                              "creado", "modificado", "imagenes", "busqueda", "atributos", "descripcion"})),
      _replace(data.operation("producto_cambiar",
                              {"id", "antes", "sku", "nombre", "clave", "importe", "moneda", "categoria", "marca",
                               "existencias", "modificado", "imagenes", "busqueda", "atributos", "descripcion"})),
      _remove(data.operation("producto_borrar", {"id"})),
      _categories(data.operation("categorias")),
      _allCategories(data.operation("categorias_todas")),
      _createCategory(data.operation("categoria_crear", {"id", "nombre"})),
      _wasEverFilled(data.operation("catalogo_estrenado")),
      _setFilled(data.operation("catalogo_estrenar", {"ahora"}))
{
}

Operation CatalogoRepository::listOperation(Orden orden) const
{
    switch (orden)
    {
    case Orden::Precio:
        return _byPrice;
    case Orden::PrecioDesc:
        return _byPriceDesc;
    case Orden::Novedad:
        return _byNewest;
    case Orden::Nombre:
        break;
    }
    return _byName;
}

Result<std::vector<ProductoResumen>> CatalogoRepository::list(const zoco::CallContext& context, const Consulta& query,
                                                              int limite) const
{
    const bool isDescending = query.orden == Orden::PrecioDesc || query.orden == Orden::Novedad;
    const auto beforeAll = isDescending ? Posicion{"", INT64_MAX, ""} : Posicion{"", -1, ""};
    const auto& from = query.desde ? *query.desde : beforeAll;
    const auto key = query.orden == Orden::Nombre ? Value(from.clave) : Value(from.numero);
    const auto& f = query.filtro;
    const auto word = [&](std::size_t i) { return wordAt(f.palabras, i); };
    std::vector<ProductoResumen> out;
    ZOCO_TRY([[maybe_unused]] auto changed,
             _data.call(context, listOperation(query.orden),
                        {key, from.id, f.categoria, f.precioMin, f.precioMax, flag(f.disponible), word(0), word(1),
                         word(2), word(3), word(4), word(5), word(6), word(7), limite},
                        [&](const Row& row) { out.push_back(readSummary(row)); }));
    return out;
}

Result<std::vector<CatalogoRepository::Faceta>> CatalogoRepository::facets(const zoco::CallContext& context,
                                                                           const Filtro& filter) const
{
    std::vector<Faceta> out;
    const auto onRow = [&](const Row& row)
    {
        Faceta f;
        Value categoria, nombre;
        row.read(categoria, nombre, f.productos, f.minimo, f.maximo);
        f.categoria = readCategory(categoria, nombre);
        out.push_back(std::move(f));
    };
    const auto available = flag(filter.disponible);
    const auto word = [&](std::size_t i) { return wordAt(filter.palabras, i); };
    auto done = filter.palabras.empty()
                    ? _data.call(context, _facets, {filter.precioMin, filter.precioMax, available}, onRow)
                    : _data.call(context, _facetsOfSearch,
                                 {filter.precioMin, filter.precioMax, available, word(0), word(1), word(2), word(3),
                                  word(4), word(5), word(6), word(7)},
                                 onRow);
    if (!done) return std::move(done.problem());
    return out;
}

Result<std::optional<Producto>> CatalogoRepository::find(const zoco::CallContext& context,
                                                         std::string_view idOrSku) const
{
    std::optional<Producto> out;
    ZOCO_TRY([[maybe_unused]] auto changed,
             _data.call(context, _find, {idOrSku}, [&](const Row& row) { out = readProduct(row); }));
    return out;
}

Result<std::vector<CategoriaContada>> CatalogoRepository::categories(const zoco::CallContext& context) const
{
    std::vector<CategoriaContada> out;
    ZOCO_TRY([[maybe_unused]] auto changed, _data.call(context, _categories, {},
                                                       [&](const Row& row)
                                                       {
                                                           CategoriaContada c;
                                                           std::optional<std::string> pictures;
                                                           row.read(c.categoria.id, c.categoria.nombre, c.productos,
                                                                    pictures);
                                                           if (pictures)
                                                               c.imagen = pictures->substr(0, pictures->find(' '));
                                                           out.push_back(std::move(c));
                                                       }));
    return out;
}

Result<std::vector<Categoria>> CatalogoRepository::allCategories(const zoco::CallContext& context) const
{
    std::vector<Categoria> out;
    ZOCO_TRY([[maybe_unused]] auto changed, _data.call(context, _allCategories, {},
                                                       [&](const Row& row)
                                                       {
                                                           Categoria c;
                                                           row.read(c.id, c.nombre);
                                                           out.push_back(std::move(c));
                                                       }));
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
             _data.call(context, _wasEverFilled, {}, [&](const Row& row) { row.read(out); }));
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
                   p.modificado, d.imagenes, d.busqueda, d.atributos, p.descripcion},
                  1);
    }
    for (const auto& [p, antes] : changes.reemplazos)
    {
        const auto& d = derived.emplace_back(p, _folding);
        group.add(_replace,
                  {p.id, antes, p.sku, p.nombre, d.clave, p.importe, p.moneda, d.categoria, p.marca, p.existencias,
                   p.modificado, d.imagenes, d.busqueda, d.atributos, p.descripcion},
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
