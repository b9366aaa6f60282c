#include "CamposEntrega.h"

#include "Cuerpo.h"

#include <algorithm>

namespace pedidos::campo
{

namespace
{

constexpr std::size_t kMostLines = 100;
constexpr std::int64_t kMostPieces = 999'999;

/// A link that a page shows: of the web, and nothing else.
bool isWebAddress(std::string_view text)
{
    const bool isWeb = text.starts_with("https://") || text.starts_with("http://");
    return isWeb && text.find_first_of(" \"<>\\") == std::string_view::npos;
}

/// Pieces of products of an order, named by id or sku.
std::vector<Piezas> piecesOf(Cuerpo& body, const Pedido& pedido)
{
    std::vector<Piezas> out;
    for (auto& one : body.objects("lineas", {"producto", "cantidad"}, kMostLines))
    {
        const auto name = one.text("producto", 64);
        const auto count = one.whole("cantidad", 1, kMostPieces);
        const auto line = std::find_if(pedido.lineas.begin(), pedido.lineas.end(),
                                       [&](const LineaPedido& l) { return l.producto == name || l.sku == name; });
        if (line == pedido.lineas.end())
            one.fault("producto", "is not in the order");
        else if (cantidadDe(out, line->producto) > 0)
            one.fault("producto", "is there twice");
        else
            out.push_back({line->producto, count});
    }
    return out;
}

} // namespace

zoco::Result<SolicitudExpedicion> expedicion(const zoco::Request& request, const Pedido& pedido)
{
    ZOCO_TRY(auto body, Cuerpo::of(request, {"transportista", "seguimiento", "url", "lineas"}));
    SolicitudExpedicion out;
    out.transportista = body.text("transportista", 60);
    out.seguimiento = body.text("seguimiento", 80);
    out.url = body.optionalText("url", 400);
    if (!out.url.empty() && !isWebAddress(out.url)) body.fault("url", "is not an address of the web");
    if (body.has("lineas")) out.lineas = piecesOf(body, pedido);
    if (!body.isGood()) return body.problem();
    return out;
}

zoco::Result<SolicitudDevolucion> devolucion(const zoco::Request& request, const Pedido& pedido)
{
    ZOCO_TRY(auto body, Cuerpo::of(request, {"lineas", "motivo"}));
    SolicitudDevolucion out;
    out.lineas = piecesOf(body, pedido);
    out.motivo = body.optionalText("motivo", 200);
    if (!body.isGood()) return body.problem();
    return out;
}

zoco::Result<bool> repone(const zoco::Request& request)
{
    if (request.body().empty()) return true;
    ZOCO_TRY(auto body, Cuerpo::of(request, {"repone"}));
    const bool out = body.boolean("repone", true);
    if (!body.isGood()) return body.problem();
    return out;
}

} // namespace pedidos::campo
