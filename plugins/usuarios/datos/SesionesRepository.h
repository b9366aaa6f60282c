#pragma once

#include "Sello.h"
#include "zoco/Auth.h"
#include "zoco/Services.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace usuarios
{

/// A session to be made.
struct NuevaSesion
{
    std::string id;
    std::string huella; ///< SHA-256 of the token
    std::string usuario;
    std::int64_t ahora = 0;
    std::int64_t caduca = 0;
    std::int64_t limite = 0;
    std::string metodos; ///< such as "pwd otp"
    std::string agente;
    std::string direccion;
    std::string emisor{}; ///< of the identity provider; empty: the shop itself
};

/// A session as its owner sees it.
struct SesionVista
{
    std::string id;
    std::int64_t creada = 0;
    std::int64_t usada = 0;
    std::int64_t caduca = 0;
    std::string agente;
    std::string direccion;
};

/// Sessions in the data service: sesiones.sql. What begins with `add` adds a step to the caller's group. [any-thread]
class SesionesRepository
{
public:
    SesionesRepository(const zoco::Service& data, const zoco::Crypto& crypto);

    struct Found
    {
        zoco::AuthSession session;
        std::int64_t usada = 0;
        std::int64_t limite = 0;
    };
    /// The good session with this fingerprint.
    zoco::Result<std::optional<Found>> find(const zoco::CallContext& context, std::string_view huella,
                                            std::int64_t now) const;
    /// It was used now, and is good until then.
    zoco::Result<void> use(const zoco::CallContext& context, std::string_view id, std::int64_t now,
                           std::int64_t until) const;
    zoco::Result<std::optional<zoco::FreshLogin>> fresh(const zoco::CallContext& context, std::string_view id,
                                                        std::string_view usuario, std::int64_t since,
                                                        std::int64_t now) const;
    zoco::Result<std::vector<SesionVista>> of(const zoco::CallContext& context, std::string_view usuario,
                                              std::int64_t now) const;

    void addCreate(zoco::Group& group, const NuevaSesion& session) const;
    /// Number of the step. `expect`: that there is one.
    void addRemove(zoco::Group& group, std::string_view id, std::string_view usuario, bool isExpected) const;
    /// All of a user but one; `except` empty: all.
    void addRemoveOthers(zoco::Group& group, std::string_view usuario, std::string_view except) const;

private:
    const zoco::Service& _data;
    Sello _sello;
    zoco::Operation _create, _find, _use, _fresh, _of, _remove, _removeOthers;
};

} // namespace usuarios
