#pragma once

#include "zoco/Http.h"

#include <cstdint>
#include <string>

namespace usuarios
{

/// Who asks and from where, as far as a request tells. A value.
struct Visita
{
    explicit Visita(const zoco::Request& request);

    std::string direccion; ///< network address
    std::string red;       ///< what stands for it in counters: of IPv6 the first 64 bits
    std::string agente;    ///< browser, as it says; at most 200 characters that can be shown
    std::string familia;   ///< the same without version numbers
    std::string idioma;    ///< "es", or "en" when Accept-Language begins with it
    std::string tienda;    ///< the shop's address, without a final '/'
    std::string usuario;   ///< empty: nobody
    std::string sesion;
    std::int64_t autenticado = 0; ///< last login, in microseconds
};

/// The network of an address, for counters.
std::string networkOf(std::string_view address);

} // namespace usuarios
