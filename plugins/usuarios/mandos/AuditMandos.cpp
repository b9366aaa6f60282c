#include "AuditMandos.h"

#include "Reloj.h"

#include <algorithm>

namespace usuarios
{

int verifyAudit(const zoco::CommandCall& call, const Auditoria& log)
{
    std::int64_t count = 0;
    const auto fault = faultOfChain(log, {}, count);
    if (!fault)
    {
        call.terminal.error(fault.problem().title);
        return 1;
    }
    if (*fault)
    {
        call.terminal.error("audit log: " + **fault);
        return 1;
    }
    call.terminal.out("audit log: " + std::to_string(count) + " entries, all as they were written");
    return 0;
}

int listAudit(const zoco::CommandCall& call, const Auditoria& log)
{
    const auto print = [&](const Apunte& e)
    {
        auto line = rfc3339(e.momento) + ' ' + e.autor + ' ' + e.accion + " actor=" + e.actor + " objeto=" + e.objeto;
        if (!e.detalle.empty()) line += " detalle=" + e.detalle;
        std::replace_if(
            line.begin(), line.end(), [](unsigned char c) { return c < 0x20; }, ' ');
        call.terminal.out(line);
        return !call.terminal.isCancelled();
    };
    const auto done = log.forEach({}, print);
    if (!done) call.terminal.error(done.problem().title);
    return done ? 0 : 1;
}

} // namespace usuarios
