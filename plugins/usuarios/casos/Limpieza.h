#pragma once

#include "Entorno.h"
#include "datos/Auditoria.h"
#include "zoco/Executor.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace usuarios
{

/// Deletes what has expired and what nobody may keep any longer, page by page, once an hour. [any-thread]
class Limpieza
{
public:
    /// All outlive it. [lifecycle, in start]
    Limpieza(const Entorno& e, const Auditoria& auditoria, const zoco::Executor& executor);

    /// Begins, a minute from now; ends by itself when the plugin stops.
    void begin() const { later(std::chrono::minutes(1)); }

    /// What a kind of data came to.
    struct Hecho
    {
        std::string_view que; ///< as operators read it
        std::int64_t count = 0;
        bool isWhole = true; ///< false: it could not be done, or not to its end; the log has the reason
    };
    /// At once.
    std::vector<Hecho> run() const;

private:
    /// Deletes one page and returns how many that were.
    using Page = std::function<zoco::Result<std::int64_t>()>;
    struct Step
    {
        std::string_view que;
        zoco::Operation operation;
        std::int64_t age; ///< microseconds
    };

    void later(std::chrono::milliseconds delay) const;
    Hecho all(std::string_view que, const Page& page) const;
    zoco::Result<std::int64_t> removeWithoutPassword() const;
    zoco::Result<std::int64_t> warn() const;
    zoco::Result<std::int64_t> removeUnused() const;
    /// Runs a group for each; one that fails since the account is no such one any more counts as none.
    zoco::Result<std::int64_t> forEach(const ConservacionRepository::Ids& ids,
                                       const std::function<void(zoco::Group&, const Usuario&)>& add) const;

    const Entorno& _e;
    const Auditoria& _auditoria;
    const zoco::Executor& _executor;
    std::vector<Step> _steps;
};

} // namespace usuarios
