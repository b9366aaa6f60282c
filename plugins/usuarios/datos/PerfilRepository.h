#pragma once

#include "Sello.h"
#include "model/Direccion.h"
#include "zoco/Services.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace usuarios
{

/// An address with the id under which it is kept.
struct DireccionGuardada
{
    std::string id;
    Direccion direccion;
};

/// What somebody may agree to: the terms, the privacy text, the newsletter.
inline constexpr std::array<std::string_view, 3> kAsuntos = {"condiciones", "privacidad", "novedades"};

/// What somebody agreed to, or no longer agrees to.
struct Consentimiento
{
    std::string asunto;
    std::string version; ///< of the text that they saw
    bool isOtorgado = false;
    std::int64_t momento = 0;
};

/// Addresses, consents and recovery codes: perfil.sql. What begins with `add` adds a step to the caller's group.
/// [any-thread]
class PerfilRepository
{
public:
    static constexpr int kMostDirecciones = 50;

    PerfilRepository(const zoco::Service& data, const zoco::Crypto& crypto);

    zoco::Result<std::vector<DireccionGuardada>> direcciones(const zoco::CallContext& context,
                                                             std::string_view usuario) const;
    zoco::Result<std::optional<DireccionGuardada>> direccion(const zoco::CallContext& context, std::string_view id,
                                                             std::string_view usuario) const;
    std::string newId() const;
    /// The group fails when there are kMostDirecciones.
    void addDireccion(zoco::Group& group, std::string_view usuario, const DireccionGuardada& address,
                      std::int64_t now) const;
    /// The group fails when the user has none of that id.
    void addChange(zoco::Group& group, std::string_view usuario, const DireccionGuardada& address) const;
    void addRemove(zoco::Group& group, std::string_view usuario, std::string_view id) const;

    zoco::Result<std::vector<Consentimiento>> consentimientos(const zoco::CallContext& context,
                                                              std::string_view usuario) const;
    void addConsentimiento(zoco::Group& group, std::string_view usuario, const Consentimiento& consent) const;

    /// `hash`: SHA-256 of a recovery code.
    void addCode(zoco::Group& group, std::string_view usuario, std::string_view hash) const;
    /// The group fails when there is no such code any more.
    void addSpendCode(zoco::Group& group, std::string_view usuario, std::string_view hash) const;
    void addRemoveCodes(zoco::Group& group, std::string_view usuario) const;
    zoco::Result<std::int64_t> codesLeft(const zoco::CallContext& context, std::string_view usuario) const;

    /// All of the above that a user has.
    void addRemoveAll(zoco::Group& group, std::string_view usuario) const;

private:
    zoco::Value sealed(zoco::Group& group, const DireccionGuardada& address) const;
    DireccionGuardada read(const zoco::Row& row) const;

    const zoco::Service& _data;
    const zoco::Crypto& _crypto;
    Sello _sello;
    zoco::Operation _all, _one, _create, _change, _remove, _removeAll, _consents, _consent, _removeConsents, _code,
        _spend, _left, _removeCodes;
};

} // namespace usuarios
