#include "Mandos.h"

#include "AuditMandos.h"
#include "UserMandos.h"

namespace usuarios
{

namespace
{

constexpr const char* kAddHelp =
    "zoco user add --correo ADDRESS [--rol ROLE[,ROLE]] [--nombre NAME] [--idioma es|en]\n"
    "\n"
    "Makes an account without a password and prints a link to choose one, which works once. Send\n"
    "it to whom the account is for. Roles: operador catalogo pedidos pagos atencion cliente.\n";
constexpr const char* kListHelp = "zoco user list\n\nAddress, roles, state and second factor of every account.\n";
constexpr const char* kRolHelp = "zoco user rol --correo ADDRESS --rol ROLE[,ROLE]\n\nSets the roles of an account.\n";
constexpr const char* kDisableHelp =
    "zoco user disable --correo ADDRESS\n\nNobody logs in to it any more, and its sessions end at once.\n";
constexpr const char* kEnableHelp = "zoco user enable --correo ADDRESS\n\nUndoes `zoco user disable`.\n";
constexpr const char* kEndHelp = "zoco user logout --correo ADDRESS\n\nEnds all sessions of an account at once.\n";
constexpr const char* kPurgeHelp =
    "zoco user purge\n\n"
    "Deletes at once what is past its time, as happens once an hour anyway, and says how much that was.\n";
constexpr const char* kVerifyHelp =
    "zoco audit verify\n\n"
    "Reads the audit log and says whether every entry is there and is as it was written.\n"
    "Exit status 1 when not.\n";
constexpr const char* kAuditListHelp = "zoco audit list\n\nEvery entry of the audit log, one a line.\n";

} // namespace

void addCommands(zoco::Commands& commands, std::function<DestinoMandos()> to)
{
    const auto user = [&](const char* name, const char* summary, const char* help, auto run) {
        commands.add({name, summary, help},
                     [to, run](const zoco::CommandCall& call) { return run(call, to().entorno); });
    };
    user("user add", "makes an account and prints a link to choose its password", kAddHelp, &addUser);
    user("user list", "lists the accounts", kListHelp, &listUsers);
    user("user rol", "sets the roles of an account", kRolHelp, &setRoles);
    user("user disable", "lets nobody log in to an account", kDisableHelp, &disableUser);
    user("user enable", "lets its user log in again", kEnableHelp, &enableUser);
    user("user logout", "ends the sessions of an account", kEndHelp, &endSessions);
    commands.add({"user purge", "deletes what is past its time", kPurgeHelp},
                 [to](const zoco::CommandCall& call) { return purge(call, to().limpieza); });
    const auto audit = [&](const char* name, const char* summary, const char* help, auto run)
    {
        commands.add({name, summary, help},
                     [to, run](const zoco::CommandCall& call) { return run(call, to().auditoria); });
    };
    audit("audit verify", "checks the chain of the audit log", kVerifyHelp, &verifyAudit);
    audit("audit list", "lists the audit log", kAuditListHelp, &listAudit);
}

} // namespace usuarios
