#include "Actual.h"

#include "Problemas.h"
#include "Reloj.h"

#include <algorithm>

namespace pedidos
{

zoco::Reply conActual(const Entorno& entorno, const zoco::CallContext& context, Pedido pedido,
                      const std::function<zoco::Result<zoco::Reply>(const Pedido&)>& step)
{
    constexpr int kAttempts = 8;
    for (int attempt = 1;; ++attempt)
    {
        auto done = step(pedido);
        if (done) return std::move(*done);
        if (done.problem().code != ZOCO_E_GUARD || attempt == kAttempts) return std::move(done.problem());
        auto now = entorno.pedidos.find(context, pedido.id);
        if (!now) return std::move(now.problem());
        if (!*now) return problema::pedidoDesconocido();
        pedido = std::move(**now);
    }
}

std::int64_t momentoTras(const Pedido& pedido)
{
    return pedido.historia.empty() ? nowUs() : std::max(nowUs(), pedido.historia.back().momento + 1);
}

} // namespace pedidos
