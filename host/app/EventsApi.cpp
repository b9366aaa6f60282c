#include "EventsApi.h"

#include "core/Clock.h"
#include "zoco/Json.h"

#include <charconv>

namespace zoco::host
{

namespace
{

constexpr std::int64_t kMostShown = 1000;

constexpr std::string_view kList =
    R"({"tags":["host"],"summary":"Durable events: who reads them, and what was put aside",
"responses":{"200":{"description":"OK"},"503":{"description":"The data service is away"}}})";
constexpr std::string_view kReplay = R"({"tags":["host"],"summary":"Hand out again an event that was put aside",
"responses":{"204":{"description":"It will be"},"404":{"description":"None was put aside"}}})";
constexpr std::string_view kDiscard = R"({"tags":["host"],"summary":"Drop an event that was put aside",
"responses":{"204":{"description":"Dropped"},"404":{"description":"None was put aside"}}})";
constexpr std::string_view kForget = R"({"tags":["host"],"summary":"Forget how far a plugin that is gone has read",
"responses":{"204":{"description":"Forgotten"},"404":{"description":"It reads nothing"}}})";

std::string timeText(std::int64_t microseconds)
{
    std::string out;
    appendRfc3339(out, microseconds);
    return out;
}

std::int64_t number(std::string_view text)
{
    std::int64_t out = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), out);
    return read.ec == std::errc{} && read.ptr == text.data() + text.size() ? out : 0;
}

} // namespace

EventsApi::EventsApi(HostEndpoints& endpoints, const HostService& data, EventFeed& feed)
    : _data(data.service()),
      _feed(feed),
      _latest(data.operation("gestorbbdd.evento_ultimo")),
      _readers(data.operation("gestorbbdd.lectores")),
      _aside(data.operation("gestorbbdd.muertos", {"limite"})),
      _replay(data.operation("gestorbbdd.muerto_repetir", {"plugin", "numero"})),
      _discard(data.operation("gestorbbdd.muerto_borrar", {"plugin", "numero"})),
      _forget(data.operation("gestorbbdd.lector_olvidar", {"plugin"}))
{
    endpoints.add(
        "GET", "/_zoco/eventos", ZOCO_AUTH_ROLE, [this](const zoco::Request&) { return list(); }, kList);
    endpoints.add(
        "POST", "/_zoco/eventos/apartados/{plugin}/{numero}", ZOCO_AUTH_ROLE,
        [this](const zoco::Request& r) { return replay(r); }, kReplay);
    endpoints.add(
        "DELETE", "/_zoco/eventos/apartados/{plugin}/{numero}", ZOCO_AUTH_ROLE,
        [this](const zoco::Request& r) { return discard(r); }, kDiscard);
    endpoints.add(
        "DELETE", "/_zoco/eventos/lectores/{plugin}", ZOCO_AUTH_ROLE,
        [this](const zoco::Request& r) { return forget(r); }, kForget);
}

Reply EventsApi::list() const
{
    std::int64_t latest = 0;
    std::string out;
    JsonWriter json(out);
    const auto known = _data.call({}, _latest, {}, [&](const Row& row) { row.read(latest); });
    if (!known.ok()) return known.problem();
    json.beginObject().member("ultimo", latest).key("lectores").beginArray();
    const auto readers = _data.call({}, _readers, {},
                                    [&](const Row& row)
                                    {
                                        json.beginObject().member("plugin", row[0].text());
                                        json.member("tema", row[1].text()).member("nodo", row[2].text());
                                        json.member("posicion", row[3].integer()).member("intentos", row[4].integer());
                                        json.member("dueno", row[5].text());
                                        json.member("visto", timeText(row[6].integer())).endObject();
                                    });
    if (!readers.ok()) return readers.problem();
    json.endArray().key("apartados").beginArray();
    const auto aside = _data.call({}, _aside, {kMostShown},
                                  [&](const Row& row)
                                  {
                                      json.beginObject().member("plugin", row[0].text());
                                      json.member("tema", row[1].text()).member("nodo", row[2].text());
                                      json.member("numero", row[3].integer()).member("autor", row[4].text());
                                      json.member("momento", timeText(row[5].integer()));
                                      json.member("intentos", row[6].integer()).member("estado", row[7].integer());
                                      json.member("apartado", timeText(row[8].integer()));
                                      json.member("se_repite", row[9].integer() != 0).endObject();
                                  });
    if (!aside.ok()) return aside.problem();
    json.endArray().endObject();
    return Reply::json(std::move(out));
}

Reply EventsApi::replay(const zoco::Request& request)
{
    auto out = change(request, _replay, {request.param("plugin"), number(request.param("numero"))});
    _feed.wake();
    return out;
}

Reply EventsApi::discard(const zoco::Request& request)
{
    return change(request, _discard, {request.param("plugin"), number(request.param("numero"))});
}

Reply EventsApi::forget(const zoco::Request& request) { return change(request, _forget, {request.param("plugin")}); }

Reply EventsApi::change(const zoco::Request& request, const Operation& operation, std::initializer_list<Value> args)
{
    const auto changed = _data.call(request, operation, args);
    if (!changed.ok()) return changed.problem();
    if (*changed == 0) return Problem{404, "not-found", "", "There is none.", {}, ZOCO_E_UNSUPPORTED};
    return Reply::empty(204);
}

} // namespace zoco::host
