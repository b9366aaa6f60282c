#include "Cuadre.h"

#include "Reloj.h"

#include <algorithm>
#include <map>

namespace pagos
{

namespace
{

constexpr std::int64_t kPerRead = 500;
constexpr std::int64_t kDayUs = 86'400'000'000;

/// Whether money may be kept for an order in this state. What was sent back may keep its shipping.
bool keepsMoney(std::string_view estado)
{
    return estado == "pagado" || estado == "preparado" || estado == "enviado_parcial" || estado == "enviado" ||
           estado == "entregado" || estado == "devuelto";
}

/// Whether an order in this state counts as paid, as those that pedidos.pagados tells of.
bool countsAsPaid(std::string_view estado) { return keepsMoney(estado) && estado != "devuelto"; }

/// One more was read than is shown. False: it was there.
template <class T>
bool isAllShown(std::vector<T>& list)
{
    const bool isAll = static_cast<std::int64_t>(list.size()) <= kPerRead;
    if (!isAll) list.resize(static_cast<std::size_t>(kPerRead));
    return isAll;
}

} // namespace

zoco::Result<void> Cuadre::addPayments(const Context& context, const Pagos& pagos, Informe& out) const
{
    std::vector<std::string> ids;
    for (const auto& p : pagos)
        if (p.queda() > 0) ids.push_back(p.pedido);
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    ZOCO_TRY(const auto orders, _cuadre.orders(context, ids));
    for (const auto& p : pagos)
    {
        if (p.queda() <= 0) continue;
        const auto order = orders.find(p.pedido);
        const auto estado = order == orders.end() ? std::string() : order->second.estado;
        if (p.devolver > 0 || !keepsMoney(estado)) out.cobradosSinPedido.push_back({p, estado});
    }
    return {};
}

/// What is missing in settlements counts only for days that they tell of.
zoco::Result<void> Cuadre::addSettled(const Context& context, const Pagos& pagos, Informe& out) const
{
    std::map<std::string, Pagos> byService;
    for (const auto& p : pagos) byService[p.conector].push_back(p);
    for (const auto& [conector, all] : byService)
    {
        ZOCO_TRY(const auto days, _liquidaciones.days(context, conector));
        if (days.second == 0) continue;
        std::vector<std::string> numeros;
        for (const auto& p : all) numeros.push_back(p.numero);
        ZOCO_TRY(const auto settled, _liquidaciones.of(context, conector, numeros));
        for (const auto& p : all)
        {
            const auto found = settled.find(p.numero);
            const auto told = found == settled.end() ? Liquidado() : found->second;
            const bool isTold = found != settled.end();
            const bool isOfItsDays = p.creado >= days.first && p.creado < days.second;
            const bool isSame =
                told.cobrado == p.capturado && told.devuelto == p.reembolsado && told.moneda == p.moneda;
            if (isTold && !isSame) out.importesDistintos.push_back({p, told});
            if (!isTold && isOfItsDays && p.capturado > 0) out.sinLiquidar.push_back(p);
        }
    }
    return {};
}

/// Nothing is wrong when the order wanted it itself. Read once more, since it may have been cancelled before its money
/// was looked at.
zoco::Result<void> Cuadre::addEmptied(const Context& context, std::vector<Informe::PedidoReembolsado> emptied,
                                      Informe& out) const
{
    std::vector<std::string> ids;
    for (const auto& e : emptied) ids.push_back(e.pedido.id);
    ZOCO_TRY(const auto wanted, _cuadre.givenBack(context, ids));
    ZOCO_TRY(const auto now, _cuadre.orders(context, ids));
    for (auto& e : emptied)
    {
        const auto byOrder = wanted.find(e.pedido.id);
        const bool isByHand = byOrder == wanted.end() || byOrder->second < e.dinero.reembolsado;
        const auto found = now.find(e.pedido.id);
        if (isByHand && found != now.end() && countsAsPaid(found->second.estado))
            out.pedidosReembolsados.push_back(std::move(e));
    }
    return {};
}

zoco::Result<void> Cuadre::addOrders(const Context& context, Informe& out) const
{
    std::vector<PedidoCuadrado> page;
    std::int64_t desde = out.desde;
    std::string tras;
    for (std::int64_t seen = 0; seen < kMost; seen += kPerRead)
    {
        ZOCO_TRY(page, _cuadre.paidOrders(context, desde, tras, out.hasta, kPerRead));
        if (page.empty()) return {};
        std::vector<std::string> ids;
        for (const auto& p : page) ids.push_back(p.id);
        ZOCO_TRY(const auto money, _cuadre.moneyOf(context, ids));
        std::vector<Informe::PedidoReembolsado> emptied;
        for (auto& p : page)
            if (const auto found = money.find(p.id); found == money.end())
                out.pedidosSinCobro.push_back(p);
            else if (found->second.queda == 0)
                emptied.push_back({p, found->second});
        if (const auto done = addEmptied(context, std::move(emptied), out); !done) return done.problem();
        desde = page.back().creado;
        tras = page.back().id;
        if (static_cast<std::int64_t>(page.size()) < kPerRead) return {};
    }
    out.isWhole = false;
    out.hasta = desde;
    return {};
}

zoco::Result<void> Cuadre::forgotten(std::int64_t desde, std::int64_t hasta, const Take& take) const
{
    const auto until = std::min(hasta, nowUs() - _ageUs);
    std::string tras;
    for (;;)
    {
        ZOCO_TRY(const auto page, _cuadre.wanted(desde, tras, until, kPerRead));
        std::vector<std::string> ids;
        for (const auto& r : page) ids.push_back(r.id);
        ZOCO_TRY(const auto known, _cuadre.known(ids));
        for (const auto& r : page)
            if (!known.contains(r.id) && !take(r)) return {};
        if (static_cast<std::int64_t>(page.size()) < kPerRead) return {};
        desde = page.back().momento;
        tras = page.back().id;
    }
}

zoco::Result<Informe> Cuadre::of(const Context& context, std::int64_t desde, std::int64_t hasta) const
{
    Informe out;
    out.desde = desde;
    out.hasta = hasta;
    ZOCO_TRY(out.abiertos, _cuadre.open(context, nowUs() - _ageUs, kPerRead + 1));
    std::string tras;
    auto from = desde;
    for (std::int64_t seen = 0;; seen += kPerRead)
    {
        if (seen >= kMost)
        {
            out.isWhole = false;
            out.hasta = from;
            break;
        }
        ZOCO_TRY(const auto page, _cuadre.payments(context, from, tras, hasta, kPerRead));
        if (const auto done = addPayments(context, page, out); !done) return done.problem();
        if (const auto done = addSettled(context, page, out); !done) return done.problem();
        if (static_cast<std::int64_t>(page.size()) < kPerRead) break;
        from = page.back().creado;
        tras = page.back().id;
    }
    if (const auto done = addOrders(context, out); !done) return done.problem();
    ZOCO_TRY(out.liquidadoSinPago, _liquidaciones.ofNoPayment(context, desde, hasta + kDayUs, kPerRead + 1));
    ZOCO_TRY(out.pendientes, _cuadre.openOrders(context, desde, kPerRead + 1));
    const auto forget = [&](const ReembolsoQuerido& r)
    {
        out.olvidados.push_back(r);
        return static_cast<std::int64_t>(out.olvidados.size()) <= kPerRead;
    };
    if (const auto done = forgotten(desde, hasta, forget); !done) return done.problem();
    for (const bool isAll : {isAllShown(out.abiertos), isAllShown(out.liquidadoSinPago), isAllShown(out.pendientes),
                             isAllShown(out.olvidados)})
        out.isWhole = out.isWhole && isAll;
    return out;
}

} // namespace pagos
