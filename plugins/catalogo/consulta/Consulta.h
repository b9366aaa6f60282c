#pragma once

#include "text/Folding.h"
#include "zoco/Result.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace catalogo
{

/// Orders of the list, each with a total order by the id behind the key.
enum class Orden
{
    Nombre = 1,
    Precio,
    PrecioDesc,
    Novedad
};

/// Which products are wanted. A value.
struct Filtro
{
    std::vector<std::string> palabras; ///< folded; each must occur
    std::optional<std::string> categoria;
    std::optional<std::int64_t> precioMin; ///< minor units
    std::optional<std::int64_t> precioMax;
    std::optional<bool> disponible;
};

/// The place of a product in an order: the page begins behind it.
struct Posicion
{
    std::string clave;       ///< Orden::Nombre
    std::int64_t numero = 0; ///< the other orders: price, or time of creation
    std::string id;
};

/// A list request.
struct Consulta
{
    Filtro filtro;
    Orden orden = Orden::Nombre;
    int limite = 24;
    std::optional<Posicion> desde; ///< nothing: from the beginning
};

/// Value of a query parameter by its name; nothing when it is not there.
using QueryReader = std::function<std::optional<std::string>(std::string_view name)>;

/// Reads the parameters of a list request. All faults at once as one problem `parametros-invalidos`; names that it does
/// not know are ignored and an empty value counts as absent, as forms send it.
zoco::Result<Consulta> parseConsulta(const QueryReader& query, const Folding& folding);

} // namespace catalogo
