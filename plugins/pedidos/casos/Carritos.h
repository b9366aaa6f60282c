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
    /// The same with a product: null when there is none of that name.
    using ChangeWith = std::function<zoco::Result<void>(Carrito& carrito, const ProductoEnVenta* producto)>;
    /// Makes the answer of what the cart is then; its `version` is already the next one.
    using Answer = std::function<zoco::Reply(const Carrito& carrito, const Cuenta& cuenta)>;
    /// Changes the cart and answers. A request that has an Idempotency-Key changes it once. `expected`: the version
    /// that it must have (If-Match), 412 else.
    zoco::Reply change(const zoco::Request& request, const Quien& quien, std::optional<std::int64_t> expected,
                       const Change& change, const Answer& answer) const;
    /// The same with the product that is named by id or sku, read together with those of the cart. `isSold`: it must
    /// be one that is sold, 404 else.
    zoco::Reply changeWith(const zoco::Request& request, const Quien& quien, std::optional<std::int64_t> expected,
                           std::string_view producto, bool isSold, const ChangeWith& change,
                           const Answer& answer) const;

    /// Takes it away.
    zoco::Result<void> clear(const zoco::CallContext& context, const Quien& quien) const;

private:
    /// A cart after a change, with what it comes to.
    struct Cambiado
    {
        Carrito carrito;
        Cuenta cuenta;
    };
    using Work = std::function<zoco::Result<Cambiado>(const Carrito& before)>;

    zoco::Reply repeat(const zoco::Request& request, const Quien& quien, const Work& work, const Answer& answer) const;
    zoco::Result<Carrito> changed(const Carrito& before, std::optional<std::int64_t> expected,
                                  const Change& change) const;
    zoco::Result<Cuenta> accountWith(const zoco::CallContext& context, const Carrito& carrito, const Destino& destino,
                                     const std::vector<ProductoEnVenta>& productos) const;
    zoco::Result<Carrito> merged(const zoco::CallContext& context, const Carrito& guest, const Carrito& own) const;
    std::string newId() const;

    const Entorno& _e;
};

} // namespace pedidos
