#pragma once

#include "Ventanilla.h"
#include "zoco/Http.h"

#include <string_view>

namespace pagos
{

/// The pages that buyers see at the simulated payment service, in Spanish or, when the browser prefers it, in English.
/// They have no script; forms go to the service itself and to `Paso::url` alone.
/// `root`: the path of the service, such as "/Pagos/simulador".
zoco::Reply cardPage(const zoco::Request& request, const Ventanilla::Paso& paso, std::string_view root);
zoco::Reply challengePage(const zoco::Request& request, const Ventanilla::Paso& paso, std::string_view root);
/// The way back: a redirection with the signed `fields`, or a form when the shop has to finish the payment.
zoco::Reply wayBack(const zoco::Request& request, const Ventanilla::Paso& paso, const Campos& fields,
                    std::string_view root);
zoco::Reply lostPage(const zoco::Request& request, std::string_view root);

} // namespace pagos
