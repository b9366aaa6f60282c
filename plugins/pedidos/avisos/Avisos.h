#pragma once

#include "Aviso.h"
#include "AvisosRepository.h"
#include "casos/Entorno.h"
#include "zoco/MailTexts.h"

namespace pedidos
{

/// Tells buyers by mail what becomes of their orders: from durable events, each in one group with the note that it was
/// told of, so that an event that comes again writes no second mail. What throws brings the event again. [any-thread]
class Avisos
{
public:
    /// All outlive it.
    Avisos(const Entorno& entorno, const AvisosRepository& repository, const zoco::MailTexts& textos)
        : _e(entorno), _repository(repository), _textos(textos)
    {
    }

    /// pedidos.cambiado {pedido, de, a, expedicion?}
    void changed(const zoco::Event& event) const;
    /// pedidos.reembolsar {id, pedido, importe, motivo}
    void refunded(const zoco::Event& event) const;
    /// pagos.cambiado {pago, pedido, estado, devuelto?}: what went back is remembered, for what a cancellation tells.
    void paymentChanged(const zoco::Event& event) const;

    /// Forgets what was told of so long ago that its event does not come again.
    void forgetOld() const;

private:
    /// The order of an event whose buyer can be told of it.
    std::optional<Pedido> orderOf(const zoco::Event& event) const;
    void tell(const zoco::Event& event, const Pedido& pedido, std::optional<Aviso> aviso) const;

    const Entorno& _e;
    const AvisosRepository& _repository;
    const zoco::MailTexts& _textos;
};

} // namespace pedidos
