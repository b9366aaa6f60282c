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
constexpr int kMostPages = 2000;              ///< in one round
constexpr int kAccounts = 50;                 ///< accounts of one page
constexpr int kMostAccountPages = 6;          ///< in one round: an account takes a group of its own
constexpr std::int64_t kWarning = daysUs(30); ///< between the mail and the end of an account
constexpr std::string_view kActor = "conservacion";

} // namespace

Limpieza::Limpieza(const Entorno& e, const Auditoria& auditoria, const zoco::Executor& executor)
    : _e(e),
      _auditoria(auditoria),
      _steps{{"links", e.data.operation("fichas_caducadas_borrar", {"ahora", "limite"}), 0},
             {"changes of address", e.data.operation("cambios_caducados_borrar", {"ahora", "limite"}), 0},
             {"sessions", e.data.operation("sesiones_caducadas_borrar", {"ahora", "limite"}), 0},
             {"tries", e.data.operation("intentos_viejos_borrar", {"antes", "limite"}), daysUs(1)},
             {"known browsers and networks", e.data.operation("conocidos_viejos_borrar", {"antes", "limite"}),
              daysUs(180)}},
      _rondas(
          executor, e.log, [this] { return tareas(); }, &std::chrono::steady_clock::now)
{
}

std::vector<Tarea> Limpieza::tareas() const
{
    std::vector<Tarea> out;
    const auto addRows = [&](std::string_view que, std::function<Result<std::int64_t>()> remove)
    {
        out.push_back({que, kMostPages,
                       [remove = std::move(remove)]
                       {
                           const auto count = remove().value();
                           return Pagina{count, count == 0};
                       }});
    };
    const auto addAccounts = [&](std::string_view que, Pagina (Limpieza::*page)(Usada&) const) {
        out.push_back(
            {que, kMostAccountPages, [this, page, after = Usada()]() mutable { return (this->*page)(after); }});
    };
    for (const auto& step : _steps)
        addRows(step.que,
                [this, &step] {
                    return _e.data.call({}, step.operation, {zoco::Value::time(nowUs() - step.age), kPage});
                });
    const auto& a = _e.ajustes;
    if (a.conservarSinClave > 0) addAccounts("accounts without a password", &Limpieza::removeWithoutPassword);
    if (a.conservarInactivas > 0)
    {
        addAccounts("owners told of an unused account", &Limpieza::warn);
        addAccounts("unused accounts", &Limpieza::removeUnused);
    }
    if (a.conservarAuditoria > 0)
        addRows("audit entries", [this, &a] { return _auditoria.removeOld(nowUs() - a.conservarAuditoria, kPage); });
    return out;
}

bool Limpieza::run(const Usada& account, const Add& add) const
{
    const auto user = _e.usuarios.byId({}, account.id).value();
    if (!user) return false;
    Group group(_e.data);
    add(group, *user);
    const auto done = _e.cierre.run(group, {}, user->id);
    if (!done && done.problem().code == ZOCO_E_GUARD) return false;
    (void)done.value();
    return true;
}

Pagina Limpieza::forEach(const ConservacionRepository::Page& page, Usada& after, const Add& add) const
{
    const auto& accounts = page.value();
    Pagina out{0, accounts.size() < kAccounts};
    for (const auto& account : accounts)
    {
        after = account;
        try
        {
            out.count += run(account, add) ? 1 : 0;
        }
        catch (const std::exception& e)
        {
            _e.log.warning("an account's time is over, but it cannot be read or changed",
                           {{"id", account.id}, {"reason", e.what()}});
            out.isWhole = false;
        }
    }
    return out;
}

Pagina Limpieza::removeWithoutPassword(Usada& after) const
{
    return forEach(_e.conservacion.withoutPassword(nowUs() - _e.ajustes.conservarSinClave, after, kAccounts), after,
                   [&](Group& group, const Usuario& user)
                   {
                       _e.conservacion.addClaimWithoutPassword(group, user.id);
                       addBorrado(group, _e, user, kActor);
                       _e.usuarios.addRemove(group, user.id);
                   });
}

Pagina Limpieza::warn(Usada& after) const
{
    const auto now = nowUs();
    const auto before = now - _e.ajustes.conservarInactivas;
    return forEach(_e.conservacion.toWarn(before, now, after, kAccounts), after,
                   [&](Group& group, const Usuario& user)
                   {
                       _e.conservacion.addWarned(group, user.id, before, now);
                       _e.auditoria.add(group, {std::string(kActor), "cuenta-avisada", user.id, ""});
                       _e.cartero.add(group, "cuenta-inactiva", user.idioma, user.correo,
                                      {{"fecha", readableTime(now + kWarning, user.idioma)}});
                   });
}

Pagina Limpieza::removeUnused(Usada& after) const
{
    const auto now = nowUs();
    const ConservacionRepository::Plazo plazo{now - _e.ajustes.conservarInactivas, now - kWarning, now};
    return forEach(_e.conservacion.unused(plazo, after, kAccounts), after,
                   [&](Group& group, const Usuario& user)
                   {
                       _e.conservacion.addClaimUnused(group, user.id, plazo);
                       addBorrado(group, _e, user, kActor);
                       _e.usuarios.addRemove(group, user.id);
                       _e.cartero.add(group, "cuenta-caducada", user.idioma, user.correo, {});
                   });
}

} // namespace usuarios
