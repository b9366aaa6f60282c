#include "Facturacion.h"

#include "Reloj.h"
#include "model/Fecha.h"

#include <algorithm>
#include <bit>

namespace pedidos
{

using zoco::Result;

namespace
{

constexpr int kAttempts = 16; ///< against other hosts

bool isOvertaken(const zoco::Problem& problem)
{
    return problem.code == ZOCO_E_GUARD || problem.code == ZOCO_E_DUPLICATE;
}

zoco::Problem unavailable() { return zoco::Problem::fromStatus(ZOCO_E_UNAVAILABLE); }

} // namespace

void Facturacion::issuePending() const
{
    constexpr int kMost = 16; ///< in one group
    for (int overtaken = 0; overtaken < kAttempts;)
    {
        const auto due = _facturas.pending(kMost);
        if (!due) return _e.log.warning("orders without an invoice cannot be read");
        if (due->empty()) return;
        // In few sizes: each is a statement of its own.
        const auto some = std::span(*due).first(std::bit_floor(due->size()));
        const auto done = tryToIssue(some);
        if (!done) break;
        if (*done && due->size() < kMost && some.size() == due->size()) return;
        overtaken = *done ? 0 : overtaken + 1;
    }
    issueEach();
}

/// So that one that cannot be written keeps no others waiting.
void Facturacion::issueEach() const
{
    constexpr int kMost = 100;
    const auto due = _facturas.pending(kMost);
    if (!due) return _e.log.warning("orders without an invoice cannot be read");
    for (const auto& order : *due) (void)issue(order.id);
}

bool Facturacion::issue(std::string_view pedido) const
{
    for (int i = 0; i < kAttempts; ++i)
    {
        const auto due = _facturas.pendingOf(pedido);
        if (due && due->empty()) return true;
        const auto done = due ? tryToIssue(*due) : Result<bool>(due.problem());
        if (done && *done) return true;
        if (done) continue;
        _e.log.warning("an order's invoice cannot be written", {{"pedido", pedido}, {"why", done.problem().slug}});
        break;
    }
    return false;
}

/// False: others came first.
Result<bool> Facturacion::tryToIssue(std::span<const FacturasRepository::PorFacturar> due) const
{
    std::vector<Factura> out;
    for (const auto& order : due)
    {
        auto& f = out.emplace_back();
        f.pedido = order.id;
        f.moneda = order.moneda;
        f.totales = {order.productos, order.envio, order.descuento, impuestosDe(order.impuestos), order.total};
        f.datos = {_e.ajustes.emisor, order.numero, "", {}};
        ZOCO_TRY(f.datos.receptor, _facturas.receptorOf(order));
    }
    ZOCO_TRY(const auto last, _facturas.last(ClaseFactura::Factura));
    return store(std::move(out), last);
}

void Facturacion::correct(const Reembolso& reembolso) const
{
    for (int i = 0; i < kAttempts; ++i)
        if (tryToCorrect(reembolso).value()) return;
    throw zoco::ProblemException(unavailable());
}

/// The end of the series is read first: whoever writes one meanwhile makes the group fail, so that what was given back
/// before is known when it succeeds.
Result<bool> Facturacion::tryToCorrect(const Reembolso& reembolso) const
{
    ZOCO_TRY(const auto last, _facturas.last(ClaseFactura::Rectificativa));
    ZOCO_TRY(const auto known, _facturas.of({}, reembolso.pedido));
    const auto isInvoice = [](const Factura& f) { return f.clase == ClaseFactura::Factura; };
    const auto original = std::find_if(known.begin(), known.end(), isInvoice);
    if (original == known.end())
    {
        if (!issue(reembolso.pedido)) return unavailable();
        ZOCO_TRY(const auto order, _e.pedidos.find({}, reembolso.pedido));
        return !order; // of no order of ours: nothing to correct
    }
    std::vector<Totales> before;
    for (const auto& f : known)
    {
        if (f.origen == reembolso.id) return true;
        if (!isInvoice(f)) before.push_back(f.totales);
    }
    Factura f;
    f.clase = ClaseFactura::Rectificativa;
    f.pedido = reembolso.pedido;
    f.origen = reembolso.id;
    f.rectifica = original->numero;
    f.moneda = original->moneda;
    f.totales = rectificacion(original->totales, before, reembolso.importe);
    f.datos = {_e.ajustes.emisor, original->datos.pedido, reembolso.motivo, original->datos.receptor};
    if (f.totales.total != -reembolso.importe)
        _e.log.warning("more is given back than was invoiced",
                       {{"pedido", f.pedido}, {"importe", reembolso.importe}, {"factura", -f.totales.total}});
    if (f.totales.total == 0) return true;
    return store({std::move(f)}, last);
}

/// Times of a series never go back, whatever the clocks of its hosts say.
Result<bool> Facturacion::store(std::vector<Factura> facturas, const FacturasRepository::Ultima& last) const
{
    const auto now = std::max(nowUs(), last.momento);
    const auto year = fechaDe(now).anio;
    auto orden = last.anio == year ? last.orden : 0;
    for (auto& f : facturas)
    {
        f.momento = now;
        f.numero = numeroDeFactura(f.clase, year, ++orden);
        f.datos.receptor.telefono.clear();
    }
    auto done = _facturas.create(facturas, last, year);
    if (done) return true;
    if (isOvertaken(done.problem())) return false;
    return std::move(done.problem());
}

} // namespace pedidos
