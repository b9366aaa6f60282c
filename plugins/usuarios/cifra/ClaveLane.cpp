#include "ClaveLane.h"

#include <utility>

namespace usuarios
{

ClaveLane::ClaveLane(const zoco::Executor& executor, Random random, CosteClave coste, std::size_t width,
                     std::size_t most)
    : _executor(executor),
      _random(std::move(random)),
      _coste(coste),
      _width(width),
      _most(most),
      _dummy(hash(_random(32)))
{
}

bool ClaveLane::post(TrabajoClave work, Then then)
{
    {
        const std::lock_guard lock(_mutex);
        if (_queue.size() >= _most) return false;
        _queue.push_back({std::move(work), std::move(then)});
        if (_running >= _width) return true;
        ++_running;
    }
    if (_executor.postBackground([this] { run(); }) != ZOCO_OK) run(); // no thread to be had but this one
    return true;
}

void ClaveLane::run()
{
    for (;;)
    {
        Item item;
        {
            const std::lock_guard lock(_mutex);
            if (_queue.empty())
            {
                --_running;
                return;
            }
            item = std::move(_queue.front());
            _queue.pop_front();
        }
        runOne(item);
    }
}

/// What follows a hash waits for the database: on another thread, so that the next hash begins.
void ClaveLane::runOne(const Item& item) const
{
    ResultadoClave result;
    bool hasFailed = false;
    try
    {
        result = done(item.work);
    }
    catch (const std::exception&)
    {
        hasFailed = true;
    }
    if (_executor.post([then = item.then, result, hasFailed] { then(result, hasFailed); }) != ZOCO_OK)
        item.then(result, hasFailed);
}

ResultadoClave ClaveLane::done(const TrabajoClave& work) const
{
    ResultadoClave out;
    if (work.isWanted && !work.isWanted()) return out;
    if (!work.guardada.empty()) out.coincide = matchesClave(work.guardada, work.clave);
    const bool isOutdated = out.coincide && !hasCoste(work.guardada, _coste);
    if (!work.nueva.empty())
    {
        if (work.guardada.empty() || out.coincide) out.hash = hash(work.nueva);
    }
    else if (isOutdated)
        out.hash = hash(work.clave);
    return out;
}

} // namespace usuarios
