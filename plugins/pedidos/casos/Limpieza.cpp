#include "Limpieza.h"

#include "Reloj.h"

#include <algorithm>

namespace pedidos
{

namespace
{

using std::chrono::milliseconds;

/// How often to look for what has had its time, in microseconds: so that nothing outlives it by more than a quarter,
/// or `longest`.
milliseconds periodFor(std::int64_t time, milliseconds longest)
{
    constexpr auto kShortest = milliseconds(250);
    return std::clamp(milliseconds(time / 4'000), kShortest, longest);
}

} // namespace

Limpieza::Limpieza(const Entorno& entorno, const Transiciones& transiciones, const zoco::Executor& executor)
    : _e(entorno),
      _transiciones(transiciones),
      _executor(executor),
      _ordersPeriod(periodFor(entorno.ajustes.reserva, std::chrono::seconds(30))),
      _cartsPeriod(periodFor(entorno.ajustes.carrito, std::chrono::hours(1)))
{
}

void Limpieza::begin() const
{
    later(_ordersPeriod, &Limpieza::expireOrders, _ordersPeriod);
    later(std::min<milliseconds>(_cartsPeriod, std::chrono::seconds(10)), &Limpieza::forgetCarts, _cartsPeriod);
}

/// One at a time and guarded: a cart that is changed meanwhile stays.
void Limpieza::forgetCarts() const
{
    constexpr int kPage = 200;
    const auto before = nowUs() - _e.ajustes.carrito;
    for (bool isMore = true; isMore;)
    {
        const auto old = _e.carritos.unchangedSince({}, before, kPage);
        if (!old) return _e.log.warning("old carts cannot be read");
        int gone = 0;
        for (const auto& cart : *old)
        {
            zoco::Group group(_e.data);
            _e.carritos.addRemove(group, cart.id, cart.version);
            gone += group.run({}).ok() ? 1 : 0;
        }
        isMore = gone == kPage;
    }
}

/// A plugin that stops runs its timers before they are due: then there is nothing to do.
void Limpieza::later(milliseconds delay, void (Limpieza::*job)() const, milliseconds period) const
{
    const auto due = std::chrono::steady_clock::now() + delay;
    (void)_executor.postAfter(delay,
                              [this, due, job, period]
                              {
                                  if (std::chrono::steady_clock::now() < due) return;
                                  (this->*job)();
                                  later(period, job, period);
                              });
}

} // namespace pedidos
