#pragma once

#include "facturas/Facturacion.h"
#include "zoco/Events.h"

namespace pedidos
{

/// Does what follows from durable events about orders. What throws brings the event again, so all of it may be done
/// twice. One event at a time.
class Oyente
{
public:
    /// All outlive it.
    explicit Oyente(const Facturacion& facturacion) : _facturacion(facturacion) {}

    /// pedidos.cambiado {pedido, de, a}
    void cambiado(const zoco::Event& event) const;
    /// pedidos.reembolsar {id, pedido, importe, motivo}
    void reembolsado(const zoco::Event& event) const;

private:
    const Facturacion& _facturacion;
};

} // namespace pedidos
