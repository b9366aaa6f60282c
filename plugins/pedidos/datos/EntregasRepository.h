#pragma once

#include "model/Pedido.h"
#include "zoco/Services.h"

#include <string_view>

namespace pedidos
{

/// Shipments and returns in the data service: entregas.sql. All of it adds steps to the caller's group, whose values
/// live until the group has run. [any-thread]
class EntregasRepository
{
public:
    /// [lifecycle, in start] `data` outlives it.
    explicit EntregasRepository(const zoco::Service& data);

    /// The order goes on to a state, maybe the one it is in. Guarded: ZOCO_E_GUARD when it is not as it was read.
    void addAdvance(zoco::Group& group, const Pedido& pedido, Estado a) const;
    void addExpedicion(zoco::Group& group, std::string_view pedido, const Expedicion& expedicion) const;
    void addDevolucion(zoco::Group& group, std::string_view pedido, const Devolucion& devolucion) const;
    /// It has arrived; guarded, so that it does once.
    void addRecepcion(zoco::Group& group, std::string_view pedido, const Devolucion& devolucion) const;

private:
    zoco::Operation _advance, _expedicion, _devolucion, _recepcion;
};

} // namespace pedidos
