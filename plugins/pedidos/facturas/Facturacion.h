#pragma once

#include "Factura.h"
#include "FacturasRepository.h"
#include "casos/Entorno.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pedidos
{

/// What is given back of what was paid for an order: the event pedidos.reembolsar. A value.
struct Reembolso
{
    std::string id; ///< no other has it
    std::string pedido;
    std::int64_t importe = 0; ///< minor units
    std::string motivo;
};

/// Gives invoices out, off the path of who buys: one number after the other, in the order in which they are written,
/// in one group with the invoices themselves. One host does it at a time, since it alone gets the events; should two do
/// it all the same, as after a pause, the end of the series is guarded and the second begins anew. [any-thread]
class Facturacion
{
public:
    /// Both outlive it.
    Facturacion(const Entorno& entorno, const FacturasRepository& facturas) : _e(entorno), _facturas(facturas) {}

    /// An invoice for each order that is paid and has none. What cannot be written now is tried again later.
    void issuePending() const;
    /// The corrective invoice of a refund, once for each. Throws ProblemException when it cannot be written now.
    void correct(const Reembolso& reembolso) const;

private:
    /// Whether this order does not wait for its invoice any more.
    bool issue(std::string_view pedido) const;
    void issueEach() const;
    zoco::Result<bool> tryToIssue(std::span<const FacturasRepository::PorFacturar> due) const;
    zoco::Result<bool> tryToCorrect(const Reembolso& reembolso) const;
    zoco::Result<bool> store(std::vector<Factura> facturas, const FacturasRepository::Ultima& last) const;

    const Entorno& _e;
    const FacturasRepository& _facturas;
};

} // namespace pedidos
