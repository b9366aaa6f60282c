#pragma once

#include "Timbre.h"
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
    /// All outlive it. `invoices`: has those written that orders wait for.
    Oyente(const Anuncios& anuncios, const Facturacion& facturacion, Timbre& invoices, const Avisos& avisos)
        : _anuncios(anuncios), _facturacion(facturacion), _invoices(invoices), _avisos(avisos)
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
    Timbre& _invoices;
    const Avisos& _avisos;
};

} // namespace pedidos
