#pragma once

#include "Entorno.h"
#include "zoco/Executor.h"

#include <chrono>

namespace pedidos
{

/// Forgets carts that nobody has changed for long, once an hour. [any-thread]
class Limpieza
{
public:
    /// Both outlive it.
    Limpieza(const Entorno& entorno, const zoco::Executor& executor) : _e(entorno), _executor(executor) {}

    /// Begins, some seconds from now; ends by itself when the plugin stops.
    void begin() const { later(std::chrono::seconds(10)); }
    /// At once.
    void run() const;

private:
    void later(std::chrono::milliseconds delay) const;

    const Entorno& _e;
    const zoco::Executor& _executor;
};

} // namespace pedidos
