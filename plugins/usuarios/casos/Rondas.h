#pragma once

#include "zoco/Executor.h"
#include "zoco/Log.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

namespace usuarios
{

/// What one page of a kind of data came to.
struct Pagina
{
    std::int64_t count = 0;
    bool isLast = true;
    bool isWhole = true; ///< false: some of it could not be done; the log has the reason
};

/// A kind of data that is deleted page by page.
struct Tarea
{
    std::string_view que;         ///< as operators read it; a constant
    int mostPages = 0;            ///< in one round; what is left comes in the next
    std::function<Pagina()> page; ///< does the next page; what it throws ends the kind for this round
};

/// What a kind of data came to.
struct Hecho
{
    std::string_view que;
    std::int64_t count = 0;
    bool isWhole = true; ///< false: it could not be done, or not to its end; the log has the reason
};

/// Goes through kinds of data once an hour, whatever fails: each page is a task of its own, so that whoever stops the
/// plugin waits for one page at most. [any-thread]
class Rondas
{
public:
    using Tareas = std::function<std::vector<Tarea>()>;
    using Clock = std::function<std::chrono::steady_clock::time_point()>;

    /// `executor` outlives it; `tareas` makes those of one round.
    Rondas(const zoco::Executor& executor, zoco::Log log, Tareas tareas, Clock clock);

    /// Begins, a minute from now; ends by itself when the plugin stops.
    void begin() const { later(std::chrono::minutes(1), {}); }
    /// All kinds to their ends, at once and on this thread.
    std::vector<Hecho> all() const;

private:
    struct Vuelta
    {
        std::vector<Tarea> tareas;
        std::size_t at = 0;
        int pages = 0;
    };

    void later(std::chrono::milliseconds delay, std::weak_ptr<Vuelta> last) const;
    void next(const std::shared_ptr<Vuelta>& vuelta) const;
    Pagina page(const Tarea& tarea) const;

    const zoco::Executor& _executor;
    const zoco::Log _log;
    const Tareas _tareas;
    const Clock _clock;
};

} // namespace usuarios
