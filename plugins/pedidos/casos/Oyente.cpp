#include "Oyente.h"

#include "CampoSuceso.h"

namespace pedidos
{

void Oyente::cambiado(const zoco::Event& event) const
{
    _anuncios.changed(event);
    if (textOf(event, "a") == nombreDe(Estado::Pagado)) _invoices.ring();
    _avisos.changed(event);
}

void Oyente::reembolsado(const zoco::Event& event) const
{
    _anuncios.refunded(event);
    _facturacion.correct(
        {textOf(event, "id"), textOf(event, "pedido"), event["importe"].integer(), textOf(event, "motivo")});
    _avisos.refunded(event);
}

void Oyente::cobrado(const zoco::Event& event) const
{
    _avisos.paymentChanged(event);
    _anuncios.paymentChanged(event);
}

} // namespace pedidos
