#include "ConservacionRepository.h"

namespace usuarios
{

using zoco::Group;
using zoco::Value;

ConservacionRepository::ConservacionRepository(const zoco::Service& data)
    : _data(data),
      _use(data.operation("usuario_usado", {"id", "ahora"})),
      _withoutPassword(data.operation("cuentas_sin_clave", {"antes", "desde", "desde_id", "limite"})),
      _toWarn(data.operation("cuentas_por_avisar", {"antes", "ahora", "desde", "desde_id", "limite"})),
      _warn(data.operation("usuario_avisar", {"id", "antes", "ahora"})),
      _unused(data.operation("cuentas_inactivas", {"antes", "avisadas", "ahora", "desde", "desde_id", "limite"})),
      _claimWithoutPassword(data.operation("usuario_apartar_sin_clave", {"id"})),
      _claimUnused(data.operation("usuario_apartar_inactivo", {"id", "antes", "avisadas", "ahora"}))
{
}

ConservacionRepository::Page ConservacionRepository::page(const zoco::Operation& operation,
                                                          std::initializer_list<Value> values) const
{
    std::vector<Usada> out;
    ZOCO_TRY([[maybe_unused]] auto changed, _data.call({}, operation, values,
                                                       [&](const zoco::Row& row)
                                                       {
                                                           auto& next = out.emplace_back();
                                                           row.read(next.usado, next.id);
                                                       }));
    return out;
}

ConservacionRepository::Page ConservacionRepository::withoutPassword(std::int64_t before, const Usada& after,
                                                                     int limit) const
{
    return page(_withoutPassword, {Value::time(before), Value::time(after.usado), after.id, limit});
}

ConservacionRepository::Page ConservacionRepository::toWarn(std::int64_t before, std::int64_t now, const Usada& after,
                                                            int limit) const
{
    return page(_toWarn, {Value::time(before), Value::time(now), Value::time(after.usado), after.id, limit});
}

ConservacionRepository::Page ConservacionRepository::unused(const Plazo& plazo, const Usada& after, int limit) const
{
    return page(_unused, {Value::time(plazo.before), Value::time(plazo.warnedBefore), Value::time(plazo.now),
                          Value::time(after.usado), after.id, limit});
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
