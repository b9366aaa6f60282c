#include "Conciliacion.h"

#include "Reloj.h"

namespace pagos
{

namespace
{

constexpr std::int64_t kAtOnce = 200;
constexpr std::int64_t kSweepUs = 3'600'000'000;
constexpr std::int64_t kLookBackUs = 31 * 24 * kSweepUs;

} // namespace

void Conciliacion::run() const
{
    const auto age = std::chrono::duration_cast<std::chrono::microseconds>(_age).count();
    const auto awaited = _pagos.pending(nowUs() - age, kAtOnce);
    if (!awaited.ok()) return _log.warning("payments cannot be reconciled");
    for (const auto& id : *awaited)
        if (const auto done = _resolucion.resolve(id, true); !done.ok())
            _log.warning("a payment cannot be resolved", {{"pago", id}, {"why", done.problem().slug}});
    const auto owed = _pagos.toGiveBack(kAtOnce);
    if (!owed.ok()) return;
    for (const auto& id : *owed)
        if (const auto done = _devoluciones.giveBack(id); !done.ok())
            _log.warning("a payment cannot be given back", {{"pago", id}, {"why", done.problem().slug}});
    sweep();
    const auto wanted = _guardadas.pending(kAtOnce);
    if (!wanted.ok()) return;
    for (const auto& id : *wanted)
        if (const auto done = _ordenes.carryOut(id); !done.ok())
            _log.warning("what an order wants of its payment is not done", {{"id", id}, {"why", done.problem().slug}});
}

/// Events that were tried too often are put aside, and with them what they wanted.
void Conciliacion::sweep() const
{
    const auto now = nowUs();
    if (now - _swept < kSweepUs) return;
    _avisos.clean();
    bool isGood = true;
    const auto remember = [&](const ReembolsoQuerido& one) { return isGood = _ordenes.remember(one).ok(); };
    if (!_cuadre.forgotten(now - kLookBackUs, now, remember).ok())
        return _log.warning("what orders want back cannot be read");
    if (isGood) _swept = now;
}

/// A plugin that stops runs its timers at once, before they are due: then there is nothing to do.
void Conciliacion::later() const
{
    (void)_executor.postAfter(_every,
                              [this, due = std::chrono::steady_clock::now() + _every]
                              {
                                  if (std::chrono::steady_clock::now() < due) return;
                                  run();
                                  later();
                              });
}

} // namespace pagos
