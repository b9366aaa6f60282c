#include "Acceso.h"

#include "Problemas.h"
#include "text/Ficha.h"

namespace pedidos
{

using zoco::Request;

namespace
{

/// The token of an order, of a header or of a mailed link.
std::string accessOf(const Request& request)
{
    const auto header = request.header("X-Acceso");
    return header.empty() ? request.query("acceso").value_or("") : std::string(header);
}

} // namespace

bool isStaff(const Request& request) { return request.hasClaim("role", "pedidos"); }

std::string actorOf(const Request& request)
{
    const auto user = request.claim("sub");
    return user.empty() ? kInvitado : std::string(user);
}

/// Orders of before tokens were derived have one at random, of which the fingerprint is kept; mails have the derived
/// one.
zoco::Result<Pedido> pedidoPermitido(const Request& request, const Entorno& entorno)
{
    ZOCO_TRY(auto found, entorno.pedidos.find(request, request.param("pedido")));
    if (!found) return problema::pedidoDesconocido();
    const auto user = request.claim("sub");
    const bool isTheirs = found->usuario && !user.empty() && user == *found->usuario;
    const auto token = accessOf(request);
    const bool hasToken = !token.empty() && (zoco::equalInConstantTime(huella(token), found->acceso) ||
                                             zoco::equalInConstantTime(token, entorno.pedidos.accessTo(found->id)));
    if (!isTheirs && !hasToken && !isStaff(request)) return problema::pedidoDesconocido();
    return std::move(*found);
}

} // namespace pedidos
