#include "Anuncios.h"

#include "Reloj.h"
#include "casos/CampoSuceso.h"
#include "text/Ficha.h"
#include "zoco/Json.h"

namespace pedidos
{

std::int64_t Anuncios::patience() noexcept { return secondsUs(2LL * 24 * 3600); }

/// Durable, and somebody is there to be told.
bool Anuncios::isAwaited(const zoco::Event& event) const
{
    return event.number() != 0 && _repository.any(event.timeUs()).value();
}

void Anuncios::changed(const zoco::Event& event) const
{
    if (!isAwaited(event)) return;
    std::string datos;
    zoco::JsonWriter json(datos);
    json.beginObject().member("pedido", textOf(event, "pedido")).member("de", textOf(event, "de"));
    json.member("a", textOf(event, "a"));
    if (const auto shipment = textOf(event, "expedicion"); !shipment.empty()) json.member("expedicion", shipment);
    json.endObject();
    announce(event, datos);
}

/// Why may be a text of another plugin's.
void Anuncios::refunded(const zoco::Event& event) const
{
    constexpr std::size_t kMostReason = 400;
    if (!isAwaited(event)) return;
    std::string datos;
    zoco::JsonWriter json(datos);
    json.beginObject().member("reembolso", textOf(event, "id")).member("pedido", textOf(event, "pedido"));
    json.member("importe", event["importe"].integer());
    if (const auto reason = textOf(event, "motivo"); reason.size() <= kMostReason) json.member("motivo", reason);
    json.endObject();
    announce(event, datos);
}

void Anuncios::paymentChanged(const zoco::Event& event) const
{
    if (!isAwaited(event)) return;
    std::string datos;
    zoco::JsonWriter json(datos);
    json.beginObject().member("pago", textOf(event, "pago")).member("pedido", textOf(event, "pedido"));
    json.member("estado", textOf(event, "estado")).endObject();
    announce(event, datos);
}

/// The id is always the same for an event, and does not tell how many there were.
void Anuncios::announce(const zoco::Event& event, const std::string& datos) const
{
    EntregaGancho e;
    e.tipo = event.topic();
    e.momento = event.timeUs();
    e.id = base64Url(_e.crypto.blindIndex("pedidos_ganchos.suceso", e.tipo + ':' + std::to_string(event.number())));
    zoco::JsonWriter json(e.cuerpo);
    json.beginObject().member("id", e.id).member("tipo", e.tipo).member("momento", rfc3339(e.momento));
    json.key("datos").raw(datos).endObject();
    const auto told = _repository.announce(e, e.momento + patience()).value();
    if (told > 0) _repartidor.wake();
}

} // namespace pedidos
