#pragma once

#include "Entorno.h"
#include "Transiciones.h"
#include "zoco/Executor.h"

#include <chrono>

namespace pedidos
{

/// Lets orders expire that are not paid, and forgets carts that nobody has changed for long. [any-thread]
class Limpieza
{
public:
    /// All outlive it.
    Limpieza(const Entorno& entorno, const Transiciones& transiciones, const zoco::Executor& executor);

    /// Begins, some seconds from now; ends by itself when the plugin stops.
    void begin() const;
    void forgetCarts() const;

private:
    void later(std::chrono::milliseconds delay, void (Limpieza::*job)() const, std::chrono::milliseconds period) const;
    void expireOrders() const { _transiciones.expire(); }

    const Entorno& _e;
    const Transiciones& _transiciones;
    const zoco::Executor& _executor;
    std::chrono::milliseconds _ordersPeriod;
    std::chrono::milliseconds _cartsPeriod;
};

} // namespace pedidos
