#pragma once

#include "casos/Cobros.h"
#include "casos/Ordenes.h"
#include "casos/Verificacion.h"
#include "zoco/Http.h"
#include "zoco/StoredReplies.h"

#include <string>
#include <vector>

namespace pagos
{

/// The HTTP side of payments. [any-thread]
class PagosHandlers
{
public:
    struct Ajustes
    {
        std::vector<Medio> medios;
        std::string paginaRetorno; ///< with {pedido} and {pago}
    };

    /// All outlive it.
    PagosHandlers(const Cobros& cobros, const Ordenes& ordenes, const Verificacion& verificacion,
                  const PagosRepository& pagos, const PedidosAjenos& pedidos, const zoco::StoredReplies& replies,
                  const zoco::Crypto& crypto, Ajustes ajustes)
        : _cobros(cobros),
          _ordenes(ordenes),
          _verificacion(verificacion),
          _pagos(pagos),
          _pedidos(pedidos),
          _replies(replies),
          _crypto(crypto),
          _ajustes(std::move(ajustes))
    {
    }

    zoco::Reply methods(const zoco::Request& request) const;
    zoco::Reply create(const zoco::Request& request) const;
    zoco::Reply show(const zoco::Request& request) const;
    zoco::Reply capture(const zoco::Request& request) const { return change(request, Orden::Captura); }
    zoco::Reply refund(const zoco::Request& request) const { return change(request, Orden::Reembolso); }
    zoco::Reply cancel(const zoco::Request& request) const { return change(request, Orden::Anulacion); }
    zoco::Reply notify(const zoco::Request& request) const;
    /// The buyer comes back, by a link or by a form.
    zoco::Reply comeBack(const zoco::Request& request) const;

private:
    zoco::Reply change(const zoco::Request& request, Orden orden) const;
    const Medio* methodNamed(std::string_view id) const;

    const Cobros& _cobros;
    const Ordenes& _ordenes;
    const Verificacion& _verificacion;
    const PagosRepository& _pagos;
    const PedidosAjenos& _pedidos;
    const zoco::StoredReplies& _replies;
    const zoco::Crypto& _crypto;
    Ajustes _ajustes;
};

} // namespace pagos
