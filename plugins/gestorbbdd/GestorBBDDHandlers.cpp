#include "GestorBBDDHandlers.h"

#include "TimeText.h"
#include "engine/MonotonicClock.h"
#include "zoco/Json.h"

namespace zoco::gestorbbdd
{

namespace
{

constexpr const char* kEstadoApi = R"({"summary":"State of the database","tags":["GestorBBDD"],"responses":{"200":{
"description":"Engine, sizes in bytes, connections, and the writing since the start","content":{"application/json":{
"schema":{"type":"object","required":["motor","version","fichero","lectores","escritura"],"properties":{
"motor":{"type":"string"},"version":{"type":"string"},
"fichero":{"type":"object","properties":{"bytes":{"type":"integer"},"wal":{"type":"integer"}}},
"lectores":{"type":"object","properties":{"total":{"type":"integer"},"ocupados":{"type":"integer"}}},
"escritura":{"type":"object","properties":{"cola":{"type":"integer"},"grupos":{"type":"integer"},
"confirmaciones":{"type":"integer"}}}}}}}}}})";

constexpr const char* kMigracionesApi = R"({"summary":"Applied migrations","tags":["GestorBBDD"],"responses":{"200":{
"description":"By plugin and version","content":{"application/json":{"schema":{"type":"object",
"required":["migraciones"],"properties":{"migraciones":{"type":"array","items":{"type":"object","properties":{
"plugin":{"type":"string"},"version":{"type":"integer"},"nombre":{"type":"string"},
"aplicada":{"type":"string","format":"date-time"}}}}}}}}}}})";

constexpr const char* kOperacionesApi = R"({"summary":"Operations and their times","tags":["GestorBBDD"],"responses":{
"200":{"description":"Of the attached plugins, in microseconds of execution since the start","content":{"application/json":{
"schema":{"type":"object","required":["operaciones"],"properties":{"operaciones":{"type":"array","items":{
"type":"object","properties":{"operacion":{"type":"string"},"llamadas":{"type":"integer"},
"errores":{"type":"integer"},"errores_por_estado":{"type":"object",
"description":"Only those that occurred","additionalProperties":{"type":"integer"}},
"microsegundos":{"type":"object","properties":{
"total":{"type":"integer"},"maximo":{"type":"integer"},"p50":{"type":"integer"},"p99":{"type":"integer"}}}}}}}}}}}}})";

RouteOptions operatorsOnly(const char* openapi)
{
    RouteOptions options;
    options.auth = Auth::Role;
    options.role = "operador";
    options.openapi = openapi;
    return options;
}

void writeErrors(JsonWriter& json, const OperationStats& stats)
{
    json.key("errores_por_estado").beginObject();
    for (const auto& [code, name] : OperationStats::kStatuses)
        if (const auto count = stats.errors(code); count > 0) json.member(name, count);
    json.endObject();
}

} // namespace

void GestorBBDDHandlers::addRoutes(Http& http)
{
    http.route("GET", "/GestorBBDD/estado", operatorsOnly(kEstadoApi), [this](const Request&) { return estado(); });
    http.route("GET", "/GestorBBDD/migraciones", operatorsOnly(kMigracionesApi),
               [this](const Request& request) { return migraciones(request.deadlineNs()); });
    http.route("GET", "/GestorBBDD/operaciones", operatorsOnly(kOperacionesApi),
               [this](const Request&) { return operaciones(); });
}

Reply GestorBBDDHandlers::estado() const
{
    const auto state = _engine.state();
    std::string out;
    JsonWriter json(out);
    json.beginObject().member("motor", state.name).member("version", state.version);
    json.key("fichero").beginObject();
    json.member("bytes", state.fileBytes).member("wal", state.walBytes).endObject();
    json.key("lectores").beginObject();
    json.member("total", state.readers).member("ocupados", state.busyReaders).endObject();
    json.key("escritura").beginObject().member("cola", state.queuedWrites);
    json.member("grupos", state.groups).member("confirmaciones", state.commits).endObject().endObject();
    return Reply::json(std::move(out));
}

Reply GestorBBDDHandlers::migraciones(std::int64_t deadlineNs) const
{
    std::string out;
    JsonWriter json(out);
    json.beginObject().key("migraciones").beginArray();
    for (const auto& m : _engine.migrations(deadlineNs != 0 ? deadlineNs : kNoDeadline))
    {
        json.beginObject().member("plugin", m.plugin).member("version", m.version).member("nombre", m.name);
        json.member("aplicada", timeText(m.appliedUs)).endObject();
    }
    json.endArray().endObject();
    return Reply::json(std::move(out));
}

Reply GestorBBDDHandlers::operaciones() const
{
    std::string out;
    JsonWriter json(out);
    json.beginObject().key("operaciones").beginArray();
    for (const auto& catalogue : _directory.all())
    {
        for (const auto& operation : catalogue->operations())
        {
            const auto& stats = operation->stats;
            json.beginObject().member("operacion", operation->fullName);
            json.member("llamadas", stats.calls()).member("errores", stats.errors());
            writeErrors(json, stats);
            json.key("microsegundos").beginObject().member("total", stats.totalUs());
            json.member("maximo", stats.maximumUs()).member("p50", stats.quantileUs(0.50));
            json.member("p99", stats.quantileUs(0.99)).endObject().endObject();
        }
    }
    json.endArray().endObject();
    return Reply::json(std::move(out));
}

} // namespace zoco::gestorbbdd
