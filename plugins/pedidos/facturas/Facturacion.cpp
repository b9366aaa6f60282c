#include "Facturacion.h"

#include "Reloj.h"
#include "model/Fecha.h"

#include <algorithm>

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
    constexpr int kPage = 100;
    for (bool isMore = true; isMore;)
    {
        const auto due = _facturas.pending(kPage);
        if (!due) return _e.log.warning("orders without an invoice cannot be read");
        int done = 0;
        for (const auto& id : *due) done += issue(id) ? 1 : 0;
        isMore = done == kPage;
    }
}

bool Facturacion::issue(std::string_view pedido) const
{
    for (int i = 0; i < kAttempts; ++i)
    {
        const auto done = tryToIssue(pedido);
        if (done && *done) return true;
        if (done) continue;
        _e.log.warning("an order's invoice cannot be written", {{"pedido", pedido}, {"why", done.problem().slug}});
        break;
    }
    return false;
}

/// False: others came first.
Result<bool> Facturacion::tryToIssue(std::string_view pedido) const
{
    ZOCO_TRY(const auto last, _facturas.last(ClaseFactura::Factura));
    ZOCO_TRY(const auto known, _facturas.of({}, pedido));
    if (!known.empty()) return true;
    ZOCO_TRY(auto order, _e.pedidos.find({}, pedido));
    if (!order) return true;
    Factura f;
    f.pedido = order->id;
    f.moneda = order->moneda;
    f.totales = order->totales;
    f.datos = {_e.ajustes.emisor, order->numero, "", order->datos.direccion};
    return store(std::move(f), last);
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
    return store(std::move(f), last);
}

/// Times of a series never go back, whatever the clocks of its hosts say.
Result<bool> Facturacion::store(Factura f, const FacturasRepository::Ultima& last) const
{
    f.momento = std::max(nowUs(), last.momento);
    const auto year = fechaDe(f.momento).anio;
    f.numero = numeroDeFactura(f.clase, year, last.anio == year ? last.orden + 1 : 1);
    f.datos.receptor.telefono.clear();
    zoco::Group group(_e.data);
    _facturas.addCreate(group, f, last, year);
    auto done = group.run({});
    if (done) return true;
    if (isOvertaken(done.problem())) return false;
    return std::move(done.problem());
}

} // namespace pedidos
