#pragma once

#include "zoco/Crypto.h"
#include "zoco/Http.h"

#include <string>

namespace pedidos
{

/// Who asks for a cart. A value.
struct Quien
{
    /// From the host's claims, and from X-Carrito, which goes before the cookie.
    static Quien of(const zoco::Request& request, const zoco::Crypto& crypto);

    std::string usuario; ///< account id; empty: a guest
    std::string ficha;   ///< the guest's token, as X-Carrito has it: 22 characters

    bool isInvitado() const noexcept { return usuario.empty(); }
    /// Of carts: the account, or else the token.
    std::string dueno() const;
    /// The cart that this browser had before anybody logged in.
    std::string duenoInvitado() const;
};

} // namespace pedidos
