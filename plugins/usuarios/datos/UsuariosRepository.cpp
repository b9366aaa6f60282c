#include "UsuariosRepository.h"

#include "text/Base64Url.h"

namespace usuarios
{

using zoco::Group;
using zoco::Value;

UsuariosRepository::UsuariosRepository(const zoco::Service& data, const zoco::Crypto& crypto)
    : _data(data),
      _crypto(crypto),
      _sello(crypto, "usuarios"),
      _create(
          data.operation("usuario_crear", {"id", "correo", "indice", "nombre", "clave", "roles", "idioma", "ahora"})),
      _byCorreo(data.operation("usuario_por_correo", {"indice"})),
      _byId(data.operation("usuario_por_id", {"id"})),
      _page(data.operation("usuarios_pagina", {"desde", "limite"})),
      _profile(data.operation("usuario_perfil", {"id", "antes", "nombre", "idioma", "telefono", "nif", "ahora"})),
      _clave(data.operation("usuario_clave", {"id", "clave", "ahora"})),
      _rehash(data.operation("usuario_clave_rehacer", {"id", "clave", "desde"})),
      _correo(data.operation("usuario_correo", {"id", "correo", "indice", "ahora"})),
      _roles(data.operation("usuario_roles", {"id", "roles", "ahora"})),
      _active(data.operation("usuario_activo", {"id", "activo", "ahora"})),
      _totp(data.operation("usuario_totp", {"id", "totp", "activo", "paso"})),
      _useTotp(data.operation("usuario_totp_usar", {"id", "paso"})),
      _remove(data.operation("usuario_borrar", {"id"})),
      _known(data.operation("conocidos", {"usuario"})),
      _see(data.operation("conocido_ver", {"usuario", "indice", "ahora"})),
      _forget(data.operation("conocidos_borrar", {"usuario"}))
{
}

Usuario UsuariosRepository::read(const zoco::Row& row) const
{
    Usuario out;
    std::string_view correo, nombre;
    std::optional<std::string_view> clave, telefono, nif, totp;
    row.read(out.id, correo, nombre, clave, telefono, nif, totp, out.totpActivo, out.totpPaso, out.roles, out.idioma,
             out.isActivo, out.creado, out.modificado, out.claveCambiada);
    out.correo = _sello.open("correo", out.id, correo);
    out.nombre = _sello.open("nombre", out.id, nombre);
    out.clave = _sello.openIf("clave", out.id, clave);
    out.telefono = _sello.openIf("telefono", out.id, telefono);
    out.nif = _sello.openIf("nif", out.id, nif);
    out.totp = _sello.openIf("totp", out.id, totp);
    return out;
}

UsuariosRepository::Found UsuariosRepository::one(const zoco::CallContext& context, const zoco::Operation& operation,
                                                  const Value& value) const
{
    std::optional<Usuario> out;
    ZOCO_TRY([[maybe_unused]] auto changed,
             _data.call(context, operation, {value}, [&](const zoco::Row& row) { out = read(row); }));
    return out;
}

UsuariosRepository::Found UsuariosRepository::byCorreo(const zoco::CallContext& context, const Correo& correo) const
{
    const auto index = indexOf(correo);
    return one(context, _byCorreo, Value::blob(index));
}

UsuariosRepository::Found UsuariosRepository::byId(const zoco::CallContext& context, std::string_view id) const
{
    return one(context, _byId, Value(id));
}

zoco::Result<std::vector<Usuario>> UsuariosRepository::page(const zoco::CallContext& context, std::string_view after,
                                                            int limit) const
{
    std::vector<Usuario> out;
    ZOCO_TRY([[maybe_unused]] auto changed,
             _data.call(context, _page, {after, limit}, [&](const zoco::Row& row) { out.push_back(read(row)); }));
    return out;
}

std::string UsuariosRepository::indexOf(const Correo& correo) const
{
    return _crypto.blindIndex("usuarios_usuarios.correo", correo.clave);
}

std::string UsuariosRepository::newId() const { return base64Url(_crypto.random(16)); }

void UsuariosRepository::addCreate(Group& group, std::string_view id, const NuevoUsuario& user, std::int64_t now) const
{
    group.add(_create,
              {id, keptBlob(group, _sello.seal("correo", id, user.correo)), keptBlob(group, user.indice),
               keptBlob(group, _sello.seal("nombre", id, user.nombre)),
               keptBlob(group, _sello.sealIf("clave", id, user.clave)), group.keep(user.roles), group.keep(user.idioma),
               Value::time(now)},
              1);
}

void UsuariosRepository::addProfile(Group& group, const Usuario& user, std::int64_t now) const
{
    const auto& id = user.id;
    group.add(_profile,
              {id, Value::time(user.modificado), keptBlob(group, _sello.seal("nombre", id, user.nombre)), user.idioma,
               keptBlob(group, _sello.sealIf("telefono", id, user.telefono)),
               keptBlob(group, _sello.sealIf("nif", id, user.nif)), Value::time(now)},
              1);
}

void UsuariosRepository::addClave(Group& group, std::string_view id, std::string_view phc, std::int64_t now) const
{
    group.add(_clave, {id, keptBlob(group, _sello.seal("clave", id, phc)), Value::time(now)}, 1);
}

void UsuariosRepository::addRehash(Group& group, const Usuario& user, std::string_view phc) const
{
    group.add(_rehash, {group.keep(user.id), keptBlob(group, _sello.seal("clave", user.id, phc)),
                        Value::time(user.claveCambiada)});
}

void UsuariosRepository::addCorreo(Group& group, std::string_view id, std::string_view correo, std::string_view index,
                                   std::int64_t now) const
{
    group.add(
        _correo,
        {id, keptBlob(group, _sello.seal("correo", id, correo)), keptBlob(group, std::string(index)), Value::time(now)},
        1);
}

void UsuariosRepository::addRoles(Group& group, std::string_view id, std::string_view roles, std::int64_t now) const
{
    group.add(_roles, {id, group.keep(std::string(roles)), Value::time(now)}, 1);
}

void UsuariosRepository::addActive(Group& group, std::string_view id, bool isActive, std::int64_t now) const
{
    group.add(_active, {id, isActive, Value::time(now)}, 1);
}

void UsuariosRepository::addTotp(Group& group, std::string_view id, const std::optional<std::string>& secret,
                                 std::int64_t activeSince, std::int64_t step) const
{
    group.add(_totp, {id, keptBlob(group, _sello.sealIf("totp", id, secret)), Value::time(activeSince), step}, 1);
}

void UsuariosRepository::addUseTotp(Group& group, std::string_view id, std::int64_t step) const
{
    group.add(_useTotp, {id, step}, 1);
}

void UsuariosRepository::addRemove(Group& group, std::string_view id) const { group.add(_remove, {id}, 1); }

zoco::Result<std::vector<std::string>> UsuariosRepository::known(const zoco::CallContext& context,
                                                                 std::string_view id) const
{
    std::vector<std::string> out;
    ZOCO_TRY([[maybe_unused]] auto changed,
             _data.call(context, _known, {id}, [&](const zoco::Row& row) { out.push_back(row.as<std::string>()); }));
    return out;
}

void UsuariosRepository::addKnown(Group& group, std::string_view id, std::string_view index, std::int64_t now) const
{
    group.add(_see, {id, keptBlob(group, std::string(index)), Value::time(now)});
}

void UsuariosRepository::addForgetKnown(Group& group, std::string_view id) const { group.add(_forget, {id}); }

} // namespace usuarios
