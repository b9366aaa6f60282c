#pragma once

#include "Entorno.h"
#include "model/Pedido.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace pedidos
{

/// What somebody says who gives something back.
struct SolicitudDevolucion
{
    std::vector<Piezas> lineas; ///< of the order
    std::string motivo;         ///< may be empty
};

/// Returns of what was sent: asked for, and received. [any-thread]
class Devoluciones
{
public:
    using Answer = std::function<zoco::Reply(const Devolucion& devolucion)>;

    /// `entorno` outlives it.
    explicit Devoluciones(const Entorno& entorno) : _e(entorno) {}

    /// 409 `transicion-prohibida`: nothing was sent, or all is back. 409 `devolucion-excede`: there are not so many
    /// pieces left. 409 `fuera-de-plazo`: its time is over; `isLate`: that is no matter.
    zoco::Reply ask(const zoco::Request& request, Pedido pedido, const SolicitudDevolucion& wanted, bool isLate,
                    const Answer& answer) const;

    /// It has arrived: what was paid goes back, the pieces to the stock if `repone`, and the order is `devuelto` when
    /// all of them are back. 404 `devolucion-desconocida`. 409 `transicion-prohibida`: it arrived before.
    zoco::Reply receive(const zoco::Request& request, Pedido pedido, std::string_view devolucion, bool repone,
                        std::string_view quien, const Answer& answer) const;

private:
    zoco::Result<zoco::Reply> askOnce(const zoco::Request& request, const Pedido& pedido,
                                      const SolicitudDevolucion& wanted, bool isLate, const Answer& answer) const;
    zoco::Result<zoco::Reply> receiveOnce(const zoco::Request& request, const Pedido& pedido,
                                          std::string_view devolucion, bool repone, std::string_view quien,
                                          const Answer& answer) const;
    void addEnd(zoco::Group& group, const Pedido& pedido, const Cambio& change) const;

    const Entorno& _e;
};

} // namespace pedidos
