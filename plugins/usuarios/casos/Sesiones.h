#pragma once

#include "Entorno.h"
#include "zoco/AuthProvider.h"

namespace usuarios
{

/// zoco.auth/1: who holds a token. Prolongs a session that is used, at most once a minute. [any-thread]
class Sesiones final : public zoco::AuthProvider
{
public:
    using zoco::AuthProvider::AuthProvider;

    /// [lifecycle, in start] `e` lives until stop.
    void open(const Entorno& e) noexcept { _e = &e; }

    std::optional<zoco::AuthSession> session(const zoco::CallContext& context, std::string_view fingerprint) override;
    std::optional<zoco::FreshLogin> stepUp(const zoco::CallContext& context, std::string_view usuario,
                                           std::string_view sesion, std::int64_t sinceUs) override;

private:
    const Entorno& entorno() const;

    const Entorno* _e = nullptr;
};

} // namespace usuarios
