#pragma once

#include "model/Suceso.h"
#include "zoco/Services.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pagos
{

/// Something that is to be done to the payment of an order, once. A value.
struct OrdenDurable
{
    std::string id; ///< unique, of who wants it: at most 80 bytes
    Orden orden = Orden::Reembolso;
    std::string pedido{};
    std::string pago{};       ///< empty: not looked for yet
    std::int64_t importe = 0; ///< minor units; 0: all
    std::string motivo{};
    std::string estado = "pendiente";
    std::string detalle{};
    std::int64_t creada = 0; ///< microseconds
};

/// The table of those. [any-thread]
class OrdenesRepository
{
public:
    /// Made in start; `data` outlives it.
    explicit OrdenesRepository(const zoco::Service& data);

    /// False: it was there already.
    zoco::Result<bool> add(const OrdenDurable& orden, std::int64_t now) const;
    /// The same as a step, which fails when it was there already.
    void addTo(zoco::Group& group, const OrdenDurable& orden, std::int64_t now) const;
    zoco::Result<std::optional<OrdenDurable>> find(std::string_view id) const;
    zoco::Result<void> setPayment(std::string_view id, std::string_view pago) const;
    /// Only of one that is to be done yet.
    zoco::Result<void> change(std::string_view id, std::string_view estado, std::string_view detalle,
                              std::int64_t now) const;
    zoco::Result<std::vector<std::string>> pending(std::int64_t limit) const;

private:
    const zoco::Service& _data;
    zoco::Operation _add, _find, _setPayment, _change, _pending;
};

} // namespace pagos
