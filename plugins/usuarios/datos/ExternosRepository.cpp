#include "ExternosRepository.h"

#include "text/Base64Url.h"

namespace usuarios
{

using zoco::CallContext;
using zoco::Group;
using zoco::Row;
using zoco::Value;

ExternosRepository::ExternosRepository(const zoco::Service& data, const zoco::Crypto& crypto)
    : _data(data),
      _crypto(crypto),
      _sello(crypto, "externos"),
      _find(data.operation("externo_por_indice", {"indice"})),
      _of(data.operation("externos", {"usuario"})),
      _create(data.operation("externo_crear", {"id", "usuario", "proveedor", "indice", "correo", "ahora"})),
      _use(data.operation("externo_usar", {"id", "ahora"})),
      _remove(data.operation("externo_borrar", {"id", "usuario"})),
      _removeAllOf(data.operation("externos_borrar_de", {"usuario"}))
{
}

/// The length keeps two pairs apart that read the same one after the other.
std::string ExternosRepository::indexOf(std::string_view issuer, std::string_view subject) const
{
    return _crypto.blindIndex("usuarios_externos.indice",
                              std::to_string(issuer.size()) + ':' + std::string(issuer) + std::string(subject));
}

Externo ExternosRepository::read(const Row& row) const
{
    auto out = row.as<Externo>();
    out.correo = _sello.open("correo", out.id, std::string_view(out.correo));
    return out;
}

zoco::Result<std::optional<Externo>> ExternosRepository::find(const CallContext& context, std::string_view issuer,
                                                              std::string_view subject) const
{
    const auto index = indexOf(issuer, subject);
    std::optional<Externo> out;
    ZOCO_TRY([[maybe_unused]] auto changed,
             _data.call(context, _find, {Value::blob(index)}, [&](const Row& row) { out = read(row); }));
    return out;
}

zoco::Result<std::vector<Externo>> ExternosRepository::of(const CallContext& context, std::string_view usuario) const
{
    std::vector<Externo> out;
    ZOCO_TRY([[maybe_unused]] auto changed,
             _data.call(context, _of, {usuario}, [&](const Row& row) { out.push_back(read(row)); }));
    return out;
}

void ExternosRepository::addCreate(Group& group, std::string_view usuario, std::string_view proveedor,
                                   std::string_view issuer, std::string_view subject, std::string_view correo,
                                   std::int64_t now) const
{
    const auto id = group.keep(base64Url(_crypto.random(16)));
    group.add(_create,
              {id, group.keep(std::string(usuario)), group.keep(std::string(proveedor)),
               keptBlob(group, indexOf(issuer, subject)), keptBlob(group, _sello.seal("correo", id, correo)),
               Value::time(now)},
              1);
}

void ExternosRepository::addUse(Group& group, std::string_view id, std::int64_t now) const
{
    group.add(_use, {group.keep(std::string(id)), Value::time(now)}, 1);
}

void ExternosRepository::addRemove(Group& group, std::string_view id, std::string_view usuario) const
{
    group.add(_remove, {group.keep(std::string(id)), group.keep(std::string(usuario))}, 1);
}

void ExternosRepository::addRemoveAllOf(Group& group, std::string_view usuario) const
{
    group.add(_removeAllOf, {group.keep(std::string(usuario))});
}

} // namespace usuarios
