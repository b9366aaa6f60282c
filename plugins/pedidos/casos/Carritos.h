#pragma once

#include "Entorno.h"
#include "Quien.h"
#include "model/Cuenta.h"

#include <functional>
#include <optional>
#include <string>

namespace pedidos
{

/// Carts: read, changed, merged. A change is worked out on the cart as it was read and written if it is still that one,
/// else worked out again: so tabs lose nothing of each other. [any-thread]
class Carritos
{
public:
    /// `entorno` outlives it.
    explicit Carritos(const Entorno& entorno) : _e(entorno) {}

    /// Whose it is, not stored when there is none. What the guest of this browser had comes to the account's cart,
    /// once.
    zoco::Result<Carrito> read(const zoco::CallContext& context, const Quien& quien) const;

    /// What a cart comes to, and with which products.
    zoco::Result<Cuenta> account(const zoco::CallContext& context, const Carrito& carrito,
                                 const Destino& destino) const;

    /// What is done with a cart: changes it, or says why not.
    using Change = std::function<zoco::Result<void>(Carrito& carrito)>;
    /// Makes the answer of what the cart is then; its `version` is already the next one.
    using Answer = std::function<zoco::Reply(const Carrito& carrito, const Cuenta& cuenta)>;
    /// Changes the cart and answers. A request that has an Idempotency-Key changes it once. `expected`: the version
    /// that it must have (If-Match), 412 else.
    zoco::Reply change(const zoco::Request& request, const Quien& quien, std::optional<std::int64_t> expected,
                       const Change& change, const Answer& answer) const;

    /// Takes it away.
    zoco::Result<void> clear(const zoco::CallContext& context, const Quien& quien) const;

private:
    zoco::Result<Carrito> merged(const zoco::CallContext& context, const Carrito& guest, const Carrito& own) const;
    std::string newId() const;

    const Entorno& _e;
};

} // namespace pedidos
