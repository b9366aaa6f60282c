#include "Oyente.h"

namespace pedidos
{

namespace
{

std::string textOf(const zoco::Event& event, std::string_view name)
{
    const auto value = event[name];
    return value.isNull() ? std::string() : std::string(value.text());
}

} // namespace

void Oyente::cambiado(const zoco::Event& event) const
{
    if (textOf(event, "a") == nombreDe(Estado::Pagado)) _facturacion.issuePending();
}

void Oyente::reembolsado(const zoco::Event& event) const
{
    _facturacion.correct(
        {textOf(event, "id"), textOf(event, "pedido"), event["importe"].integer(), textOf(event, "motivo")});
}

} // namespace pedidos
