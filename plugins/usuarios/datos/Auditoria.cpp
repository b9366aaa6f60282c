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
      _page(data.operation("auditoria_pagina", {"desde", "limite"})),
      _first(data.operation("auditoria_principio", {"limite"})),
      _corte(data.operation("auditoria_corte")),
      _moveCorte(data.operation("auditoria_corte_mover", {"ultimo", "huella", "firma"})),
      _removeUpTo(data.operation("auditoria_borrar_hasta", {"ultimo"}))
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

std::string Auditoria::signatureOf(std::string_view ultimo, std::string_view huella) const
{
    return _crypto.blindIndex("usuarios_auditoria_corte.firma", std::string(ultimo) + '\n' + std::string(huella));
}

zoco::Result<Auditoria::Corte> Auditoria::corte(const zoco::CallContext& context) const
{
    Corte out;
    std::string signature;
    ZOCO_TRY(
        [[maybe_unused]] auto changed,
        _data.call(context, _corte, {}, [&](const zoco::Row& row) { row.read(out.ultimo, out.huella, signature); }));
    out.isGood = out.ultimo.empty() || zoco::equalInConstantTime(signature, signatureOf(out.ultimo, out.huella));
    return out;
}

zoco::Result<std::int64_t> Auditoria::removeOld(std::int64_t before, int limit) const
{
    std::string last, hash, ultimo, huella;
    std::int64_t time = 0, count = 0;
    bool isOld = true;
    // A row is old enough when another one follows it: so the last of all stays.
    const auto look = [&](const zoco::Row& row)
    {
        if (isOld && !last.empty())
        {
            ++count;
            ultimo = last;
            huella = hash;
        }
        row.read(last, time, hash);
        isOld = isOld && time < before;
    };
    ZOCO_TRY([[maybe_unused]] auto read, _data.call({}, _first, {limit + 1}, look));
    if (count == 0) return std::int64_t{0};
    const auto signature = signatureOf(ultimo, huella);
    zoco::Group group(_data);
    group.add(_moveCorte, {ultimo, Value::blob(huella), Value::blob(signature)}, 1);
    group.add(_removeUpTo, {ultimo});
    auto done = group.run({});
    if (done) return count;
    if (done.problem().code == ZOCO_E_GUARD) return std::int64_t{0}; // another node was quicker
    return std::move(done.problem());
}

namespace
{

zoco::Result<std::optional<std::string>> faultFrom(const Auditoria::Corte& corte, const Auditoria& log,
                                                   const zoco::CallContext& context, std::int64_t& count)
{
    if (!corte.isGood) return std::optional<std::string>("its beginning is not what was written");
    std::optional<std::string> fault;
    std::string before = corte.huella;
    std::int64_t number = corte.ultimo.empty() ? 0 : std::stoll(corte.ultimo);
    count = 0;
    const auto look = [&](const Apunte& entry)
    {
        ++count;
        ++number;
        if (entry.id != idOf(number))
            fault = "entry " + std::to_string(number) + " is missing";
        else if (!zoco::equalInConstantTime(entry.huella, log.hashOf(entry, before)))
            fault = "entry " + std::to_string(number) + " is not what was written";
        before = entry.huella;
        return !fault;
    };
    if (auto done = log.forEach(context, look); !done) return std::move(done.problem());
    return fault;
}

} // namespace

zoco::Result<std::optional<std::string>> faultOfChain(const Auditoria& log, const zoco::CallContext& context,
                                                      std::int64_t& count)
{
    for (;;)
    {
        ZOCO_TRY(const auto corte, log.corte(context));
        ZOCO_TRY(auto fault, faultFrom(corte, log, context, count));
        if (!fault) return fault;
        ZOCO_TRY(const auto after, log.corte(context));
        if (after.ultimo == corte.ultimo) return fault; // otherwise the beginning was deleted meanwhile
    }
}

} // namespace usuarios
