#pragma once

#include "Avisos.h"
#include "Cuadre.h"
#include "Devoluciones.h"
#include "Ordenes.h"
#include "Resolucion.h"
#include "zoco/Executor.h"

#include <atomic>
#include <chrono>

namespace pagos
{

/// Asks the payment services about every payment whose outcome has been awaited for long, gives back what could not pay
/// its order, and does what orders want of their payments, again and again; once an hour it looks for refunds that
/// orders want and that no event told of. [any-thread]
class Conciliacion
{
public:
    /// All outlive it. `every`: between two rounds; `age`: from when an outcome is late.
    Conciliacion(const Resolucion& resolucion, const Devoluciones& devoluciones, const Ordenes& ordenes,
                 const PagosRepository& pagos, const OrdenesRepository& guardadas, const Cuadre& cuadre,
                 const Avisos& avisos, const zoco::Executor& executor, zoco::Log log, std::chrono::seconds every,
                 std::chrono::seconds age)
        : _resolucion(resolucion),
          _devoluciones(devoluciones),
          _ordenes(ordenes),
          _pagos(pagos),
          _guardadas(guardadas),
          _cuadre(cuadre),
          _avisos(avisos),
          _executor(executor),
          _log(log),
          _every(every),
          _age(age)
    {
    }

    /// Begins; ends by itself when the plugin stops.
    void begin() const { later(); }
    /// One round, at once.
    void run() const;

private:
    void later() const;
    void sweep() const;

    const Resolucion& _resolucion;
    const Devoluciones& _devoluciones;
    const Ordenes& _ordenes;
    const PagosRepository& _pagos;
    const OrdenesRepository& _guardadas;
    const Cuadre& _cuadre;
    const Avisos& _avisos;
    const zoco::Executor& _executor;
    zoco::Log _log;
    std::chrono::seconds _every;
    std::chrono::seconds _age;
    mutable std::atomic<std::int64_t> _swept{0}; ///< when, microseconds
};

} // namespace pagos
