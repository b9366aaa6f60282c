#include "PerfilRepository.h"

#include "text/Base64Url.h"
#include "text/Lines.h"

namespace usuarios
{

using zoco::CallContext;
using zoco::Group;
using zoco::Row;
using zoco::Value;

namespace
{

constexpr std::size_t kLines = 8;

std::string packed(const Direccion& d)
{
    return joinLines(
        {d.nombre, d.linea1, d.linea2.value_or(""), d.cp, d.ciudad, d.provincia, d.pais, d.telefono.value_or("")});
}

std::optional<std::string> present(std::string text)
{
    return text.empty() ? std::nullopt : std::optional(std::move(text));
}

Direccion unpacked(std::string_view text)
{
    auto l = splitLines(text, kLines);
    return {l[0], l[1], present(l[2]), l[3], l[4], l[5], l[6], present(l[7])};
}

} // namespace

PerfilRepository::PerfilRepository(const zoco::Service& data, const zoco::Crypto& crypto)
    : _data(data),
      _crypto(crypto),
      _sello(crypto, "direcciones"),
      _all(data.operation("direcciones", {"usuario"})),
      _one(data.operation("direccion", {"id", "usuario"})),
      _create(data.operation("direccion_crear", {"id", "usuario", "datos", "ahora", "tope"})),
      _change(data.operation("direccion_cambiar", {"id", "usuario", "datos"})),
      _remove(data.operation("direccion_borrar", {"id", "usuario"})),
      _removeAll(data.operation("direcciones_borrar_de", {"usuario"})),
      _consents(data.operation("consentimientos", {"usuario"})),
      _consent(data.operation("consentimiento_crear", {"id", "usuario", "asunto", "version", "otorgado", "ahora"})),
      _removeConsents(data.operation("consentimientos_borrar_de", {"usuario"})),
      _code(data.operation("recuperacion_crear", {"usuario", "huella"})),
      _spend(data.operation("recuperacion_gastar", {"usuario", "huella"})),
      _left(data.operation("recuperacion_contar", {"usuario"})),
      _removeCodes(data.operation("recuperacion_borrar_de", {"usuario"}))
{
}

std::string PerfilRepository::newId() const { return base64Url(_crypto.random(16)); }

DireccionGuardada PerfilRepository::read(const Row& row) const
{
    std::string id;
    std::string_view datos;
    row.read(id, datos);
    return {id, unpacked(_sello.open("datos", id, datos))};
}

Value PerfilRepository::sealed(Group& group, const DireccionGuardada& address) const
{
    return keptBlob(group, _sello.seal("datos", address.id, packed(address.direccion)));
}

zoco::Result<std::vector<DireccionGuardada>> PerfilRepository::direcciones(const CallContext& context,
                                                                           std::string_view usuario) const
{
    std::vector<DireccionGuardada> out;
    ZOCO_TRY([[maybe_unused]] auto changed,
             _data.call(context, _all, {usuario}, [&](const Row& row) { out.push_back(read(row)); }));
    return out;
}

zoco::Result<std::optional<DireccionGuardada>>
PerfilRepository::direccion(const CallContext& context, std::string_view id, std::string_view usuario) const
{
    std::optional<DireccionGuardada> out;
    ZOCO_TRY([[maybe_unused]] auto changed,
             _data.call(context, _one, {id, usuario}, [&](const Row& row) { out = read(row); }));
    return out;
}

void PerfilRepository::addDireccion(Group& group, std::string_view usuario, const DireccionGuardada& address,
                                    std::int64_t now) const
{
    group.add(_create, {group.keep(address.id), usuario, sealed(group, address), Value::time(now), kMostDirecciones},
              1);
}

void PerfilRepository::addChange(Group& group, std::string_view usuario, const DireccionGuardada& address) const
{
    group.add(_change, {group.keep(address.id), usuario, sealed(group, address)}, 1);
}

void PerfilRepository::addRemove(Group& group, std::string_view usuario, std::string_view id) const
{
    group.add(_remove, {id, usuario}, 1);
}

zoco::Result<std::vector<Consentimiento>> PerfilRepository::consentimientos(const CallContext& context,
                                                                            std::string_view usuario) const
{
    std::vector<Consentimiento> out;
    ZOCO_TRY(
        [[maybe_unused]] auto changed,
        _data.call(context, _consents, {usuario}, [&](const Row& row) { out.push_back(row.as<Consentimiento>()); }));
    return out;
}

void PerfilRepository::addConsentimiento(Group& group, std::string_view usuario, const Consentimiento& consent) const
{
    group.add(_consent,
              {group.keep(newId()), usuario, group.keep(consent.asunto), group.keep(consent.version),
               consent.isOtorgado, Value::time(consent.momento)},
              1);
}

void PerfilRepository::addCode(Group& group, std::string_view usuario, std::string_view hash) const
{
    group.add(_code, {usuario, keptBlob(group, std::string(hash))}, 1);
}

void PerfilRepository::addSpendCode(Group& group, std::string_view usuario, std::string_view hash) const
{
    group.add(_spend, {usuario, keptBlob(group, std::string(hash))}, 1);
}

void PerfilRepository::addRemoveCodes(Group& group, std::string_view usuario) const
{
    group.add(_removeCodes, {usuario});
}

zoco::Result<std::int64_t> PerfilRepository::codesLeft(const CallContext& context, std::string_view usuario) const
{
    std::int64_t out = 0;
    ZOCO_TRY([[maybe_unused]] auto changed,
             _data.call(context, _left, {usuario}, [&](const Row& row) { row.read(out); }));
    return out;
}

void PerfilRepository::addRemoveAll(Group& group, std::string_view usuario) const
{
    group.add(_removeAll, {usuario});
    group.add(_removeConsents, {usuario});
    addRemoveCodes(group, usuario);
}

} // namespace usuarios
