#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pedidos
{

/// The states of an order; their names are those of the column `estado` and of answers.
enum class Estado
{
    Pendiente = 1, ///< waits for its payment, its pieces reserved
    Confirmado,    ///< will be paid otherwise; its pieces stay reserved
    Pagado,
    Preparado,
    EnviadoParcial,
    Enviado,
    Entregado,
    Cancelado,
    Devuelto,
    Caducado
};

std::string_view nombreDe(Estado estado) noexcept;
std::optional<Estado> estadoDe(std::string_view name) noexcept;

/// The table of transitions: where an order may go from a state.
const std::vector<Estado>& siguientes(Estado de);

/// Whether the table has it.
bool isPosible(Estado de, Estado a);

/// Why not, for people: names both states, and where it may go.
std::string faultOfTransicion(Estado de, Estado a);

} // namespace pedidos
