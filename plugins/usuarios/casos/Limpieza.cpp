#include "Limpieza.h"

#include "Reloj.h"

namespace usuarios
{

namespace
{

constexpr std::int64_t kDay = 86'400'000'000;

} // namespace

Limpieza::Limpieza(const zoco::Service& data, const zoco::Executor& executor, zoco::Log log)
    : _data(data),
      _executor(executor),
      _log(log),
      _steps{{data.operation("fichas_caducadas_borrar", {"ahora"}), 0},
             {data.operation("cambios_caducados_borrar", {"ahora"}), 0},
             {data.operation("sesiones_caducadas_borrar", {"ahora"}), 0},
             {data.operation("intentos_viejos_borrar", {"antes"}), kDay},
             {data.operation("conocidos_viejos_borrar", {"antes"}), 180 * kDay}}
{
}

void Limpieza::run() const
{
    for (const auto& step : _steps)
    {
        const auto done = _data.call({}, step.operation, {zoco::Value::time(nowUs() - step.age)});
        if (!done) _log.warning("what expired cannot be deleted", {{"operation", step.operation.label()}});
    }
}

/// A plugin that stops runs its timers at once, before they are due: then there is nothing to do.
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

} // namespace usuarios
