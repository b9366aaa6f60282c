#pragma once

#include "Sello.h"
#include "model/Correo.h"
#include "model/Usuario.h"
#include "zoco/Services.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace usuarios
{

/// Accounts in the data service: usuarios.sql. What begins with `add` adds a step to the caller's group. [any-thread]
class UsuariosRepository
{
public:
    /// Resolves the operations; throws when one is not there. [lifecycle, in start] All outlive it.
    UsuariosRepository(const zoco::Service& data, const zoco::Crypto& crypto);

    using Found = zoco::Result<std::optional<Usuario>>;
    Found byCorreo(const zoco::CallContext& context, const Correo& correo) const;
    Found byId(const zoco::CallContext& context, std::string_view id) const;
    zoco::Result<std::vector<Usuario>> page(const zoco::CallContext& context, std::string_view after, int limit) const;

    /// The blind index by which an address is found.
    std::string indexOf(const Correo& correo) const;
    std::string newId() const;

    void addCreate(zoco::Group& group, std::string_view id, const NuevoUsuario& user, std::int64_t now) const;
    /// Provided that `user` was not changed since it was read.
    void addProfile(zoco::Group& group, const Usuario& user, std::int64_t now) const;
    void addClave(zoco::Group& group, std::string_view id, std::string_view phc, std::int64_t now) const;
    /// The same password hashed anew; nothing happens when it was changed since `user` was read.
    void addRehash(zoco::Group& group, const Usuario& user, std::string_view phc) const;
    void addCorreo(zoco::Group& group, std::string_view id, std::string_view correo, std::string_view index,
                   std::int64_t now) const;
    void addRoles(zoco::Group& group, std::string_view id, std::string_view roles, std::int64_t now) const;
    void addActive(zoco::Group& group, std::string_view id, bool isActive, std::int64_t now) const;
    void addTotp(zoco::Group& group, std::string_view id, const std::optional<std::string>& secret,
                 std::int64_t activeSince, std::int64_t step) const;
    /// The group fails when a code of that step or a later one was used already.
    void addUseTotp(zoco::Group& group, std::string_view id, std::int64_t step) const;
    void addRemove(zoco::Group& group, std::string_view id) const;

    /// Blind indexes of networks and browsers that a user came from.
    zoco::Result<std::vector<std::string>> known(const zoco::CallContext& context, std::string_view id) const;
    void addKnown(zoco::Group& group, std::string_view id, std::string_view index, std::int64_t now) const;
    void addForgetKnown(zoco::Group& group, std::string_view id) const;

private:
    Usuario read(const zoco::Row& row) const;
    Found one(const zoco::CallContext& context, const zoco::Operation& operation, const zoco::Value& value) const;

    const zoco::Service& _data;
    const zoco::Crypto& _crypto;
    Sello _sello;
    zoco::Operation _create, _byCorreo, _byId, _page, _profile, _clave, _rehash, _correo, _roles, _active, _totp,
        _useTotp, _remove, _known, _see, _forget;
};

} // namespace usuarios
