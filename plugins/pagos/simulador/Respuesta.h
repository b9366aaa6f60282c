#pragma once

#include "Libro.h"

#include <optional>
#include <string>

namespace pagos
{

/// An answer of the simulated bank: values, or the code of an error ("SIS0051"), with which nothing has happened. A
/// value.
struct Respuesta
{
    std::string error{};
    Valores valores{};
    std::optional<Notificacion> aviso{}; ///< for a shop that wants one
};

/// What a shop is told of money that moved, or of a refusal. `tipo`: transaction type of Redsys.
Respuesta movida(const Libro& libro, const Operacion& operacion, int tipo, std::int64_t importe, std::string codigo,
                 int respuesta);
/// What it is told of the payment itself.
Respuesta decidida(const Libro& libro, const Operacion& operacion);
/// How the owner of the card was authenticated: the members of 3-D Secure that the answer to a payment has.
Valores autenticada(const Operacion& operacion);
/// What the service of queries tells of it: one list of values for each operation.
std::vector<Valores> consultada(const Operacion& operacion);

} // namespace pagos
