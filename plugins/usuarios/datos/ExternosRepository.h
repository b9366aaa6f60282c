#pragma once

#include "Sello.h"
#include "zoco/Services.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace usuarios
{

/// An identity at another provider that belongs to an account. Times are microseconds UTC.
struct Externo
{
    std::string id;
    std::string usuario;
    std::string proveedor;
    std::string correo; ///< the address there
    std::int64_t creado = 0;
    std::int64_t usado = 0;
};

/// Identities at other providers in the data service: externos.sql. What begins with `add` adds a step to the caller's
/// group. [any-thread]
class ExternosRepository
{
public:
    ExternosRepository(const zoco::Service& data, const zoco::Crypto& crypto);

    /// Whose identity this subject of an issuer is.
    zoco::Result<std::optional<Externo>> find(const zoco::CallContext& context, std::string_view issuer,
                                              std::string_view subject) const;
    zoco::Result<std::vector<Externo>> of(const zoco::CallContext& context, std::string_view usuario) const;

    /// The group fails when the identity belongs to somebody already.
    void addCreate(zoco::Group& group, std::string_view usuario, std::string_view proveedor, std::string_view issuer,
                   std::string_view subject, std::string_view correo, std::int64_t now) const;
    void addUse(zoco::Group& group, std::string_view id, std::int64_t now) const;
    /// The group fails when there is none, or it is the last way to log in.
    void addRemove(zoco::Group& group, std::string_view id, std::string_view usuario) const;
    void addRemoveAllOf(zoco::Group& group, std::string_view usuario) const;

private:
    std::string indexOf(std::string_view issuer, std::string_view subject) const;
    Externo read(const zoco::Row& row) const;

    const zoco::Service& _data;
    const zoco::Crypto& _crypto;
    Sello _sello;
    zoco::Operation _find, _of, _create, _use, _remove, _removeAllOf;
};

} // namespace usuarios
