#include "GanchoVista.h"

#include "Reloj.h"
#include "zoco/Json.h"

namespace pedidos
{

using zoco::JsonWriter;

namespace
{

void textOrNull(JsonWriter& json, std::string_view name, const std::string& text)
{
    if (text.empty())
        json.member(name, nullptr);
    else
        json.member(name, text);
}

/// Null: all there are, now and later.
void kinds(JsonWriter& json, const Gancho& g)
{
    if (g.tipos.empty()) return (void)json.value(nullptr);
    json.beginArray();
    for (const auto tipo : kTiposGancho)
        if (g.tipos.find(marcaDe(tipo)) != std::string::npos) json.value(tipo);
    json.endArray();
}

void write(JsonWriter& json, const Gancho& g, const std::string& secreto)
{
    json.beginObject().member("id", g.id).member("url", g.url).member("creador", g.creador);
    json.member("creado", rfc3339(g.creado)).key("tipos");
    kinds(json, g);
    if (!secreto.empty()) json.member("secreto", secreto);
    json.endObject();
}

void write(JsonWriter& json, const EntregaGancho& e, const std::vector<IntentoGancho>& intentos)
{
    json.beginObject().member("id", e.id).member("tipo", e.tipo).member("momento", rfc3339(e.momento));
    json.member("estado", e.estado);
    textOrNull(json, "proximo", e.proximo ? rfc3339(*e.proximo) : "");
    json.key("cuerpo").raw(e.cuerpo).key("intentos").beginArray();
    for (const auto& i : intentos)
    {
        if (i.entrega != e.id) continue;
        json.beginObject().member("momento", rfc3339(i.momento));
        if (i.estado == 0)
            json.member("estado", nullptr);
        else
            json.member("estado", i.estado);
        textOrNull(json, "detalle", i.detalle);
        json.member("ms", i.ms).endObject();
    }
    json.endArray().endObject();
}

} // namespace

std::string jsonDe(const Gancho& gancho, const std::string& secreto)
{
    std::string out;
    JsonWriter json(out);
    write(json, gancho, secreto);
    return out;
}

std::string jsonDe(const std::vector<Gancho>& ganchos)
{
    std::string out;
    JsonWriter json(out);
    json.beginObject().key("ganchos").beginArray();
    for (const auto& g : ganchos) write(json, g, "");
    json.endArray().endObject();
    return out;
}

std::string jsonDe(const std::vector<EntregaGancho>& entregas, const std::vector<IntentoGancho>& intentos,
                   const std::string& siguiente)
{
    std::string out;
    JsonWriter json(out);
    json.beginObject().key("entregas").beginArray();
    for (const auto& e : entregas) write(json, e, intentos);
    json.endArray();
    textOrNull(json, "siguiente", siguiente);
    json.endObject();
    return out;
}

std::string jsonDe(const EntregaGancho& entrega, const std::vector<IntentoGancho>& intentos)
{
    std::string out;
    JsonWriter json(out);
    write(json, entrega, intentos);
    return out;
}

} // namespace pedidos
