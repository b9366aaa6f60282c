#include "Quien.h"

#include "text/Ficha.h"

namespace pedidos
{

namespace
{
constexpr std::size_t kFicha = 22; ///< 16 bytes
}

/// The token is derived from the visitor's cookie and not the cookie itself, so that scripts never see that one.
Quien Quien::of(const zoco::Request& request, const zoco::Crypto& crypto)
{
    Quien out;
    out.usuario = request.claim("sub");
    const auto header = request.header("X-Carrito");
    const auto visitor = request.claim("visitor");
    if (isBase64Url(header, kFicha))
        out.ficha = header;
    else if (!visitor.empty())
        out.ficha = base64Url(crypto.blindIndex("pedidos_carritos.ficha", visitor));
    else
        out.ficha = base64Url(crypto.random(16)); // so that no two share a cart
    return out;
}

std::string Quien::dueno() const { return isInvitado() ? duenoInvitado() : "u:" + usuario; }

std::string Quien::duenoInvitado() const { return "v:" + base64Url(huella(ficha)); }

} // namespace pedidos
