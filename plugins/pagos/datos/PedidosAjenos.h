#pragma once

#include "zoco/Services.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pagos
{

/// An order as `pedidos` tells who wants to pay it. A value.
struct PedidoPorPagar
{
    std::string id;
    std::string numero;
    std::string estado;
    std::int64_t total = 0;
    std::string moneda;
    std::optional<std::string> usuario;
    std::optional<std::int64_t> caduca; ///< microseconds; not paid from then on
    std::optional<std::string> acceso;  ///< SHA-256 of the token that lets in who has no account

    /// Whether it is in a state from which it can be paid.
    bool espera() const noexcept { return estado == "pendiente" || estado == "confirmado"; }
    bool isPagable(std::int64_t now) const noexcept { return espera() && (!caduca || *caduca > now); }
};

/// Orders, by the operations that `pedidos` and `catalogo` publish. [any-thread]
class PedidosAjenos
{
public:
    /// Made in start; `data` outlives it.
    explicit PedidosAjenos(const zoco::Service& data)
        : _data(data),
          _find(data.operation("pedidos.para_pago", {"id"})),
          _pay(data.operation("pedidos.pagar", {"pedido", "de", "importe"})),
          _note(data.operation("pedidos.anotar", {"pedido", "de", "a", "quien", "motivo", "momento"})),
          _sell(data.operation("catalogo.vender", {"pedido"}))
    {
    }

    zoco::Result<std::optional<PedidoPorPagar>> find(const zoco::CallContext& context, std::string_view id) const
    {
        std::optional<PedidoPorPagar> out;
        const auto take = [&](const zoco::Row& row)
        {
            PedidoPorPagar p;
            row.read(p.id, p.numero, p.estado, p.total, p.moneda, p.usuario, p.caduca, p.acceso);
            out = std::move(p);
        };
        ZOCO_TRY([[maybe_unused]] auto found, _data.call(context, _find, {id}, take));
        return out;
    }

    /// Steps by which the order is paid and its pieces are sold. ZOCO_E_GUARD when it has another state by now, or can
    /// no longer be paid so.
    void addPay(zoco::Group& group, const PedidoPorPagar& pedido, std::int64_t importe, std::string_view pago,
                std::int64_t now) const
    {
        const auto id = group.keep(pedido.id);
        const auto de = group.keep(pedido.estado);
        group.add(_pay, {id, de, importe}, 1);
        group.add(_note, {id, de, "pagado", "pagos", group.keep("pago " + std::string(pago)), zoco::Value::time(now)},
                  1);
        group.add(_sell, {id});
    }

private:
    const zoco::Service& _data;
    zoco::Operation _find, _pay, _note, _sell;
};

} // namespace pagos
