#include "IntentosRepository.h"

#include "Sello.h"

#include <algorithm>

namespace usuarios
{

using zoco::Group;
using zoco::Value;

IntentosRepository::IntentosRepository(const zoco::Service& data, const zoco::Crypto& crypto)
    : _data(data),
      _crypto(crypto),
      _open(data.operation("intento_abrir", {"clave", "ahora"})),
      _take(data.operation("intento_tomar", {"clave", "ahora", "libres", "primera", "tope"})),
      _until(data.operation("intento_hasta", {"claves"})),
      _giveBack(data.operation("intento_devolver", {"clave"})),
      _forget(data.operation("intento_olvidar", {"clave"}))
{
}

zoco::Result<std::optional<std::int64_t>> IntentosRepository::take(const zoco::CallContext& context,
                                                                   const std::vector<Contador>& counters,
                                                                   std::int64_t now) const
{
    Group group(_data);
    std::vector<Value> keys;
    for (const auto& c : counters)
    {
        const auto key = keptBlob(group, indexOf(c.clave));
        keys.push_back(key);
        group.add(_open, {key, Value::time(now)});
        group.add(_take, {key, Value::time(now), c.freno.libres, c.freno.primera, c.freno.tope}, 1);
    }
    const auto done = group.run(context);
    if (done) return std::optional<std::int64_t>();
    if (done.problem().code != ZOCO_E_GUARD) return done.problem();
    std::int64_t until = 0;
    ZOCO_TRY([[maybe_unused]] auto changed,
             _data.call(context, _until, {Value::list(keys)}, [&](const zoco::Row& row) { row.read(until); }));
    return std::optional(std::max<std::int64_t>(until - now, 1));
}

void IntentosRepository::addGiveBack(Group& group, std::string_view clave) const
{
    group.add(_giveBack, {keptBlob(group, indexOf(clave))});
}

void IntentosRepository::addForget(Group& group, std::string_view clave) const
{
    group.add(_forget, {keptBlob(group, indexOf(clave))});
}

} // namespace usuarios
