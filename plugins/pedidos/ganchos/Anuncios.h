#pragma once

#include "GanchosRepository.h"
#include "Repartidor.h"
#include "casos/Entorno.h"
#include "zoco/Events.h"

#include <string>
#include <string_view>

namespace pedidos
{

/// Makes of durable events what webhooks are told. An event that comes again is the same one to them. What throws
/// brings it again. [any-thread]
class Anuncios
{
public:
    /// All outlive it.
    Anuncios(const Entorno& entorno, const GanchosRepository& repository, const Repartidor& repartidor)
        : _e(entorno), _repository(repository), _repartidor(repartidor)
    {
    }

    /// pedidos.cambiado {pedido, de, a, expedicion?}
    void changed(const zoco::Event& event) const;
    /// pedidos.reembolsar {id, pedido, importe, motivo}
    void refunded(const zoco::Event& event) const;
    /// pagos.cambiado {pago, pedido, estado}
    void paymentChanged(const zoco::Event& event) const;

    /// For how long an event is tried to be told, in microseconds.
    static std::int64_t patience() noexcept;

private:
    bool isAwaited(const zoco::Event& event) const;
    void announce(const zoco::Event& event, const std::string& datos) const;

    const Entorno& _e;
    const GanchosRepository& _repository;
    const Repartidor& _repartidor;
};

} // namespace pedidos
