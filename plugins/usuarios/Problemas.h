#pragma once

#include "zoco/Problem.h"

#include <algorithm>
#include <chrono>
#include <cstdint>

/// What clients of this plugin are told; README.md lists it.
namespace usuarios::problema
{

inline zoco::Problem credencialesInvalidas()
{
    return {401, "credenciales-invalidas", "Address or password are wrong", "", {}};
}

inline zoco::Problem segundoFactor()
{
    return {401, "segundo-factor", "A code of the second factor is needed", "", {}};
}

inline zoco::Problem fichaCaducada()
{
    return {410, "ficha-caducada", "The link was used already or has expired", "", {}};
}

/// The group that spends a token failed: that it was used meanwhile, or that an address was taken, is the same to a
/// client; anything else stays what it is.
inline zoco::Problem fichaCaducadaUnless(zoco::Problem broken)
{
    return broken.code == ZOCO_E_GUARD || broken.code == ZOCO_E_DUPLICATE ? fichaCaducada() : broken;
}

inline zoco::Problem demasiadosIntentos(std::int64_t waitUs)
{
    const auto seconds = std::clamp<std::int64_t>((waitUs + 999'999) / 1'000'000, 1, 86'400);
    return {429,
            "demasiados-intentos",
            "Too many tries",
            "Please wait before the next one.",
            {},
            ZOCO_E_UNAVAILABLE,
            std::chrono::seconds(seconds)};
}

inline zoco::Problem autenticacionReciente()
{
    return {403, "autenticacion-reciente", "This needs a login of a moment ago", "Log in again, then repeat it.", {}};
}

inline zoco::Problem noEncontrado() { return {404, "no-encontrado", "There is no such thing", "", {}}; }

inline zoco::Problem nadie() { return {401, "unauthorized", "Nobody is logged in", "", {}}; }

inline zoco::Problem ultimoAcceso()
{
    return {409, "ultimo-acceso", "This is the last way to log in", "Choose a password first.", {}, ZOCO_E_GUARD};
}

inline zoco::Problem ocupado()
{
    return {503, "ocupado", "Too many logins at once", "Please try again in a moment.", {}, ZOCO_E_UNAVAILABLE};
}

} // namespace usuarios::problema
