#pragma once

#include "model/Evidencia.h"

#include <optional>
#include <string>
#include <string_view>

namespace pagos
{

/// What is kept beside an event, as JSON. A value.
struct Anotacion
{
    std::string base{};    ///< the address of the shop, as the buyer saw it
    std::string captura{}; ///< "manual": authorised alone
    std::optional<Identidad> identidad{};
    std::string codigo{};  ///< of a refusal, as the service has it
    std::string consejo{}; ///< what to do about it
    Prueba prueba{};

    std::string toJson() const;
    /// What is not there, or no such text, is empty.
    static Anotacion read(std::string_view json);
};

} // namespace pagos
