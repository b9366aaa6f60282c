#include "ConservacionRepository.h"

namespace usuarios
{

using zoco::Group;
using zoco::Value;

ConservacionRepository::ConservacionRepository(const zoco::Service& data)
    : _data(data),
      _use(data.operation("usuario_usado", {"id", "ahora"})),
      _withoutPassword(data.operation("cuentas_sin_clave", {"antes", "limite"})),
      _toWarn(data.operation("cuentas_por_avisar", {"antes", "ahora", "limite"})),
      _warn(data.operation("usuario_avisar", {"id", "antes", "ahora"})),
      _unused(data.operation("cuentas_inactivas", {"antes", "avisadas", "ahora", "limite"})),
      _claimWithoutPassword(data.operation("usuario_apartar_sin_clave", {"id"})),
      _claimUnused(data.operation("usuario_apartar_inactivo", {"id", "antes", "avisadas", "ahora"}))
{
}

ConservacionRepository::Ids ConservacionRepository::ids(const zoco::Operation& operation,
                                                        std::initializer_list<Value> values) const
{
    std::vector<std::string> out;
    ZOCO_TRY([[maybe_unused]] auto changed,
             _data.call({}, operation, values, [&](const zoco::Row& row) { out.push_back(row.as<std::string>()); }));
    return out;
}

ConservacionRepository::Ids ConservacionRepository::withoutPassword(std::int64_t before, int limit) const
{
    return ids(_withoutPassword, {Value::time(before), limit});
}

ConservacionRepository::Ids ConservacionRepository::toWarn(std::int64_t before, std::int64_t now, int limit) const
{
    return ids(_toWarn, {Value::time(before), Value::time(now), limit});
}

ConservacionRepository::Ids ConservacionRepository::unused(const Plazo& plazo, int limit) const
{
    return ids(_unused, {Value::time(plazo.before), Value::time(plazo.warnedBefore), Value::time(plazo.now), limit});
}

void ConservacionRepository::addUse(Group& group, std::string_view usuario, std::int64_t now) const
{
    group.add(_use, {group.keep(std::string(usuario)), Value::time(now)});
}

void ConservacionRepository::addWarned(Group& group, std::string_view usuario, std::int64_t before,
                                       std::int64_t now) const
{
    group.add(_warn, {usuario, Value::time(before), Value::time(now)}, 1);
}

void ConservacionRepository::addClaimWithoutPassword(Group& group, std::string_view usuario) const
{
    group.add(_claimWithoutPassword, {usuario}, 1);
}

void ConservacionRepository::addClaimUnused(Group& group, std::string_view usuario, const Plazo& plazo) const
{
    group.add(_claimUnused,
              {usuario, Value::time(plazo.before), Value::time(plazo.warnedBefore), Value::time(plazo.now)}, 1);
}

} // namespace usuarios
