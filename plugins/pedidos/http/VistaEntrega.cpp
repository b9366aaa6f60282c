#include "Vista.h"

#include "Reloj.h"

namespace pedidos
{

using zoco::JsonWriter;

namespace
{

void piecesMember(JsonWriter& json, const std::vector<Piezas>& piezas)
{
    json.key("lineas").beginArray();
    for (const auto& p : piezas)
        json.beginObject().member("producto", p.producto).member("cantidad", p.cantidad).endObject();
    json.endArray();
}

void textOrNull(JsonWriter& json, std::string_view name, const std::string& text)
{
    if (text.empty())
        json.member(name, nullptr);
    else
        json.member(name, text);
}

void shipment(JsonWriter& json, const Expedicion& e)
{
    json.member("id", e.id);
    textOrNull(json, "transportista", e.transportista);
    textOrNull(json, "seguimiento", e.seguimiento);
    textOrNull(json, "url", e.url);
    json.member("momento", rfc3339(e.momento));
    piecesMember(json, e.lineas);
}

/// The day before which it ends.
std::string lastDay(std::int64_t end)
{
    constexpr std::size_t kDate = 10;
    return rfc3339(end - 1).substr(0, kDate);
}

} // namespace

std::string Vista::expedicion(const Expedicion& e, Estado a) const
{
    std::string out;
    JsonWriter json(out);
    json.beginObject().member("estado", nombreDe(a));
    shipment(json, e);
    json.endObject();
    return out;
}

void Vista::entregas(JsonWriter& json, const Pedido& p) const
{
    json.key("expediciones").beginArray();
    for (const auto& e : p.expediciones)
    {
        json.beginObject();
        shipment(json, e);
        json.endObject();
    }
    json.endArray().key("devoluciones").beginArray();
    for (const auto& d : p.devoluciones)
    {
        json.beginObject();
        devolucion(json, d);
        json.endObject();
    }
    json.endArray();
    const auto may = puedeDe(p, _desistimiento, nowUs());
    const auto until = devolverHasta(p, _desistimiento);
    json.key("puede").beginObject().member("pagar", may.pagar).member("cancelar", may.cancelar);
    json.member("devolver", may.devolver);
    textOrNull(json, "devolver_hasta", may.devolver && until ? lastDay(*until) : "");
    json.endObject();
}

std::string Vista::devolucion(const Devolucion& d) const
{
    std::string out;
    JsonWriter json(out);
    json.beginObject();
    devolucion(json, d);
    json.endObject();
    return out;
}

void Vista::devolucion(JsonWriter& json, const Devolucion& d) const
{
    json.member("id", d.id).member("estado", d.estado()).member("momento", rfc3339(d.momento));
    dinero(json, "importe", d.importe + d.envio);
    json.member("motivo", d.motivo);
    piecesMember(json, d.lineas);
}

} // namespace pedidos
