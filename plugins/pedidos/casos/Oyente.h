#pragma once

#include "avisos/Avisos.h"
#include "facturas/Facturacion.h"
#include "ganchos/Anuncios.h"
#include "zoco/Events.h"

namespace pedidos
{

/// Does what follows from durable events about orders and their payments. What throws brings the event again, so all of
/// it may be done twice. One event at a time.
class Oyente
{
public:
    /// All outlive it.
    Oyente(const Anuncios& anuncios, const Facturacion& facturacion, const Avisos& avisos)
        : _anuncios(anuncios), _facturacion(facturacion), _avisos(avisos)
    {
    }

    /// pedidos.cambiado {pedido, de, a, expedicion?}
    void cambiado(const zoco::Event& event) const;
    /// pedidos.reembolsar {id, pedido, importe, motivo}
    void reembolsado(const zoco::Event& event) const;
    /// pagos.cambiado {pago, pedido, estado, devuelto?}
    void cobrado(const zoco::Event& event) const;

private:
    const Anuncios& _anuncios;
    const Facturacion& _facturacion;
    const Avisos& _avisos;
};

} // namespace pedidos
