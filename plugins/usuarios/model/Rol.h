#pragma once

#include <array>
#include <string>
#include <string_view>

namespace usuarios
{

/// What an account may do; `cliente` is everybody.
inline constexpr std::array<std::string_view, 6> kRoles = {"operador", "catalogo", "pedidos",
                                                           "pagos",    "atencion", "cliente"};

bool isRol(std::string_view name) noexcept;

/// Roles with blanks between, each once and in the order of kRoles; `cliente` is always one of them.
std::string joinedRoles(std::string_view roles);

/// Whether `role` is among roles with blanks between.
bool hasRol(std::string_view roles, std::string_view role) noexcept;

} // namespace usuarios
