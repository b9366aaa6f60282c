#pragma once

#include "zoco/Problem.h"

#include <string>
#include <string_view>

/// What clients of this plugin are told; README.md lists it.
namespace pagos::problema
{

inline zoco::Problem noEncontrado() { return {404, "no-encontrado", "There is no such thing", "", {}}; }

inline zoco::Problem datosInvalidos(std::string pointer, std::string what)
{
    return {422, "datos-invalidos", "The data are not valid", "", {{std::move(pointer), std::move(what)}}};
}

inline zoco::Problem autenticacionReciente()
{
    return {403, "autenticacion-reciente", "This needs a login of a moment ago", "Log in again, then repeat it.", {}};
}

inline zoco::Problem noPagable(std::string_view estado)
{
    return {409,
            "pedido-no-pagable",
            "The order cannot be paid now",
            "Its state is " + std::string(estado) + "; pendiente and confirmado can be paid.",
            {},
            ZOCO_E_GUARD};
}

inline zoco::Problem enCurso()
{
    return {409, "pago-en-curso", "Another payment of this order is under way", "Look at it in a moment.",
            {},  ZOCO_E_GUARD};
}

inline zoco::Problem ordenConocida(std::string_view estado)
{
    return {409,
            "orden-conocida",
            "What the order wants of its payment is known already",
            "Its state is " + std::string(estado) + '.',
            {},
            ZOCO_E_GUARD};
}

inline zoco::Problem seDevuelve()
{
    return {409,
            "pago-devolviendose",
            "The payment goes back whole by itself",
            "It could not pay its order; what is to go back beside that is another payment's.",
            {},
            ZOCO_E_GUARD};
}

/// Whose login it is matters as much as how fresh it is. The slug is the host's.
inline zoco::Problem noEsSuCuenta()
{
    return {403, "forbidden", "Not allowed", "Log in to the account that ordered, then repeat it.", {}};
}

} // namespace pagos::problema
