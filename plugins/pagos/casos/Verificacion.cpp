#include "Verificacion.h"

#include "Problemas.h"
#include "Reloj.h"

#include <stdexcept>

namespace pagos
{

Verificacion::Verificacion(const zoco::Service& auth, Ajustes ajustes) : _ajustes(ajustes)
{
    if (_ajustes.desde == 0) return;
    if (!auth) throw std::invalid_argument("verificar_desde needs a plugin that knows users (zoco.auth/1)");
    _stepUp = zoco::StepUp(auth);
}

/// A guest is nobody who could show it, so that leaving the account is no way around it.
zoco::Result<std::optional<Identidad>> Verificacion::of(const zoco::Request& request,
                                                        const PedidoPorPagar& pedido) const
{
    if (_ajustes.desde == 0 || pedido.total < _ajustes.desde) return std::optional<Identidad>();
    ZOCO_TRY(auto fresh, _stepUp.since(request, nowUs() - _ajustes.recienteUs));
    if (!fresh) return problema::autenticacionReciente();
    const bool isOther = pedido.usuario && *pedido.usuario != request.claim("sub");
    if (isOther && !request.hasClaim("role", "pagos")) return problema::noEsSuCuenta();
    if (fresh->emisor.empty()) fresh->emisor = request.publicUrl();
    return std::optional(Identidad{std::move(fresh->emisor), std::string(request.claim("sub")), fresh->autenticado,
                                   std::move(fresh->metodos)});
}

} // namespace pagos
