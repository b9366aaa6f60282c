#pragma once

#include "model/Pedido.h"
#include "zoco/Crypto.h"
#include "zoco/Row.h"

#include <optional>

namespace pedidos
{

/// Puts an order together from the rows of `pedido`, which come in any order. One use, one thread.
class LectorPedido
{
public:
    void take(const zoco::Row& row);
    /// Nothing when there was no order. Throws when its personal data cannot be opened.
    std::optional<Pedido> result(const zoco::Crypto& crypto);

private:
    void takePedido(const zoco::Row& row);

    Pedido _pedido;
    std::string _sellado;
    bool _isFound = false;
    std::vector<std::pair<std::int64_t, LineaPedido>> _lineas;
};

/// Where the personal data of an order lie, for sealing.
std::string contextOfDatos(std::string_view id);

} // namespace pedidos
