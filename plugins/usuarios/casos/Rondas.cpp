#include "Rondas.h"

#include <utility>

namespace usuarios
{

namespace
{
constexpr std::chrono::hours kEvery(1);
constexpr int kMostRoundPages = 2000; ///< of one kind at once
} // namespace

Rondas::Rondas(const zoco::Executor& executor, zoco::Log log, Tareas tareas, Clock clock)
    : _executor(executor), _log(log), _tareas(std::move(tareas)), _clock(std::move(clock))
{
}

Pagina Rondas::page(const Tarea& tarea) const
{
    try
    {
        return tarea.page();
    }
    catch (const std::exception& e)
    {
        _log.warning("what is to be deleted cannot be", {{"what", tarea.que}, {"reason", e.what()}});
        return {0, true, false};
    }
}

std::vector<Hecho> Rondas::all() const
{
    std::vector<Hecho> out;
    for (const auto& tarea : _tareas())
    {
        Hecho done{tarea.que};
        for (int i = 0; i < kMostRoundPages; ++i)
        {
            const auto one = page(tarea);
            done.count += one.count;
            done.isWhole = done.isWhole && one.isWhole;
            if (one.isLast) break;
        }
        out.push_back(done);
    }
    return out;
}

/// The next round is due before this one does anything that may fail. One that still goes on is not overtaken. A plugin
/// that stops runs its timers at once, before they are due: then there is nothing to do.
void Rondas::later(std::chrono::milliseconds delay, std::weak_ptr<Vuelta> last) const
{
    (void)_executor.postAfter(delay,
                              [this, last = std::move(last), due = _clock() + delay]
                              {
                                  if (_clock() < due) return;
                                  auto vuelta = last.lock();
                                  if (vuelta) return later(kEvery, vuelta);
                                  vuelta = std::make_shared<Vuelta>();
                                  later(kEvery, vuelta);
                                  vuelta->tareas = _tareas();
                                  next(vuelta);
                              });
}

void Rondas::next(const std::shared_ptr<Vuelta>& vuelta) const
{
    auto& [tareas, at, pages] = *vuelta;
    if (at == tareas.size()) return;
    const auto& tarea = tareas[at];
    if (page(tarea).isLast || ++pages >= tarea.mostPages)
    {
        ++at;
        pages = 0;
    }
    (void)_executor.postAfter(std::chrono::milliseconds(0), [this, vuelta] { next(vuelta); });
}

} // namespace usuarios
