#include "Sesiones.h"

#include "Reloj.h"

#include <algorithm>

namespace usuarios
{

namespace
{

constexpr std::int64_t kUseEvery = 60'000'000;

} // namespace

const Entorno& Sesiones::entorno() const
{
    if (_e == nullptr) throw zoco::ProblemException(zoco::Problem::fromStatus(ZOCO_E_UNAVAILABLE));
    return *_e;
}

std::optional<zoco::AuthSession> Sesiones::session(const zoco::CallContext& context, std::string_view fingerprint)
{
    const auto& e = entorno();
    const auto now = nowUs();
    auto found = e.sesiones.find(context, fingerprint, now).value();
    if (!found) return std::nullopt;
    if (now - found->usada >= kUseEvery)
    {
        const auto until = std::min(found->limite, now + e.ajustes.sesionInactiva);
        const auto used = e.sesiones.use(context, found->session.sesion, now, until);
        if (used) found->session.caduca = until; // when it cannot be written, it is good as it was
    }
    return std::move(found->session);
}

std::optional<zoco::FreshLogin> Sesiones::stepUp(const zoco::CallContext& context, std::string_view usuario,
                                                 std::string_view sesion, std::int64_t sinceUs)
{
    return entorno().sesiones.fresh(context, sesion, usuario, sinceUs, nowUs()).value();
}

} // namespace usuarios
