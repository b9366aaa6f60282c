#include "Auditoria.h"

#include "text/Lines.h"

#include <algorithm>

namespace usuarios
{

using zoco::Value;

namespace
{

constexpr std::size_t kMostActor = 128;
constexpr std::size_t kMostAction = 60;
constexpr std::size_t kMostDetail = 4096;
constexpr int kPage = 200;

std::string idOf(std::int64_t number)
{
    const auto digits = std::to_string(number);
    return std::string(20 - digits.size(), '0') + digits;
}

std::string field(const zoco::Event& event, std::string_view name, std::size_t most)
{
    const auto value = event[name];
    return value.isNull() ? std::string() : std::string(value.text().substr(0, most));
}

} // namespace

Auditoria::Auditoria(const zoco::Service& data, const zoco::Crypto& crypto)
    : _data(data),
      _crypto(crypto),
      _sello(crypto, "auditoria"),
      _last(data.operation("auditoria_ultima")),
      _ofEvent(data.operation("auditoria_de_evento", {"evento"})),
      _write(data.operation("auditoria_anotar",
                            {"id", "evento", "momento", "autor", "actor", "accion", "objeto", "detalle", "huella"})),
      _page(data.operation("auditoria_pagina", {"desde", "limite"}))
{
}

Apunte Auditoria::entryOf(const zoco::Event& event) const
{
    Apunte out;
    out.evento = static_cast<std::int64_t>(event.number());
    out.momento = event.timeUs();
    out.autor = event.publisher();
    out.actor = field(event, "actor", kMostActor);
    out.accion = field(event, "accion", kMostAction);
    out.objeto = field(event, "objeto", kMostActor);
    out.detalle = field(event, "detalle", kMostDetail);
    return out;
}

std::string Auditoria::hashOf(const Apunte& e, std::string_view before) const
{
    std::string text;
    const auto number = [](std::int64_t n) { return std::to_string(n); };
    for (const auto& part : {std::string(before), e.id, number(e.evento), number(e.momento), e.autor, e.actor, e.accion,
                             e.objeto, e.detalle})
        text += number(static_cast<std::int64_t>(part.size())) + ':' +
                part; // its length first: no other split reads the same
    return _crypto.blindIndex("usuarios_auditoria.huella", text);
}

void Auditoria::take(const zoco::Event& event) const
{
    if (event.number() == 0) return; // not durable: nobody's audit entry
    bool isKnown = false;
    _data.call({}, _ofEvent, {event.number()}, [&](const zoco::Row&) { isKnown = true; }).value();
    if (isKnown) return;
    std::string last = idOf(0), before;
    _data.call({}, _last, {}, [&](const zoco::Row& row) { row.read(last, before); }).value();
    auto entry = entryOf(event);
    entry.id = idOf(std::stoll(last) + 1);
    entry.huella = hashOf(entry, before);
    const auto sealed = _sello.seal("detalle", entry.id, std::string_view(entry.detalle));
    _data
        .call({}, _write,
              {entry.id, entry.evento, Value::time(entry.momento), entry.autor, entry.actor, entry.accion, entry.objeto,
               Value::blob(sealed), Value::blob(entry.huella)},
              {}, 1)
        .value();
}

zoco::Result<void> Auditoria::forEach(const zoco::CallContext& context,
                                      const std::function<bool(const Apunte&)>& onEntry) const
{
    std::string after;
    for (;;)
    {
        std::vector<Apunte> page;
        const auto take = [&](const zoco::Row& row)
        {
            auto e = row.as<Apunte>();
            auto opened = _crypto.open(e.detalle, Sello::contextOf("auditoria", "detalle", e.id));
            e.detalle = opened ? *opened : std::string("\0", 1); // hashes to something else
            page.push_back(std::move(e));
        };
        ZOCO_TRY([[maybe_unused]] auto changed, _data.call(context, _page, {after, kPage}, take));
        for (const auto& entry : page)
            if (!onEntry(entry)) return {};
        if (page.size() < static_cast<std::size_t>(kPage)) return {};
        after = page.back().id;
    }
}

zoco::Result<std::optional<std::string>> faultOfChain(const Auditoria& log, const zoco::CallContext& context,
                                                      std::int64_t& count)
{
    std::optional<std::string> fault;
    std::string before;
    count = 0;
    const auto look = [&](const Apunte& entry)
    {
        ++count;
        if (entry.id != idOf(count))
            fault = "entry " + std::to_string(count) + " is missing";
        else if (!zoco::equalInConstantTime(entry.huella, log.hashOf(entry, before)))
            fault = "entry " + std::to_string(count) + " is not what was written";
        before = entry.huella;
        return !fault;
    };
    if (auto done = log.forEach(context, look); !done) return std::move(done.problem());
    return fault;
}

} // namespace usuarios
