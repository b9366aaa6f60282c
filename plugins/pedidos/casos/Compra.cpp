#include "Compra.h"

#include "Problemas.h"
#include "Reloj.h"
#include "text/Ficha.h"

#include <algorithm>

namespace pedidos
{

using zoco::CallContext;
using zoco::Group;
using zoco::Reply;
using zoco::Request;
using zoco::Result;

namespace
{

constexpr int kOrderAttempts = 12; ///< against others who take the last pieces of something else

std::vector<zoco::FieldError> faultsOfStock(const Cuenta& cuenta)
{
    std::vector<zoco::FieldError> out;
    for (const auto& l : cuenta.lineas)
    {
        if (l.isDisponible()) continue;
        const auto left = l.producto ? l.producto->existencias.value_or(0) : 0;
        out.push_back({"/lineas/" + l.linea.producto,
                       l.producto ? std::to_string(left) + " are left" : std::string("is not sold any more")});
    }
    return out;
}

std::vector<LineaPedido> linesOf(const Cuenta& cuenta)
{
    std::vector<LineaPedido> out;
    for (const auto& l : cuenta.lineas)
        out.push_back({l.producto->id, l.producto->sku, l.producto->nombre, l.linea.cantidad, l.cobrada.cobro.precio,
                       l.cobrada.cobro.tipo, l.cobrada.total()});
    return out;
}

/// In one order of products for everybody, so that no two wait for each other.
std::vector<const LineaPedido*> sorted(const std::vector<LineaPedido>& lines)
{
    std::vector<const LineaPedido*> out;
    for (const auto& l : lines) out.push_back(&l);
    std::sort(out.begin(), out.end(),
              [](const LineaPedido* a, const LineaPedido* b) { return a->producto < b->producto; });
    return out;
}

} // namespace

Reply Compra::place(const Request& request, const Quien& quien, const Solicitud& solicitud, const Answer& answer) const
{
    std::optional<Carrito> first;
    for (int attempt = 1;; ++attempt)
    {
        auto cart = _carritos.read(request, quien);
        if (!cart) return std::move(cart.problem());
        if (!first) first = *cart;
        if (cart->lineas.empty()) return problema::carritoVacio();
        if (!(*cart == *first)) return problema::carritoCambiado(); // another tab: not what was ordered
        auto total = checked(request, *cart, solicitud);
        if (!total) return std::move(total.problem());
        const auto order = made(*cart, *total, quien, solicitud);
        auto reply = answer(order, _e.pedidos.accessTo(order.id));
        Group group(_e.data);
        addAll(group, order, *cart);
        _e.respuestas.add(group, request, reply);
        auto done = group.run(request);
        if (done) return reply;
        const auto code = done.problem().code;
        const bool isOvertaken = code == ZOCO_E_GUARD || code == ZOCO_E_DUPLICATE;
        if (!isOvertaken) return std::move(done.problem());
        if (attempt == kOrderAttempts) return problema::carritoCambiado();
    }
}

Result<Cuenta> Compra::checked(const CallContext& context, const Carrito& carrito, const Solicitud& solicitud) const
{
    const auto& there = solicitud.datos.direccion;
    ZOCO_TRY(auto cuenta, _carritos.account(context, carrito, {there.pais, there.cp, solicitud.envio}));
    if (auto faults = faultsOfStock(cuenta); !faults.empty()) return problema::sinExistencias(std::move(faults));
    if (!cuenta.precioEnvio)
        return problema::datosInvalidos({{"/envio", "does not go there, or not with so much weight"}});
    if (!cuenta.faltaCupon.empty()) return problema::cuponNoValido(cuenta.faltaCupon);
    if (solicitud.total && *solicitud.total != cuenta.totales.total)
        return problema::totalCambiado(cuenta.totales.total);
    return cuenta;
}

/// What costs nothing is paid.
Pedido Compra::made(const Carrito& carrito, const Cuenta& cuenta, const Quien& quien, const Solicitud& solicitud) const
{
    constexpr std::size_t kLetters = 6;
    Pedido out;
    out.creado = nowUs();
    out.id = base64Url(_e.crypto.random(16));
    out.numero = numeroDe(out.creado, _e.crypto.random(kLetters));
    if (!quien.isInvitado()) out.usuario = quien.usuario;
    out.carrito = carrito.id;
    out.acceso = huella(_e.pedidos.accessTo(out.id));
    out.moneda = _e.ajustes.moneda;
    out.totales = cuenta.totales;
    out.estado = out.totales.total == 0 ? Estado::Pagado : Estado::Pendiente;
    if (out.estado == Estado::Pendiente) out.caduca = out.creado + _e.ajustes.reserva;
    out.metodo = solicitud.envio;
    out.zona = nombreDe(cuenta.zona);
    out.envioEstandar = cuenta.envioEstandar;
    out.cupon = carrito.cupon;
    out.tienda = solicitud.tienda;
    out.idioma = solicitud.idioma;
    out.datos = solicitud.datos;
    out.lineas = linesOf(cuenta);
    out.historia.push_back({out.creado, "", std::string(nombreDe(out.estado)), out.usuario.value_or("cliente"), ""});
    return out;
}

void Compra::addAll(Group& group, const Pedido& pedido, const Carrito& carrito) const
{
    _e.carritos.addRemove(group, carrito.id, carrito.version);
    _e.pedidos.addCreate(group, pedido);
    const auto holder = pedido.estado == Estado::Pagado ? std::string_view() : std::string_view(pedido.id);
    for (const auto* l : sorted(pedido.lineas)) _e.existencias.addTake(group, holder, l->producto, l->cantidad);
    if (pedido.cupon) _e.cupones.addUse(group, *pedido.cupon);
    _e.sucesos.add(group, "pedidos.cambiado", {{"pedido", pedido.id}, {"de", ""}, {"a", nombreDe(pedido.estado)}});
}

} // namespace pedidos
