#include "Limpieza.h"

#include "Borrado.h"
#include "Reloj.h"
#include "text/Fecha.h"

namespace usuarios
{

using zoco::Group;
using zoco::Result;

namespace
{

constexpr int kPage = 500;                    ///< rows of one statement
constexpr int kAccounts = 50;                 ///< accounts of one look
constexpr int kMostPages = 2000;              ///< in one run; what is left comes an hour later
constexpr std::int64_t kWarning = daysUs(30); ///< between the mail and the end of an account
constexpr std::string_view kActor = "conservacion";

} // namespace

Limpieza::Limpieza(const Entorno& e, const Auditoria& auditoria, const zoco::Executor& executor)
    : _e(e),
      _auditoria(auditoria),
      _executor(executor),
      _steps{{"links", e.data.operation("fichas_caducadas_borrar", {"ahora", "limite"}), 0},
             {"changes of address", e.data.operation("cambios_caducados_borrar", {"ahora", "limite"}), 0},
             {"sessions", e.data.operation("sesiones_caducadas_borrar", {"ahora", "limite"}), 0},
             {"tries", e.data.operation("intentos_viejos_borrar", {"antes", "limite"}), daysUs(1)},
             {"known browsers and networks", e.data.operation("conocidos_viejos_borrar", {"antes", "limite"}),
              daysUs(180)}}
{
}

Limpieza::Hecho Limpieza::all(std::string_view que, const Page& page) const
{
    Hecho out{que};
    for (int i = 0; i < kMostPages; ++i)
    {
        const auto done = page();
        if (!done)
        {
            _e.log.warning("what is to be deleted cannot be", {{"what", que}, {"reason", done.problem().title}});
            out.isWhole = false;
        }
        if (!done || *done == 0) break;
        out.count += *done;
    }
    return out;
}

std::vector<Limpieza::Hecho> Limpieza::run() const
{
    std::vector<Hecho> out;
    for (const auto& step : _steps)
        out.push_back(all(step.que,
                          [&] {
                              return _e.data.call({}, step.operation, {zoco::Value::time(nowUs() - step.age), kPage});
                          }));
    const auto& a = _e.ajustes;
    if (a.conservarSinClave > 0)
        out.push_back(all("accounts without a password", [this] { return removeWithoutPassword(); }));
    if (a.conservarInactivas > 0)
    {
        out.push_back(all("owners told of an unused account", [this] { return warn(); }));
        out.push_back(all("unused accounts", [this] { return removeUnused(); }));
    }
    if (a.conservarAuditoria > 0)
        out.push_back(
            all("audit entries", [&] { return _auditoria.removeOld(nowUs() - a.conservarAuditoria, kPage); }));
    return out;
}

Result<std::int64_t> Limpieza::forEach(const ConservacionRepository::Ids& ids,
                                       const std::function<void(Group&, const Usuario&)>& add) const
{
    if (!ids) return ids.problem();
    std::int64_t count = 0;
    for (const auto& id : *ids)
    {
        ZOCO_TRY(const auto user, _e.usuarios.byId({}, id));
        if (!user) continue;
        Group group(_e.data);
        add(group, *user);
        auto done = _e.cierre.run(group, {}, user->id);
        if (!done && done.problem().code != ZOCO_E_GUARD) return std::move(done.problem());
        count += done ? 1 : 0;
    }
    return count;
}

Result<std::int64_t> Limpieza::removeWithoutPassword() const
{
    return forEach(_e.conservacion.withoutPassword(nowUs() - _e.ajustes.conservarSinClave, kAccounts),
                   [&](Group& group, const Usuario& user)
                   {
                       _e.conservacion.addClaimWithoutPassword(group, user.id);
                       addBorrado(group, _e, user, kActor);
                       _e.usuarios.addRemove(group, user.id);
                   });
}

Result<std::int64_t> Limpieza::warn() const
{
    const auto now = nowUs();
    const auto before = now - _e.ajustes.conservarInactivas;
    return forEach(_e.conservacion.toWarn(before, now, kAccounts),
                   [&](Group& group, const Usuario& user)
                   {
                       _e.conservacion.addWarned(group, user.id, before, now);
                       _e.auditoria.add(group, {std::string(kActor), "cuenta-avisada", user.id, ""});
                       _e.cartero.add(group, "cuenta-inactiva", user.idioma, user.correo,
                                      {{"fecha", readableTime(now + kWarning, user.idioma)}});
                   });
}

Result<std::int64_t> Limpieza::removeUnused() const
{
    const auto now = nowUs();
    const ConservacionRepository::Plazo plazo{now - _e.ajustes.conservarInactivas, now - kWarning, now};
    return forEach(_e.conservacion.unused(plazo, kAccounts),
                   [&](Group& group, const Usuario& user)
                   {
                       _e.conservacion.addClaimUnused(group, user.id, plazo);
                       addBorrado(group, _e, user, kActor);
                       _e.usuarios.addRemove(group, user.id);
                       _e.cartero.add(group, "cuenta-caducada", user.idioma, user.correo, {});
                   });
}

/// A plugin that stops runs its timers at once, before they are due: then there is nothing to do.
void Limpieza::later(std::chrono::milliseconds delay) const
{
    (void)_executor.postAfter(delay,
                              [this, due = std::chrono::steady_clock::now() + delay]
                              {
                                  if (std::chrono::steady_clock::now() < due) return;
                                  (void)run();
                                  later(std::chrono::hours(1));
                              });
}

} // namespace usuarios
