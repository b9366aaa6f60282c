#include "Aviso.h"

#include "Redaccion.h"
#include "model/Entrega.h"

#include <algorithm>

namespace pedidos
{

namespace
{

/// Values of every mail.
std::vector<zoco::MailValue> common(const Pedido& pedido)
{
    return {{"numero", pedido.numero}, {"nombre", zoco::oneLine(pedido.datos.direccion.nombre)}};
}

Aviso plain(std::string_view nombre, const Pedido& pedido) { return {nombre, common(pedido)}; }

Aviso withAll(std::string_view nombre, const Pedido& pedido, const Redaccion& words)
{
    auto out = plain(nombre, pedido);
    out.valores.emplace_back("lineas", words.lineas(pedido));
    out.valores.emplace_back("totales", words.totales(pedido));
    out.valores.emplace_back("direccion", words.direccion(pedido.datos.direccion));
    return out;
}

/// An event of before shipments had their names there is about the last one.
std::optional<Aviso> sent(const Pedido& pedido, const Suceso& suceso, const Redaccion& words)
{
    const auto& all = pedido.expediciones;
    auto found = std::find_if(all.begin(), all.end(), [&](const Expedicion& e) { return e.id == suceso.expedicion; });
    if (suceso.expedicion.empty() && !all.empty()) found = all.end() - 1;
    if (found == all.end()) return std::nullopt;
    auto out = plain("enviado", pedido);
    out.valores.emplace_back("piezas", words.piezas(pedido, found->lineas));
    out.valores.emplace_back("seguimiento", words.seguimiento(*found));
    out.valores.emplace_back("resto", suceso.a == nombreDe(Estado::EnviadoParcial) ? words.resto() : "");
    out.valores.emplace_back("direccion", words.direccion(pedido.datos.direccion));
    return out;
}

Aviso delivered(const Pedido& pedido, const Redaccion& words, std::int64_t dias)
{
    auto out = plain("entregado", pedido);
    const auto until = devolverHasta(pedido, dias);
    out.valores.emplace_back("plazo", until ? words.plazo(*until) : "");
    return out;
}

/// Whether a guest did it: whoever has no account may have ordered with anybody's address.
bool isByGuest(const Pedido& pedido, std::string_view a)
{
    return std::any_of(pedido.historia.begin(), pedido.historia.end(),
                       [&](const Cambio& c) { return c.a == a && c.quien == kInvitado; });
}

std::optional<Aviso> cancelled(const Pedido& pedido, const Suceso& suceso, const Redaccion& words)
{
    const bool isPaid = suceso.de == nombreDe(Estado::Pagado) || suceso.de == nombreDe(Estado::Preparado);
    if (!isPaid && isByGuest(pedido, suceso.a)) return std::nullopt;
    if (!isPaid || pedido.totales.total == 0) return plain("cancelado", pedido);
    auto out = plain("cancelado-pagado", pedido);
    out.valores.emplace_back("devolucion", words.devolucion(pedido.totales.total - suceso.devuelto, pedido.moneda));
    return out;
}

} // namespace

bool isTold(const Suceso& suceso) noexcept
{
    const auto to = estadoDe(suceso.a);
    return to && *to != Estado::Pendiente && *to != Estado::Preparado && *to != Estado::Devuelto;
}

std::optional<Aviso> avisoDeCambio(const Pedido& pedido, const Suceso& suceso, std::string_view idioma,
                                   std::int64_t dias)
{
    if (!isTold(suceso)) return std::nullopt;
    const Redaccion words(idioma);
    switch (estadoDe(suceso.a).value())
    {
    case Estado::Confirmado:
        return withAll("confirmado", pedido, words);
    case Estado::Pagado:
        return withAll("pagado", pedido, words);
    case Estado::EnviadoParcial:
    case Estado::Enviado:
        return sent(pedido, suceso, words);
    case Estado::Entregado:
        return delivered(pedido, words, dias);
    case Estado::Cancelado:
        return cancelled(pedido, suceso, words);
    case Estado::Caducado:
        return plain("caducado", pedido);
    case Estado::Pendiente:
    case Estado::Preparado:
    case Estado::Devuelto: // its refund is told
        break;
    }
    return std::nullopt;
}

std::optional<Aviso> avisoDeReembolso(const Pedido& pedido, std::int64_t importe, std::string_view motivo,
                                      std::string_view idioma)
{
    if (motivo == "cancelacion") return std::nullopt;
    auto out = plain(motivo == "devolucion" ? "devolucion" : "reembolso", pedido);
    out.valores.emplace_back("importe", Redaccion(idioma).importe(importe, pedido.moneda));
    return out;
}

} // namespace pedidos
