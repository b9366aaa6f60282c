#include "PagosHandlers.h"

#include "Problemas.h"
#include "http/Cuerpo.h"
#include "http/Form.h"
#include "http/Vista.h"
#include "text/Base64.h"
#include "text/Huella.h"
#include "zoco/Json.h"

#include <algorithm>

namespace pagos
{

namespace
{

bool isStaff(const zoco::Request& request) { return request.hasClaim("role", "pagos"); }

/// Whose order it is, who has its token, and the staff of payments. The token's hash may be kept as bytes or as text.
bool mayUse(const zoco::Request& request, const PedidoPorPagar& pedido, std::string_view acceso)
{
    if (isStaff(request)) return true;
    const auto user = request.claim("sub");
    if (!user.empty() && pedido.usuario && *pedido.usuario == user) return true;
    if (acceso.empty() || !pedido.acceso) return false;
    const auto hash = sha256(acceso);
    return zoco::equalInConstantTime(*pedido.acceso, hash) || zoco::equalInConstantTime(*pedido.acceso, huella(acceso));
}

/// As a header, so that it stands in no log, or in a link.
std::string accesoOf(const zoco::Request& request)
{
    const auto header = request.header("X-Acceso");
    return header.empty() ? request.query("acceso").value_or("") : std::string(header);
}

std::string withoutBlanks(std::string text)
{
    text.erase(std::remove_if(text.begin(), text.end(), [](char c) { return c == ' ' || c == '-'; }), text.end());
    return text;
}

void replace(std::string& text, std::string_view what, std::string_view by)
{
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
}

zoco::Reply noStore(zoco::Reply reply) { return std::move(reply.header("Cache-Control", "no-store")); }

} // namespace

const Medio* PagosHandlers::methodNamed(std::string_view id) const
{
    for (const auto& medio : _ajustes.medios)
        if (medio.id == id) return &medio;
    return nullptr;
}

zoco::Reply PagosHandlers::methods(const zoco::Request&) const
{
    std::string out;
    zoco::JsonWriter writer(out);
    writer.beginObject().key("medios").beginArray();
    for (const auto& medio : _ajustes.medios)
        writer.beginObject().member("id", medio.id).member("conTarjeta", medio.conector == "simulador").endObject();
    writer.endArray().endObject();
    return zoco::Reply::json(out);
}

zoco::Reply PagosHandlers::create(const zoco::Request& request) const
{
    auto body = Cuerpo::of(request);
    if (!body.ok()) return body.problem();
    const auto pedido = body->text("pedido", 32);
    const auto medio = body->text("medio", 20);
    auto acceso = body->optionalText("acceso", 100);
    if (acceso.empty()) acceso = accesoOf(request);
    const auto* method = methodNamed(medio);
    std::optional<Tarjeta> tarjeta;
    if (method != nullptr && method->conector == "simulador") // no other one takes cards
        tarjeta = Tarjeta{withoutBlanks(body->text("tarjeta", 40)), body->text("caducidad", 5), body->text("cvv", 4)};
    if (method == nullptr && !medio.empty()) body->fault("medio", "is not offered");
    if (const auto wrong = body->problem()) return *wrong;
    const auto found = _pedidos.find(request, pedido);
    if (!found.ok()) return found.problem();
    if (!*found || !mayUse(request, **found, acceso)) return problema::noEncontrado();
    const auto who = _verificacion.of(request, **found);
    if (!who.ok()) return who.problem();

    std::optional<zoco::Reply> stored;
    const auto also = [&](zoco::Group& group, const Registro& next)
    {
        stored = noStore(zoco::Reply::json(toJson(next, isStaff(request)), 201));
        _replies.add(group, request, *stored);
    };
    const auto done =
        _cobros.create(request, {**found, *method, tarjeta, std::string(request.publicUrl()), *who}, also);
    if (!done.ok()) return done.problem();
    return noStore(zoco::Reply::json(toJson(*done, isStaff(request)), 201));
}

zoco::Reply PagosHandlers::show(const zoco::Request& request) const
{
    const auto found = _pagos.find(request, request.param("id"));
    if (!found.ok()) return found.problem();
    if (!*found) return problema::noEncontrado();
    const auto pedido = _pedidos.find(request, (*found)->pedido);
    if (!pedido.ok()) return pedido.problem();
    if (!*pedido || !mayUse(request, **pedido, accesoOf(request))) return problema::noEncontrado();
    return noStore(zoco::Reply::json(toJson(**found, isStaff(request))));
}

zoco::Reply PagosHandlers::change(const zoco::Request& request, Orden orden) const
{
    auto body = Cuerpo::of(request);
    if (!body.ok()) return body.problem();
    const auto importe = body->optionalAmount("importe");
    const auto wanted = orden == Orden::Reembolso ? body->optionalText("orden", 80) : std::string();
    if (const auto wrong = body->problem()) return *wrong;
    std::string clave;
    if (const auto* known = request.idempotency(); known != nullptr)
    {
        const auto whole = std::string(zoco::view(known->route)) + '\n' + std::string(zoco::view(known->subject)) +
                           '\n' + std::string(zoco::view(known->key));
        clave = base64(_crypto.blindIndex("pagos_sucesos.efecto", whole), Alphabet::Base64UrlBare);
    }
    std::optional<zoco::Reply> stored;
    const auto also = [&](zoco::Group& group, const Registro& next)
    {
        stored = noStore(zoco::Reply::json(toJson(next, isStaff(request))));
        _replies.add(group, request, *stored);
    };
    const auto id = request.param("id");
    const auto done = wanted.empty() ? _cobros.change(request, id, orden, importe, clave, also)
                                     : _ordenes.refundByHand(request, id, wanted, importe, also);
    if (!done.ok()) return done.problem();
    return noStore(zoco::Reply::json(toJson(*done, isStaff(request))));
}

zoco::Reply PagosHandlers::notify(const zoco::Request& request) const
{
    const auto done =
        _cobros.notify(request, request.param("conector"), request.header("Content-Type"), request.body());
    if (!done.ok()) return done.problem();
    return zoco::Reply::empty(204);
}

zoco::Reply PagosHandlers::comeBack(const zoco::Request& request) const
{
    Campos input;
    const auto text = request.method() == "POST" ? request.body() : request.rawQuery();
    for (const auto* name : {"cres", "Ds_SignatureVersion", "Ds_MerchantParameters", "Ds_Signature"})
        if (auto value = formField(text, name); !value.empty()) input.emplace_back(name, std::move(value));
    const auto id = request.param("id");
    auto done = _cobros.advance(request, id, input);
    if (!done.ok() && (done.problem().status == 401 || done.problem().status == 404)) return done.problem();
    if (!done.ok())
    {
        auto found = _pagos.find(request, id);
        if (!found.ok()) return found.problem();
        if (!*found) return problema::noEncontrado();
        done = std::move(**found);
    }
    auto to = _ajustes.paginaRetorno;
    replace(to, "{pedido}", done->pedido);
    replace(to, "{pago}", done->id);
    auto reply = zoco::Reply::empty(303);
    reply.header("Location", std::string(request.publicUrl()) + to);
    return noStore(std::move(reply));
}

} // namespace pagos
