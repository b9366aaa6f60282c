#include "UserMandos.h"

#include "Reloj.h"
#include "casos/Registro.h"
#include "model/Rol.h"
#include "text/SafeText.h"
#include "text/Utf8.h"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>

namespace usuarios
{

namespace
{

using zoco::CommandCall;
using zoco::Group;

constexpr std::string_view kActor = "operador"; ///< who has the host's socket or its files

/// Options "--name value"; nothing, and said, when one is unknown or lacks its value.
std::optional<std::map<std::string, std::string, std::less<>>> options(const CommandCall& call,
                                                                       std::initializer_list<std::string_view> known)
{
    std::map<std::string, std::string, std::less<>> out;
    for (std::size_t i = 0; i < call.args.size(); i += 2)
    {
        const auto name = call.args[i].starts_with("--") ? call.args[i].substr(2) : std::string_view();
        if (std::find(known.begin(), known.end(), name) == known.end() || i + 1 == call.args.size())
        {
            call.terminal.error("not an option with its value: " + std::string(call.args[i]));
            return std::nullopt;
        }
        out[std::string(name)] = call.args[i + 1];
    }
    return out;
}

/// With blanks between; nothing, and said, when one is no role.
std::optional<std::string> rolesOf(const CommandCall& call, std::string text)
{
    std::replace(text.begin(), text.end(), ',', ' ');
    std::string_view rest = text;
    while (!rest.empty())
    {
        const auto end = std::min(rest.find(' '), rest.size());
        if (end > 0 && !isRol(rest.substr(0, end)))
        {
            call.terminal.error("there is no role " + std::string(rest.substr(0, end)));
            return std::nullopt;
        }
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return joinedRoles(text);
}

std::optional<Correo> correoOf(const CommandCall& call, const std::map<std::string, std::string, std::less<>>& given)
{
    const auto found = given.find("correo");
    auto parsed = parseCorreo(found == given.end() ? std::string_view() : std::string_view(found->second));
    if (parsed) return *parsed;
    call.terminal.error("--correo " + parsed.problem().detail);
    return std::nullopt;
}

int ended(const CommandCall& call, const zoco::Result<std::int64_t>& done)
{
    if (!done)
        call.terminal.error(done.problem().code == ZOCO_E_DUPLICATE ? "there is an account with this address already"
                                                                    : done.problem().title);
    return done ? 0 : 1;
}

/// Finds the account of --correo and lets `add` add the steps that change it.
int change(
    const CommandCall& call, const Entorno& e, std::initializer_list<std::string_view> known, std::string_view action,
    const std::function<bool(Group&, const Usuario&, const std::map<std::string, std::string, std::less<>>&)>& add)
{
    const auto given = options(call, known);
    const auto correo = given ? correoOf(call, *given) : std::nullopt;
    if (!correo) return 2;
    const auto user = e.usuarios.byCorreo({}, *correo).value();
    if (!user)
    {
        call.terminal.error("there is no account with this address");
        return 1;
    }
    Group group(e.data);
    if (!add(group, *user, *given)) return 2;
    e.auditoria.add(group, {kActor, action, user->id, ""});
    return ended(call, e.cierre.run(group, {}, user->id));
}

/// The shop's address; what stands for it, and how to have it told, when nobody knows it here.
std::string shopOf(const CommandCall& call)
{
    if (!call.publicUrl.empty()) return std::string(call.publicUrl);
    call.terminal.error("the shop's address is not known here: put it in place of SHOP, or set host.public_url");
    return "https://SHOP";
}

int setActive(const CommandCall& call, const Entorno& e, bool isActive)
{
    return change(call, e, {"correo"}, isActive ? "cuenta-activada" : "cuenta-desactivada",
                  [&](Group& group, const Usuario& user, const auto&)
                  {
                      e.usuarios.addActive(group, user.id, isActive, nowUs());
                      e.cierre.addEndOthers(group, user.id, "");
                      e.fichas.addRemoveAllOf(group, user.id);
                      return true;
                  });
}

} // namespace

int addUser(const CommandCall& call, const Entorno& e)
{
    const auto given = options(call, {"correo", "rol", "nombre", "idioma"});
    const auto correo = given ? correoOf(call, *given) : std::nullopt;
    if (!correo) return 2;
    const auto valueOf = [&](std::string_view name, std::string otherwise)
    {
        const auto found = given->find(name);
        return found == given->end() ? otherwise : found->second;
    };
    const auto roles = rolesOf(call, valueOf("rol", ""));
    const auto nombre = valueOf("nombre", correo->texto.substr(0, correo->texto.find('@')));
    const auto idioma = valueOf("idioma", "es");
    if (!roles) return 2;
    if (!faultOfText(nombre, 100).empty() || trimmed(nombre).empty() || (idioma != "es" && idioma != "en"))
    {
        call.terminal.error("--nombre or --idioma is not valid");
        return 2;
    }
    const auto now = nowUs();
    const auto id = e.usuarios.newId();
    Group group(e.data);
    e.usuarios.addCreate(group, id, {correo->texto, e.usuarios.indexOf(*correo), nombre, {}, *roles, idioma}, now);
    const auto token = e.fichas.addCreate(group, clase::kClave, id, "", now + e.ajustes.fichaVerificacion);
    e.auditoria.add(group, {kActor, "cuenta-creada", id, *roles});
    const auto status = ended(call, group.run({}));
    if (status != 0) return status;
    const auto hours = std::to_string(e.ajustes.fichaVerificacion / kHourUs);
    call.terminal.out("The account is there. Send " + correo->texto +
                      " this link to choose its password; it works once, for " + hours + " hours:");
    call.terminal.out(shopOf(call) + "/clave-nueva?ficha=" + token);
    return 0;
}

int listUsers(const CommandCall& call, const Entorno& e)
{
    constexpr int kPage = 100;
    std::string after;
    for (;;)
    {
        const auto page = e.usuarios.page({}, after, kPage).value();
        for (const auto& user : page)
            call.terminal.out(user.correo + "  " + user.roles + (user.isActivo ? "" : "  (disabled)") +
                              (user.hasSegundoFactor() ? "  +otp" : ""));
        if (page.size() < static_cast<std::size_t>(kPage) || call.terminal.isCancelled()) return 0;
        after = page.back().id;
    }
}

int setRoles(const CommandCall& call, const Entorno& e)
{
    return change(call, e, {"correo", "rol"}, "roles-cambiados",
                  [&](Group& group, const Usuario& user, const auto& given)
                  {
                      const auto found = given.find("rol");
                      const auto roles = found == given.end() ? std::nullopt : rolesOf(call, found->second);
                      if (found == given.end()) call.terminal.error("--rol is missing");
                      if (roles) e.usuarios.addRoles(group, user.id, *roles, nowUs());
                      if (roles) e.cierre.addForget(group, user.id);
                      return roles.has_value();
                  });
}

int disableUser(const CommandCall& call, const Entorno& e) { return setActive(call, e, false); }

int enableUser(const CommandCall& call, const Entorno& e) { return setActive(call, e, true); }

int endSessions(const CommandCall& call, const Entorno& e)
{
    return change(call, e, {"correo"}, "sesiones-cerradas",
                  [&](Group& group, const Usuario& user, const auto&)
                  {
                      e.cierre.addEndOthers(group, user.id, "");
                      return true;
                  });
}

int purge(const CommandCall& call, const Limpieza& limpieza)
{
    bool isWhole = true;
    for (const auto& done : limpieza.run())
    {
        isWhole = isWhole && done.isWhole;
        call.terminal.out(std::string(done.que) + ": " + std::to_string(done.count));
        if (!done.isWhole) call.terminal.error(std::string(done.que) + ": not all; the log has the reason");
    }
    return isWhole ? 0 : 1;
}

} // namespace usuarios
