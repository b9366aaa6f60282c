#pragma once

#include "FacturasRepository.h"
#include "casos/Entorno.h"
#include "zoco/Http.h"

namespace pedidos
{

/// Invoices over HTTP. [any-thread]
class FacturaHandlers
{
public:
    /// Both outlive it.
    FacturaHandlers(const Entorno& entorno, const FacturasRepository& facturas) : _e(entorno), _facturas(facturas) {}

    /// One invoice of an order, as PDF or JSON.
    zoco::Reply ver(const zoco::Request& request) const;
    zoco::Reply lista(const zoco::Request& request) const;

private:
    const Entorno& _e;
    const FacturasRepository& _facturas;
};

} // namespace pedidos
