#include "GanchosRepository.h"

#include "datos/Rotacion.h"

namespace pedidos
{

using zoco::CallContext;
using zoco::Group;
using zoco::Result;
using zoco::Row;
using zoco::Value;

namespace
{

/// All rows of an operation.
template <class T>
Result<std::vector<T>> rowsOf(const zoco::Service& data, const CallContext& context, const zoco::Operation& operation,
                              std::initializer_list<Value> args)
{
    std::vector<T> out;
    ZOCO_TRY([[maybe_unused]] auto changed,
             data.call(context, operation, args, [&](const Row& row) { out.push_back(row.as<T>()); }));
    return out;
}

template <class T>
Result<std::optional<T>> rowOf(const zoco::Service& data, const CallContext& context, const zoco::Operation& operation,
                               std::initializer_list<Value> args)
{
    ZOCO_TRY(auto rows, rowsOf<T>(data, context, operation, args));
    return rows.empty() ? std::nullopt : std::optional<T>(std::move(rows.front()));
}

} // namespace

GanchosRepository::GanchosRepository(const zoco::Service& data, const zoco::Crypto& crypto)
    : _data(data),
      _crypto(crypto),
      _create(data.operation("gancho_crear", {"id", "url", "secreto", "creador", "creado", "tipos"})),
      _all(data.operation("ganchos", {"limite"})),
      _find(data.operation("gancho", {"id"})),
      _remove(data.operation("gancho_borrar", {"id"})),
      _removeDeliveries(data.operation("gancho_borrar_entregas", {"gancho"})),
      _removeTries(data.operation("gancho_borrar_intentos", {"gancho"})),
      _any(data.operation("hay_ganchos", {"momento"})),
      _announce(data.operation("gancho_anunciar", {"id", "tipo", "marca", "momento", "cuerpo", "hasta"})),
      _due(data.operation("ganchos_con_entregas", {"ahora", "limite"})),
      _next(data.operation("gancho_siguiente", {"gancho", "ahora"})),
      _claim(data.operation("gancho_tomar", {"gancho", "id", "antes", "proximo"})),
      _finish(data.operation("gancho_terminar", {"gancho", "id", "tomada", "estado", "proximo"})),
      _try(data.operation("gancho_intento", {"gancho", "entrega", "momento", "estado", "detalle", "ms"})),
      _deliveries(data.operation("gancho_entregas", {"order", "after", "gancho", "limite"})),
      _delivery(data.operation("gancho_entrega", {"gancho", "id"})),
      _tries(data.operation("gancho_intentos", {"gancho", "entregas"})),
      _repeat(data.operation("gancho_repetir", {"gancho", "id", "ahora", "hasta"})),
      _forgetDeliveries(data.operation("gancho_olvidar_entregas", {"antes"})),
      _forgetTries(data.operation("gancho_olvidar_intentos", {"antes"})),
      _page(data.operation("ganchos_rotar_pagina", {"desde", "limite"})),
      _reseal(data.operation("gancho_rotar", {"id", "antes", "despues"}))
{
}

Result<std::vector<Gancho>> GanchosRepository::all(const CallContext& context) const
{
    constexpr int kMost = 1000;
    return rowsOf<Gancho>(_data, context, _all, {kMost});
}

Result<std::optional<Gancho>> GanchosRepository::find(const CallContext& context, std::string_view id) const
{
    return rowOf<Gancho>(_data, context, _find, {id});
}

void GanchosRepository::addCreate(Group& group, const Gancho& gancho, std::string_view secreto) const
{
    const auto sealed = group.keep(_crypto.seal(secreto, contextOf(gancho.id)));
    group.add(_create,
              {gancho.id, gancho.url, Value::blob(sealed), gancho.creador, Value::time(gancho.creado), gancho.tipos},
              1);
}

Result<void> GanchosRepository::remove(const CallContext& context, std::string_view id) const
{
    Group group(_data);
    group.add(_remove, {id});
    group.add(_removeDeliveries, {id});
    group.add(_removeTries, {id});
    ZOCO_TRY([[maybe_unused]] auto changed, group.run(context));
    return {};
}

Result<bool> GanchosRepository::any(std::int64_t by) const
{
    bool out = false;
    ZOCO_TRY([[maybe_unused]] auto changed, _data.call({}, _any, {Value::time(by)}, [&](const Row&) { out = true; }));
    return out;
}

Result<std::int64_t> GanchosRepository::announce(const EntregaGancho& event, std::int64_t until) const
{
    const auto mark = marcaDe(event.tipo);
    return _data.call({}, _announce,
                      {event.id, event.tipo, mark, Value::time(event.momento), event.cuerpo, Value::time(until)});
}

Result<std::vector<std::string>> GanchosRepository::due(std::int64_t now, int limit) const
{
    std::vector<std::string> out;
    ZOCO_TRY([[maybe_unused]] auto changed,
             _data.call({}, _due, {Value::time(now), limit}, [&](const Row& row) { out.emplace_back(row[0].text()); }));
    return out;
}

Result<std::optional<TurnoGancho>> GanchosRepository::next(std::string_view gancho, std::int64_t now) const
{
    return rowOf<TurnoGancho>(_data, {}, _next, {gancho, Value::time(now)});
}

Result<void> GanchosRepository::claim(std::string_view gancho, const TurnoGancho& turn, std::int64_t until) const
{
    ZOCO_TRY([[maybe_unused]] auto changed,
             _data.call({}, _claim, {gancho, turn.id, Value::time(turn.proximo), Value::time(until)}, {}, 1));
    return {};
}

Result<void> GanchosRepository::finish(std::string_view gancho, std::int64_t claimed, const IntentoGancho& i,
                                       std::string_view estado, std::optional<std::int64_t> next) const
{
    Group group(_data);
    group.add(_try, {gancho, i.entrega, Value::time(i.momento), i.estado, i.detalle, i.ms}, 1);
    group.add(_finish, {gancho, i.entrega, Value::time(claimed), estado, next ? Value::time(*next) : Value()});
    ZOCO_TRY([[maybe_unused]] auto changed, group.run({}));
    return {};
}

Result<std::vector<EntregaGancho>> GanchosRepository::deliveries(const CallContext& context, std::string_view gancho,
                                                                 const std::optional<Lugar>& after, int limit) const
{
    const Detras place(after);
    return rowsOf<EntregaGancho>(_data, context, _deliveries, {"novedad", place.value(), gancho, limit});
}

Result<std::optional<EntregaGancho>> GanchosRepository::delivery(const CallContext& context, std::string_view gancho,
                                                                 std::string_view id) const
{
    return rowOf<EntregaGancho>(_data, context, _delivery, {gancho, id});
}

Result<std::vector<IntentoGancho>> GanchosRepository::tries(const CallContext& context, std::string_view gancho,
                                                            const std::vector<EntregaGancho>& of) const
{
    if (of.empty()) return std::vector<IntentoGancho>();
    std::vector<Value> ids;
    for (const auto& delivery : of) ids.emplace_back(delivery.id);
    return rowsOf<IntentoGancho>(_data, context, _tries, {gancho, Value::list(ids)});
}

void GanchosRepository::addRepeat(Group& group, std::string_view gancho, std::string_view id, std::int64_t now,
                                  std::int64_t until) const
{
    group.add(_repeat, {gancho, id, Value::time(now), Value::time(until)}, 1);
}

Result<void> GanchosRepository::forget(std::int64_t before) const
{
    Group group(_data);
    group.add(_forgetDeliveries, {Value::time(before)});
    group.add(_forgetTries, {Value::time(before)});
    ZOCO_TRY([[maybe_unused]] auto changed, group.run({}));
    return {};
}

Result<std::string> GanchosRepository::opened(std::string_view gancho, std::string_view sealed) const
{
    return _crypto.open(sealed, contextOf(gancho));
}

zoco::RotationPage GanchosRepository::rotated(std::string_view cursor, const zoco::Log& log) const
{
    const auto tell = [&](const std::string& id) {
        log.warning("the secret of a webhook cannot be opened", {{"gancho", id}});
    };
    return rotatedPage(_data, _crypto, {_page, _reseal, &contextOf, tell}, cursor);
}

} // namespace pedidos
