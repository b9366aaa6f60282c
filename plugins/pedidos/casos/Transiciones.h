#pragma once

#include "Entorno.h"
#include "model/Pedido.h"

#include <optional>
#include <string>
#include <string_view>

namespace pedidos
{

/// Changes of an order's state, by the table of model/Estado. [any-thread]
class Transiciones
{
public:
    /// `entorno` outlives it.
    explicit Transiciones(const Entorno& entorno) : _e(entorno) {}

    /// An order that is to change.
    struct Objeto
    {
        std::string id;
        Estado estado = Estado::Pendiente;
        std::optional<std::string> cupon;
        std::vector<Piezas> vendidas; ///< that are not reserved any more, and come back if it is cancelled
        std::int64_t cobrado = 0;     ///< and what was paid for it
    };
    static Objeto objetoDe(const Pedido& pedido);

    /// From the state that was read to another, with all that belongs to it: what is cancelled or has expired gives its
    /// pieces and its coupon back, and what was paid for it is to be refunded. 409 `transicion-prohibida` when the
    /// table does not have it. ZOCO_E_GUARD: it is in another state by now. `reply`: stored for a request that has an
    /// Idempotency-Key; null: none.
    zoco::Result<void> pass(const zoco::CallContext& context, const Objeto& pedido, Estado a, std::string_view quien,
                            std::string_view motivo, const zoco::Request* request = nullptr,
                            const zoco::Reply* reply = nullptr) const;

    /// Lets all orders expire whose time is over.
    void expire() const;

private:
    const Entorno& _e;
};

} // namespace pedidos
