#include "FichasRepository.h"

#include "cifra/Huella.h"
#include "text/Base64Url.h"

namespace usuarios
{

using zoco::Group;
using zoco::Value;

namespace
{

constexpr std::size_t kTokenBytes = 32;

std::string idOf(std::string_view token) { return base64Url(sha256(token)); }

} // namespace

FichasRepository::FichasRepository(const zoco::Service& data, const zoco::Crypto& crypto)
    : _data(data),
      _crypto(crypto),
      _fichas(crypto, "fichas"),
      _cambios(crypto, "cambios"),
      _create(data.operation("ficha_crear", {"id", "clase", "sujeto", "datos", "caduca"})),
      _find(data.operation("ficha", {"id", "ahora"})),
      _spend(data.operation("ficha_gastar", {"id", "ahora"})),
      _removeOf(data.operation("fichas_borrar_de", {"sujeto", "clase"})),
      _removeAllOf(data.operation("fichas_borrar_todas_de", {"sujeto"})),
      _change(data.operation("cambio", {"id", "ahora"})),
      _newChange(data.operation("cambio_crear", {"id", "usuario", "correo", "indice", "caduca"})),
      _confirm(data.operation("cambio_confirmar", {"id", "viejo", "nuevo"})),
      _takeChange(data.operation("cambio_gastar", {"id"})),
      _removeChanges(data.operation("cambios_borrar_de", {"usuario"}))
{
}

std::string FichasRepository::addCreate(Group& group, std::string_view clase, std::string_view sujeto,
                                        std::string_view datos, std::int64_t until) const
{
    auto token = base64Url(_crypto.random(kTokenBytes));
    const auto id = group.keep(idOf(token));
    group.add(_create,
              {id, group.keep(std::string(clase)), group.keep(std::string(sujeto)),
               keptBlob(group, _fichas.seal("datos", id, datos)), Value::time(until)},
              1);
    return token;
}

zoco::Result<std::optional<Ficha>> FichasRepository::find(const zoco::CallContext& context, std::string_view token,
                                                          std::int64_t now) const
{
    std::optional<Ficha> out;
    const auto id = idOf(token);
    const auto take = [&](const zoco::Row& row)
    {
        Ficha found{id, {}, {}, {}};
        std::string_view datos;
        row.read(found.clase, found.sujeto, datos);
        found.datos = _fichas.open("datos", id, datos);
        out = std::move(found);
    };
    ZOCO_TRY([[maybe_unused]] auto changed, _data.call(context, _find, {id, Value::time(now)}, take));
    return out;
}

void FichasRepository::addSpend(Group& group, std::string_view id, std::int64_t now) const
{
    group.add(_spend, {id, Value::time(now)}, 1);
}

void FichasRepository::addRemoveOf(Group& group, std::string_view sujeto, std::string_view clase) const
{
    group.add(_removeOf, {sujeto, clase});
}

void FichasRepository::addRemoveAllOf(Group& group, std::string_view sujeto) const
{
    group.add(_removeAllOf, {sujeto});
}

std::string FichasRepository::newId() const { return base64Url(_crypto.random(16)); }

void FichasRepository::addChange(Group& group, const Cambio& change, std::int64_t until) const
{
    const auto id = group.keep(change.id);
    group.add(_newChange,
              {id, group.keep(change.usuario), keptBlob(group, _cambios.seal("correo", id, change.correo)),
               keptBlob(group, change.indice), Value::time(until)},
              1);
}

zoco::Result<std::optional<Cambio>> FichasRepository::change(const zoco::CallContext& context, std::string_view id,
                                                             std::int64_t now) const
{
    std::optional<Cambio> out;
    const auto take = [&](const zoco::Row& row)
    {
        Cambio found{std::string(id), {}, {}, {}};
        std::string_view correo;
        row.read(found.usuario, correo, found.indice, found.isPorViejo, found.isPorNuevo);
        found.correo = _cambios.open("correo", id, correo);
        out = std::move(found);
    };
    ZOCO_TRY([[maybe_unused]] auto changed, _data.call(context, _change, {id, Value::time(now)}, take));
    return out;
}

void FichasRepository::addConfirm(Group& group, std::string_view id, bool isByOld) const
{
    group.add(_confirm, {id, isByOld, !isByOld}, 1);
}

void FichasRepository::addTakeChange(Group& group, std::string_view id) const { group.add(_takeChange, {id}, 1); }

void FichasRepository::addRemoveChangesOf(Group& group, std::string_view usuario) const
{
    group.add(_removeChanges, {usuario});
}

} // namespace usuarios
