#include "CarritoHandlers.h"

#include "Problemas.h"
#include "Reloj.h"
#include "http/Campos.h"

namespace pedidos
{

using zoco::Reply;
using zoco::Request;
using zoco::Result;

namespace
{
constexpr std::size_t kLongestId = 64; ///< of a sku, too
}

Reply CarritoHandlers::answer(const Quien& quien, const Carrito& carrito, const Cuenta& cuenta) const
{
    auto out = Reply::json(_vista.carrito(carrito, cuenta));
    out.header("ETag", '"' + std::to_string(carrito.version) + '"');
    if (quien.isInvitado()) out.header("X-Carrito", quien.ficha);
    return out;
}

Reply CarritoHandlers::change(const Request& request, const Quien& quien, const Carritos::Change& change) const
{
    const auto expected = campo::version(request);
    auto out = _carritos.change(request, quien, expected, change,
                                [&](const Carrito& cart, const Cuenta& total) { return answer(quien, cart, total); });
    return out;
}

Reply CarritoHandlers::changeWith(const Request& request, std::string_view producto, bool isSold,
                                  const Carritos::ChangeWith& change) const
{
    const auto quien = Quien::of(request, _e.crypto);
    return _carritos.changeWith(request, quien, campo::version(request), producto, isSold, change,
                                [&](const Carrito& cart, const Cuenta& total) { return answer(quien, cart, total); });
}

Reply CarritoHandlers::ver(const Request& request) const
{
    const auto quien = Quien::of(request, _e.crypto);
    auto destino = campo::destino(request, _e.ajustes.envios);
    if (!destino) return std::move(destino.problem());
    auto cart = _carritos.read(request, quien);
    if (!cart) return std::move(cart.problem());
    auto total = _carritos.account(request, *cart, *destino);
    if (!total) return std::move(total.problem());
    return answer(quien, *cart, *total);
}

Reply CarritoHandlers::vaciar(const Request& request) const
{
    auto done = _carritos.clear(request, Quien::of(request, _e.crypto));
    if (!done) return std::move(done.problem());
    return Reply::empty(204);
}

Reply CarritoHandlers::sumar(const Request& request) const
{
    auto body = Cuerpo::of(request, {"producto", "cantidad"});
    if (!body) return std::move(body.problem());
    const auto name = body->text("producto", kLongestId);
    const auto count = body->whole("cantidad", 1, Carrito::kMaxCantidad, 1);
    if (!body->isGood()) return body->problem();
    const auto add = [&](Carrito& cart, const ProductoEnVenta* product) -> Result<void>
    {
        cart.sumar(product->id, count, product->importe, nowUs());
        return {};
    };
    return changeWith(request, name, true, add);
}

Reply CarritoHandlers::poner(const Request& request) const
{
    auto body = Cuerpo::of(request, {"cantidad"});
    if (!body) return std::move(body.problem());
    const auto count = body->whole("cantidad", 0, Carrito::kMaxCantidad);
    if (!body->isGood()) return body->problem();
    if (count == 0) return quitar(request);
    const auto put = [&](Carrito& cart, const ProductoEnVenta* product) -> Result<void>
    {
        cart.poner(product->id, count, product->importe, nowUs());
        return {};
    };
    return changeWith(request, request.param("producto"), true, put);
}

/// The product itself may be gone: then it is known by its id alone.
Reply CarritoHandlers::quitar(const Request& request) const
{
    const auto name = request.param("producto");
    const auto remove = [&](Carrito& cart, const ProductoEnVenta* product) -> Result<void>
    {
        const auto id = product == nullptr ? name : std::string_view(product->id);
        if (cart.linea(id) == nullptr) return problema::productoDesconocido();
        cart.poner(id, 0, 0, 0);
        return {};
    };
    return changeWith(request, name, false, remove);
}

Reply CarritoHandlers::ponerCupon(const Request& request) const
{
    auto body = Cuerpo::of(request, {"codigo"});
    if (!body) return std::move(body.problem());
    const auto code = codigoDe(body->text("codigo", kLongestId));
    if (!body->isGood()) return body->problem();
    const auto quien = Quien::of(request, _e.crypto);
    const auto put = [&](Carrito& cart) -> Result<void>
    {
        cart.cupon = code;
        return {};
    };
    // One that cannot be used is not kept.
    const auto good = [&](const Carrito& cart, const Cuenta& total) -> Reply
    {
        if (!total.cupon) return problema::cuponNoValido(total.faltaCupon);
        return answer(quien, cart, total);
    };
    return _carritos.change(request, quien, campo::version(request), put, good);
}

Reply CarritoHandlers::quitarCupon(const Request& request) const
{
    const auto code = codigoDe(request.param("codigo"));
    const auto remove = [&](Carrito& cart) -> Result<void>
    {
        if (cart.cupon != code) return problema::cuponNoValido("is not in the cart");
        cart.cupon.reset();
        return {};
    };
    return change(request, Quien::of(request, _e.crypto), remove);
}

Reply CarritoHandlers::envios(const Request& request) const
{
    auto destino = campo::destino(request, _e.ajustes.envios);
    if (!destino) return std::move(destino.problem());
    auto cart = _carritos.read(request, Quien::of(request, _e.crypto));
    if (!cart) return std::move(cart.problem());
    auto total = _carritos.account(request, *cart, *destino);
    if (!total) return std::move(total.problem());
    return Reply::json(_vista.envios(_e.ajustes.envios, total->zona, total->gramos));
}

Reply CarritoHandlers::crearCupon(const Request& request) const
{
    auto coupon = campo::cupon(request);
    if (!coupon) return std::move(coupon.problem());
    auto reply = Reply::json(_vista.cupon(*coupon), 201);
    zoco::Group group(_e.data);
    _e.cupones.addCreate(group, *coupon);
    _e.respuestas.add(group, request, reply);
    if (auto done = group.run(request); !done)
        return done.problem().code == ZOCO_E_DUPLICATE ? problema::cuponRepetido() : std::move(done.problem());
    return reply;
}

Reply CarritoHandlers::cupones(const Request& request) const
{
    constexpr int kPage = 100;
    auto found = _e.cupones.page(request, request.query("cursor").value_or(""), kPage + 1);
    if (!found) return std::move(found.problem());
    const bool hasMore = found->size() > kPage;
    if (hasMore) found->pop_back();
    return Reply::json(_vista.cupones(*found, hasMore));
}

} // namespace pedidos
