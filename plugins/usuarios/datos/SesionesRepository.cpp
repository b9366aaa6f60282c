#include "SesionesRepository.h"

namespace usuarios
{

using zoco::CallContext;
using zoco::Group;
using zoco::Row;
using zoco::Value;

SesionesRepository::SesionesRepository(const zoco::Service& data, const zoco::Crypto& crypto)
    : _data(data),
      _sello(crypto, "sesiones"),
      _create(data.operation("sesion_crear", {"id", "huella", "usuario", "ahora", "caduca", "limite", "metodos",
                                              "agente", "direccion", "emisor"})),
      _find(data.operation("sesion", {"huella", "ahora"})),
      _use(data.operation("sesion_usar", {"id", "ahora", "caduca"})),
      _fresh(data.operation("sesion_autenticada", {"id", "usuario", "desde", "ahora"})),
      _of(data.operation("sesiones", {"usuario", "ahora"})),
      _remove(data.operation("sesion_borrar", {"id", "usuario"})),
      _removeOthers(data.operation("sesiones_borrar_otras", {"usuario", "menos"}))
{
}

zoco::Result<std::optional<SesionesRepository::Found>>
SesionesRepository::find(const CallContext& context, std::string_view huella, std::int64_t now) const
{
    std::optional<Found> out;
    ZOCO_TRY([[maybe_unused]] auto changed, _data.call(context, _find, {Value::blob(huella), Value::time(now)},
                                                       [&](const Row& row) { out = row.as<Found>(); }));
    return out;
}

zoco::Result<void> SesionesRepository::use(const CallContext& context, std::string_view id, std::int64_t now,
                                           std::int64_t until) const
{
    ZOCO_TRY([[maybe_unused]] auto changed, _data.call(context, _use, {id, Value::time(now), Value::time(until)}));
    return {};
}

zoco::Result<std::optional<zoco::FreshLogin>> SesionesRepository::fresh(const CallContext& context, std::string_view id,
                                                                        std::string_view usuario, std::int64_t since,
                                                                        std::int64_t now) const
{
    std::optional<zoco::FreshLogin> out;
    ZOCO_TRY([[maybe_unused]] auto changed,
             _data.call(context, _fresh, {id, usuario, Value::time(since), Value::time(now)},
                        [&](const Row& row) { out = row.as<zoco::FreshLogin>(); }));
    return out;
}

zoco::Result<std::vector<SesionVista>> SesionesRepository::of(const CallContext& context, std::string_view usuario,
                                                              std::int64_t now) const
{
    std::vector<SesionVista> out;
    const auto take = [&](const Row& row)
    {
        auto s = row.as<SesionVista>();
        s.agente = _sello.open("agente", s.id, std::string_view(s.agente));
        s.direccion = _sello.open("direccion", s.id, std::string_view(s.direccion));
        out.push_back(std::move(s));
    };
    ZOCO_TRY([[maybe_unused]] auto changed, _data.call(context, _of, {usuario, Value::time(now)}, take));
    return out;
}

void SesionesRepository::addCreate(Group& group, const NuevaSesion& s) const
{
    const auto id = group.keep(s.id);
    group.add(_create,
              {id, keptBlob(group, s.huella), group.keep(s.usuario), Value::time(s.ahora), Value::time(s.caduca),
               Value::time(s.limite), group.keep(s.metodos), keptBlob(group, _sello.seal("agente", id, s.agente)),
               keptBlob(group, _sello.seal("direccion", id, s.direccion)), group.keep(s.emisor)},
              1);
}

void SesionesRepository::addRemove(Group& group, std::string_view id, std::string_view usuario, bool isExpected) const
{
    group.add(_remove, {id, usuario}, isExpected ? 1 : -1);
}

void SesionesRepository::addRemoveOthers(Group& group, std::string_view usuario, std::string_view except) const
{
    group.add(_removeOthers, {usuario, except});
}

} // namespace usuarios
