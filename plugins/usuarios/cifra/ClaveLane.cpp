#include "ClaveLane.h"

#include <chrono>
#include <memory>
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
    onNormalThread([this] { ask(); });
    return true;
}

/// A pool that is full takes a timer all the same; this thread does it only while the plugin stops.
void ClaveLane::onNormalThread(const std::function<void()>& task) const
{
    if (_executor.post(task) == ZOCO_OK || _executor.postAfter(std::chrono::milliseconds(0), task) == ZOCO_OK) return;
    task();
}

std::optional<ClaveLane::Item> ClaveLane::next()
{
    const std::lock_guard lock(_mutex);
    if (_queue.empty())
    {
        --_running;
        return {};
    }
    auto item = std::move(_queue.front());
    _queue.pop_front();
    return item;
}

/// On a thread of normal priority: what is asked here may write to the database, where others wait for it.
void ClaveLane::ask()
{
    while (auto item = next())
    {
        try
        {
            if (item->work.isWanted && !item->work.isWanted())
            {
                item->then({}, false);
                continue;
            }
        }
        catch (const std::exception&)
        {
            item->then({}, true);
            continue;
        }
        const auto shared = std::make_shared<const Item>(std::move(*item));
        const auto inBackground = [this, shared]
        {
            runOne(*shared);
            onNormalThread([this] { ask(); });
        };
        if (_executor.postBackground(inBackground) == ZOCO_OK) return;
        runOne(*shared); // no thread to be had but this one
    }
}

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
    onNormalThread([then = item.then, result, hasFailed] { then(result, hasFailed); });
}

ResultadoClave ClaveLane::done(const TrabajoClave& work) const
{
    ResultadoClave out;
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
