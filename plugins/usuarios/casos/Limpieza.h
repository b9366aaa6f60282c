#pragma once

#include "Entorno.h"
#include "Rondas.h"
#include "datos/Auditoria.h"
#include "zoco/Executor.h"

#include <functional>
#include <string_view>
#include <vector>

namespace usuarios
{

/// Deletes what has expired and what nobody may keep any longer, page by page, once an hour. An account that cannot be
/// read keeps nothing else. [any-thread]
class Limpieza
{
public:
    /// All outlive it. [lifecycle, in start]
    Limpieza(const Entorno& e, const Auditoria& auditoria, const zoco::Executor& executor);
    Limpieza(const Limpieza&) = delete;
    Limpieza& operator=(const Limpieza&) = delete;

    /// Begins, a minute from now; ends by itself when the plugin stops.
    void begin() const { _rondas.begin(); }
    /// At once.
    std::vector<Hecho> run() const { return _rondas.all(); }

private:
    using Usada = ConservacionRepository::Usada;
    using Add = std::function<void(zoco::Group&, const Usuario&)>;
    struct Step
    {
        std::string_view que;
        zoco::Operation operation;
        std::int64_t age; ///< microseconds
    };

    std::vector<Tarea> tareas() const;
    // One page behind `after`, which becomes its last account.
    Pagina removeWithoutPassword(Usada& after) const;
    Pagina warn(Usada& after) const;
    Pagina removeUnused(Usada& after) const;
    /// Runs a group for each; one that fails since the account is no such one any more counts as none.
    Pagina forEach(const ConservacionRepository::Page& page, Usada& after, const Add& add) const;
    bool run(const Usada& account, const Add& add) const;

    const Entorno& _e;
    const Auditoria& _auditoria;
    const std::vector<Step> _steps;
    const Rondas _rondas;
};

} // namespace usuarios
