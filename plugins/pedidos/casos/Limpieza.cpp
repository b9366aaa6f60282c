#include "Limpieza.h"

#include "Reloj.h"

namespace pedidos
{

/// One at a time and guarded: a cart that is changed meanwhile stays.
void Limpieza::run() const
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
void Limpieza::later(std::chrono::milliseconds delay) const
{
    (void)_executor.postAfter(delay,
                              [this, due = std::chrono::steady_clock::now() + delay]
                              {
                                  if (std::chrono::steady_clock::now() < due) return;
                                  run();
                                  later(std::chrono::hours(1));
                              });
}

} // namespace pedidos
