#include "ColumnNames.h"

#include <algorithm>
#include <array>

namespace catalogo
{

namespace
{

struct Alias
{
    std::string_view name;
    ColumnMeaning meaning;
};

using C = Column;

constexpr std::array kAliases = {
    Alias{"sku", {C::Sku, 0, {}}},
    Alias{"producto", {C::Sku, 1, {}}},
    Alias{"codigo", {C::Sku, 2, {}}},
    Alias{"code", {C::Sku, 3, {}}},
    Alias{"referencia", {C::Sku, 4, {}}},
    Alias{"id", {C::Sku, 5, {}}},
    Alias{"nombre", {C::Nombre, 0, {}}},
    Alias{"name", {C::Nombre, 1, {}}},
    Alias{"title", {C::Nombre, 2, {}}},
    Alias{"titulo", {C::Nombre, 3, {}}},
    Alias{"precio", {C::Precio, 0, {}}},
    Alias{"price", {C::Precio, 1, {}}},
    Alias{"importe", {C::Precio, 2, {}}},
    Alias{"preciomediano", {C::Precio, 3, {}}},
    Alias{"moneda", {C::Moneda, 0, {}}},
    Alias{"currency", {C::Moneda, 1, {}}},
    Alias{"categoria", {C::Categoria, 0, {}}},
    Alias{"category", {C::Categoria, 1, {}}},
    Alias{"type", {C::Categoria, 2, {}}},
    Alias{"marca", {C::Marca, 0, {}}},
    Alias{"brand", {C::Marca, 1, {}}},
    Alias{"descripcion", {C::Descripcion, 0, {}}},
    Alias{"description", {C::Descripcion, 1, {}}},
    Alias{"existencias", {C::Existencias, 0, {}}},
    Alias{"stock", {C::Existencias, 1, {}}},
    Alias{"iva", {C::Iva, 0, {}}},
    Alias{"vat", {C::Iva, 1, {}}},
    Alias{"pesog", {C::Peso, 0, {}}},
    Alias{"gramos", {C::Peso, 1, {}}},
    Alias{"grams", {C::Peso, 2, {}}},
    Alias{"imagenes", {C::Imagen, 0, {}}},
    Alias{"imagen", {C::Imagen, 1, {}}},
    Alias{"images", {C::Imagen, 2, {}}},
    Alias{"image", {C::Imagen, 3, {}}},
    Alias{"thumbnail", {C::Imagen, 4, {}}},
    Alias{"atributos", {C::Atributos, 0, {}}},
    Alias{"attributes", {C::Atributos, 1, {}}},
    Alias{"etiquetas", {C::Atributo, 0, "Etiquetas"}},
    Alias{"tags", {C::Atributo, 1, "Etiquetas"}},
    Alias{"peso", {C::Atributo, 0, "Peso"}},
    Alias{"weight", {C::Atributo, 1, "Peso"}},
    Alias{"dimensiones", {C::Atributo, 0, "Dimensiones"}},
    Alias{"dimensions", {C::Atributo, 1, "Dimensiones"}},
    Alias{"garantia", {C::Atributo, 0, "Garantía"}},
    Alias{"warrantyinformation", {C::Atributo, 1, "Garantía"}},
    Alias{"envio", {C::Atributo, 0, "Envío"}},
    Alias{"shippinginformation", {C::Atributo, 1, "Envío"}},
    Alias{"devoluciones", {C::Atributo, 0, "Devoluciones"}},
    Alias{"returnpolicy", {C::Atributo, 1, "Devoluciones"}},
    Alias{"pedidominimo", {C::Atributo, 0, "Pedido mínimo"}},
    Alias{"minimumorderquantity", {C::Atributo, 1, "Pedido mínimo"}},
    Alias{"origen", {C::Atributo, 0, "Origen"}},
    Alias{"origin", {C::Atributo, 1, "Origen"}},
    Alias{"color", {C::Atributo, 0, "Color"}},
    Alias{"talla", {C::Atributo, 0, "Talla"}},
    Alias{"size", {C::Atributo, 1, "Talla"}},
    Alias{"material", {C::Atributo, 0, "Material"}},
};

} // namespace

ColumnMeaning ColumnNames::of(const std::string& name)
{
    if (const auto known = _known.find(name); known != _known.end()) return known->second;
    const auto plain = _folding.plainName(name);
    const auto found =
        std::find_if(kAliases.begin(), kAliases.end(), [&](const Alias& alias) { return alias.name == plain; });
    const auto out = found == kAliases.end() ? ColumnMeaning{} : found->meaning;
    _known.emplace(name, out);
    return out;
}

} // namespace catalogo
