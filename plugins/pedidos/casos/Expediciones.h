#pragma once

#include "Entorno.h"
#include "model/Pedido.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace pedidos
{

/// What somebody says who sends something. Texts may be empty.
struct SolicitudExpedicion
{
    std::string transportista;
    std::string seguimiento;
    std::string url;
    std::vector<Piezas> lineas; ///< of the order; empty: all that is left
};

/// Sends orders, as a whole or in parts. [any-thread]
class Expediciones
{
public:
    using Answer = std::function<zoco::Reply(const Pedido& pedido, const Expedicion& expedicion, Estado a)>;

    /// `entorno` outlives it.
    explicit Expediciones(const Entorno& entorno) : _e(entorno) {}

    /// What is paid is prepared by the same group. 409 `transicion-prohibida`; 409 `expedicion-excede`: there are not
    /// so many pieces left to send.
    zoco::Reply send(const zoco::Request& request, Pedido pedido, const SolicitudExpedicion& wanted,
                     std::string_view quien, const Answer& answer) const;

private:
    zoco::Result<zoco::Reply> sendOnce(const zoco::Request& request, const Pedido& pedido,
                                       const SolicitudExpedicion& wanted, std::string_view quien,
                                       const Answer& answer) const;

    const Entorno& _e;
};

} // namespace pedidos
