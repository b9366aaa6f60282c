#include "EventStore.h"

#include "HostCall.h"
#include "zoco/detail/FieldBytes.h"
#include "zoco/detail/Sealing.h"

namespace zoco::host
{

namespace
{
constexpr std::int64_t kAtOnce = 200; ///< events that get their numbers in one group
constexpr std::int64_t kDeleted = 1000;
} // namespace

struct EventStore::Operations
{
    explicit Operations(const HostService& data)
        : sight(data.operation("gestorbbdd.evento_mirar", {"limite"})),
          advance(data.operation("gestorbbdd.contador_avanzar", {"antes", "cuantos"})),
          number(data.operation("gestorbbdd.evento_numerar", {"id", "numero"})),
          news(data.operation("gestorbbdd.evento_nuevos", {"desde", "limite"})),
          read(data.operation("gestorbbdd.evento_leer", {"tema", "desde", "limite"})),
          clean(data.operation("gestorbbdd.evento_borrar", {"antes", "limite"})),
          open(data.operation("gestorbbdd.lector_abrir", {"plugin", "tema", "nodo", "desde", "ahora"})),
          take(data.operation("gestorbbdd.lector_tomar",
                              {"plugin", "tema", "nodo", "dueno", "arranque", "ahora", "plazo"})),
          renew(data.operation("gestorbbdd.lectores_renovar", {"dueno", "arranque", "ahora", "plazo"})),
          state(data.operation("gestorbbdd.lector", {"plugin", "tema", "nodo"})),
          save(data.operation("gestorbbdd.lector_guardar", {"plugin", "tema", "nodo", "arranque", "posicion"})),
          tries(data.operation("gestorbbdd.lector_intento",
                               {"plugin", "tema", "nodo", "arranque", "posicion", "intentos"})),
          letGo(data.operation("gestorbbdd.lector_soltar", {"plugin", "tema", "nodo", "arranque"})),
          forget(data.operation("gestorbbdd.lector_viejo_olvidar", {"antes"})),
          bury(data.operation("gestorbbdd.muerto_guardar",
                              {"plugin", "tema", "nodo", "numero", "intentos", "estado", "muerto"})),
          asked(data.operation("gestorbbdd.muerto_pedido", {"plugin", "tema", "nodo", "limite"})),
          leave(data.operation("gestorbbdd.muerto_dejar", {"plugin", "tema", "nodo", "numero", "estado"})),
          done(data.operation("gestorbbdd.muerto_hecho", {"plugin", "tema", "nodo", "numero"}))
    {
    }

    Operation sight, advance, number, news, read, clean;
    Operation open, take, renew, state, save, tries, letGo, forget;
    Operation bury, asked, leave, done;
};

EventStore::EventStore(HostService& data, std::string node, std::string run, const KeyRing& keys)
    : _service(data.service()),
      _ops(std::make_shared<const Operations>(data)),
      _node(std::move(node)),
      _run(std::move(run)),
      _cipher(keys)
{
}

std::int64_t EventStore::call(const Operation& operation, std::initializer_list<Value> args, const RowReader& onRow)
{
    const auto result = _service.call(hostCall(), operation, args, onRow);
    _isGood = result.ok();
    return _isGood ? *result : 0;
}

/// False when a guard says that another was quicker.
bool EventStore::run(Group& group)
{
    const auto result = group.run(hostCall());
    _isGood = result.ok() || result.problem().code == ZOCO_E_GUARD;
    return result.ok();
}

EventStore::Sight EventStore::look()
{
    for (;;)
    {
        Sight out;
        std::vector<Value> ids;
        call(_ops->sight, {kAtOnce},
             [&](const Row& row)
             {
                 out = {static_cast<std::uint64_t>(row[0].integer()), row[2].integer() > 0};
                 if (!row[1].isNull()) ids.emplace_back(row[1].integer());
             });
        if (!_isGood || ids.empty()) return out;
        const auto count = static_cast<std::int32_t>(ids.size());
        Group group(_service);
        group.add(_ops->advance, {out.latest, count}, 1); // first: who numbered in between makes the group fail
        for (const auto& id : ids) group.add(_ops->number, {id, ++out.latest}, 1);
        const bool wasFirst = run(group);
        if (!_isGood || (wasFirst && count < kAtOnce)) return out;
    }
}

void EventStore::open(const EventReaderKey& key, std::int64_t sinceUs)
{
    call(_ops->open, {key.plugin, key.topic, key.node, Value::time(sinceUs), Value::time(unixMicros())});
}

bool EventStore::take(const EventReaderKey& key, std::int64_t leaseUs)
{
    return call(_ops->take, {key.plugin, key.topic, key.node, _node, _run, Value::time(unixMicros()), leaseUs}) == 1;
}

std::size_t EventStore::renew(std::int64_t leaseUs)
{
    return static_cast<std::size_t>(call(_ops->renew, {_node, _run, Value::time(unixMicros()), leaseUs}));
}

EventReaderState EventStore::state(const EventReaderKey& key)
{
    EventReaderState out;
    call(_ops->state, {key.plugin, key.topic, key.node},
         [&](const Row& row)
         {
             out.position = static_cast<std::uint64_t>(row[0].integer());
             out.tries = static_cast<std::uint32_t>(row[1].integer());
         });
    return out;
}

bool EventStore::save(const EventReaderKey& key, std::uint64_t position)
{
    return call(_ops->save, {key.plugin, key.topic, key.node, _run, position}) == 1;
}

void EventStore::saveTries(const EventReaderKey& key, const EventReaderState& state)
{
    call(_ops->tries, {key.plugin, key.topic, key.node, _run, state.position, state.tries});
}

void EventStore::letGo(const EventReaderKey& key) { call(_ops->letGo, {key.plugin, key.topic, key.node, _run}); }

std::vector<EventStore::Numbered> EventStore::events(const EventReaderKey& key, const Operation& operation,
                                                     std::initializer_list<Value> args)
{
    std::vector<Numbered> out;
    call(operation, args,
         [&](const Row& row)
         {
             out.push_back(opened(key.topic, static_cast<std::uint64_t>(row[0].integer()), row[1].text(),
                                  row[2].integer(), row[3].text()));
         });
    return out;
}

EventStore::Numbered EventStore::opened(std::string_view topic, std::uint64_t number, std::string_view publisher,
                                        std::int64_t timeUs, std::string_view bytes) const
{
    Numbered out{number, nullptr};
    std::optional<std::string> clear(bytes);
    if (FieldCipher::isSealed(*clear)) // others are of before there was encryption
        clear = _cipher.open(*clear, detail::eventContext(topic, timeUs));
    detail::FieldReader reader;
    if (clear && reader.read(*clear))
        out.event =
            StoredEvent::copy(publisher, topic, reader.fields.data(), static_cast<std::uint32_t>(reader.fields.size()));
    if (out.event != nullptr) out.event->stampDurable(number, timeUs);
    return out;
}

std::vector<EventStore::Numbered> EventStore::read(const EventReaderKey& key, std::uint64_t after, std::int64_t limit)
{
    return events(key, _ops->read, {key.topic, after, limit});
}

std::vector<EventStore::News> EventStore::news(std::uint64_t after, std::int64_t limit)
{
    std::vector<News> out;
    call(_ops->news, {after, limit},
         [&](const Row& row)
         {
             out.push_back({static_cast<std::uint64_t>(row[0].integer()), row[2].integer(), std::string(row[1].text()),
                            std::string(row[4].text()), std::string(row[3].text())});
         });
    return out;
}

std::vector<EventStore::Numbered> EventStore::ownOf(std::span<const News> news, const EventReaderKey& key,
                                                    std::uint64_t after) const
{
    std::vector<Numbered> out;
    for (const auto& one : news)
        if (one.number > after && one.topic == key.topic)
            out.push_back(opened(one.topic, one.number, one.publisher, one.timeUs, one.bytes));
    return out;
}

bool EventStore::bury(const EventReaderKey& key, std::uint64_t number, std::uint32_t tries, std::int32_t status)
{
    Group group(_service);
    group.add(_ops->save, {key.plugin, key.topic, key.node, _run, number}, 1); // first: done already, it is a guard
    group.add(_ops->bury,
              {key.plugin, key.topic, key.node, number, tries, std::int64_t{status}, Value::time(unixMicros())}, 1);
    return run(group);
}

std::vector<EventStore::Numbered> EventStore::asked(const EventReaderKey& key)
{
    return events(key, _ops->asked, {key.plugin, key.topic, key.node, kAtOnce});
}

void EventStore::settle(const EventReaderKey& key, std::uint64_t number, bool isHandled, std::int32_t status)
{
    if (isHandled)
        call(_ops->done, {key.plugin, key.topic, key.node, number});
    else
        call(_ops->leave, {key.plugin, key.topic, key.node, number, std::int64_t{status}});
}

void EventStore::clean(std::int64_t eventsBeforeUs, std::int64_t nodesBeforeUs)
{
    call(_ops->forget, {Value::time(nodesBeforeUs)});
    while (_isGood && call(_ops->clean, {Value::time(eventsBeforeUs), kDeleted}) == kDeleted)
    {
    }
}

} // namespace zoco::host
