#pragma once

#include "CarritoHandlers.h"
#include "casos/Limpieza.h"
#include "zoco/Plugin.h"

#include <optional>

namespace pedidos
{

/// Carts and orders. Only wires: every part gets what it needs in its constructor.
class PedidosPlugin final : public zoco::Plugin
{
public:
    void init(zoco::Host& host) override;
    void start(zoco::Host& host) override;

private:
    /// What needs the data service; made in start, in this order.
    struct Parts
    {
        Parts(zoco::Host& host, const Ajustes& ajustes);

        zoco::Service data;
        CarritosRepository carritos;
        CuponesRepository cupones;
        Existencias existencias;
        zoco::StoredReplies respuestas;
        Entorno entorno;
        Vista vista;
        Carritos casosCarrito;
        CarritoHandlers carritoHandlers;
        Limpieza limpieza;
    };

    std::optional<Ajustes> _ajustes;
    std::optional<Parts> _parts;
};

} // namespace pedidos
