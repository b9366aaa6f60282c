#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pagos
{

/// How the simulated bank treats a card.
struct Trato
{
    int respuesta = 0;            ///< Ds_Response: 0 to 99 is a yes
    bool isChallenged = false;    ///< the buyer has to prove first that it is their card
    bool isAlwaysRefused = false; ///< whatever code the buyer types
    bool hasMethod = false;       ///< the page of the card's bank is loaded before (3DS method)
};

/// The published test cards of Redsys; any other card is refused, so that nobody leaves a real one here. `cvv` and
/// amounts have meanings of their own: CVV 999 and amounts ending in 96 are refused, 172 to 174 and 72 to 74 with the
/// advice not to try again, to change the data, to wait.
/// `numero`: digits. `caducidad`: "MM/AA". `importe`: cents. `hoy`: year and month as YYYYMM.
Trato tratoDe(std::string_view numero, std::string_view caducidad, std::string_view cvv, std::int64_t importe, int hoy);

/// "454881******0003".
std::string enmascarada(std::string_view numero);

} // namespace pagos
