#include "Carritos.h"

#include "Problemas.h"
#include "Reloj.h"
#include "text/Ficha.h"

namespace pedidos
{

using zoco::CallContext;
using zoco::Group;
using zoco::Problem;
using zoco::Reply;
using zoco::Request;
using zoco::Result;

namespace
{

/// Each that fails means that another one has come through: of six tabs that write at once, one loses twenty in a row
/// now and then, and a hundred never.
constexpr int kAttempts = 100;

/// Somebody else was quicker.
bool isOvertaken(const Problem& problem) noexcept
{
    return problem.code == ZOCO_E_GUARD || problem.code == ZOCO_E_DUPLICATE;
}

Carrito takenOf(std::vector<Carrito>& carts, const std::string& owner)
{
    for (auto& cart : carts)
        if (cart.dueno == owner) return std::move(cart);
    Carrito out;
    out.dueno = owner;
    return out;
}

} // namespace

std::string Carritos::newId() const { return base64Url(_e.crypto.random(16)); }

Result<Carrito> Carritos::read(const CallContext& context, const Quien& quien) const
{
    const auto own = quien.dueno();
    const auto guest = quien.duenoInvitado();
    for (int attempt = 1;; ++attempt)
    {
        std::vector<std::string> owners{own};
        if (!quien.isInvitado()) owners.push_back(guest);
        ZOCO_TRY(auto carts, _e.carritos.of(context, owners));
        auto cart = takenOf(carts, own);
        if (owners.size() == 1) return cart;
        const auto before = takenOf(carts, guest);
        if (before.id.empty()) return cart;
        auto done = merged(context, before, cart);
        if (done || !isOvertaken(done.problem()) || attempt == kAttempts) return done;
    }
}

Result<Carrito> Carritos::merged(const CallContext& context, const Carrito& guest, const Carrito& own) const
{
    auto after = own;
    if (after.id.empty()) after.id = newId();
    after.absorber(guest);
    ++after.version;
    Group group(_e.data);
    _e.carritos.addRemove(group, guest.id, guest.version);
    _e.carritos.addSave(group, own, after, nowUs());
    ZOCO_TRY([[maybe_unused]] auto changed, group.run(context));
    return after;
}

Result<Cuenta> Carritos::account(const CallContext& context, const Carrito& carrito, const Destino& destino) const
{
    ZOCO_TRY(const auto products, _e.existencias.of(context, carrito.lineas));
    return accountWith(context, carrito, destino, products);
}

Result<Cuenta> Carritos::accountWith(const CallContext& context, const Carrito& carrito, const Destino& destino,
                                     const std::vector<ProductoEnVenta>& productos) const
{
    std::optional<Cupon> coupon;
    if (carrito.cupon)
    {
        ZOCO_TRY(coupon, _e.cupones.find(context, *carrito.cupon));
    }
    return cuentaDe(carrito, productos, _e.ajustes.moneda, coupon, destino, _e.ajustes.envios, nowUs());
}

/// The next version of a cart.
Result<Carrito> Carritos::changed(const Carrito& before, std::optional<std::int64_t> expected,
                                  const Change& change) const
{
    constexpr int kPreconditionFailed = 412;
    if (expected && *expected != before.version) return problema::carritoCambiado(kPreconditionFailed);
    auto after = before;
    if (auto done = change(after); !done) return std::move(done.problem());
    if (after.lineas.size() > Carrito::kMaxLineas) return problema::carritoLleno();
    if (after.id.empty()) after.id = newId();
    ++after.version;
    return after;
}

Reply Carritos::change(const Request& request, const Quien& quien, std::optional<std::int64_t> expected,
                       const Change& change, const Answer& answer) const
{
    const auto work = [&](const Carrito& before) -> Result<Cambiado>
    {
        ZOCO_TRY(auto after, changed(before, expected, change));
        ZOCO_TRY(auto total, account(request, after, {}));
        return Cambiado{std::move(after), std::move(total)};
    };
    return repeat(request, quien, work, answer);
}

Reply Carritos::changeWith(const Request& request, const Quien& quien, std::optional<std::int64_t> expected,
                           std::string_view producto, bool isSold, const ChangeWith& change, const Answer& answer) const
{
    const auto work = [&](const Carrito& before) -> Result<Cambiado>
    {
        ZOCO_TRY(const auto products, _e.existencias.with(request, producto, before.lineas));
        const auto* named = nombrado(products, producto);
        if (isSold && (named == nullptr || named->moneda != _e.ajustes.moneda)) return problema::productoDesconocido();
        ZOCO_TRY(auto after, changed(before, expected, [&](Carrito& cart) { return change(cart, named); }));
        ZOCO_TRY(auto total, accountWith(request, after, {}, products));
        return Cambiado{std::move(after), std::move(total)};
    };
    return repeat(request, quien, work, answer);
}

/// Works it out on the cart as it is, until nobody else has changed that meanwhile.
Reply Carritos::repeat(const Request& request, const Quien& quien, const Work& work, const Answer& answer) const
{
    for (int attempt = 1;; ++attempt)
    {
        auto before = read(request, quien);
        if (!before) return std::move(before.problem());
        auto after = work(*before);
        if (!after) return std::move(after.problem());
        auto reply = answer(after->carrito, after->cuenta);
        if (reply.problem()) return reply;
        Group group(_e.data);
        _e.carritos.addSave(group, *before, after->carrito, nowUs());
        _e.respuestas.add(group, request, reply);
        auto done = group.run(request);
        if (done) return reply;
        if (!isOvertaken(done.problem())) return std::move(done.problem());
        if (attempt == kAttempts) return problema::carritoCambiado();
    }
}

Result<void> Carritos::clear(const CallContext& context, const Quien& quien) const
{
    for (int attempt = 1;; ++attempt)
    {
        ZOCO_TRY(const auto cart, read(context, quien));
        if (cart.id.empty()) return {};
        Group group(_e.data);
        _e.carritos.addRemove(group, cart.id, cart.version);
        auto done = group.run(context);
        if (done) return {};
        if (!isOvertaken(done.problem())) return std::move(done.problem());
        if (attempt == kAttempts) return problema::carritoCambiado();
    }
}

} // namespace pedidos
