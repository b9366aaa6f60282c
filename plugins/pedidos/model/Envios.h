#pragma once

#include "Zona.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pedidos
{

/// The prices of one shipping method: by zone, then by weight. A value.
class TablaEnvio
{
public:
    /// From a setting: "peninsula 2000=495 10000=790 *=1490; baleares *=990": zones with ';' between, each with steps
    /// "up to so many grams = minor units, tax included", lightest first; '*' is any weight. Empty: goes nowhere.
    /// Throws std::invalid_argument that says what is wrong.
    static TablaEnvio parse(std::string_view text);

    /// Minor units with the tax; nothing when it does not go there, or is too heavy.
    std::optional<std::int64_t> precio(Zona zona, std::int64_t gramos) const noexcept;

private:
    struct Tramo
    {
        std::int64_t hasta = 0; ///< grams
        std::int64_t precio = 0;
    };

    static Tramo parseTramo(std::string_view text);

    std::map<Zona, std::vector<Tramo>> _zonas;
};

/// A way of shipping that a shop offers. A value.
struct MetodoEnvio
{
    std::string id;     ///< "estandar", "urgente"
    std::string nombre; ///< as people read it
    TablaEnvio tabla;
};

/// All that a shop offers, in the order in which they are shown.
using Envios = std::vector<MetodoEnvio>;

/// The method of that id; null: none.
const MetodoEnvio* metodoDe(const Envios& envios, std::string_view id) noexcept;

} // namespace pedidos
