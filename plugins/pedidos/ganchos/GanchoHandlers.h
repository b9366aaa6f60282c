#pragma once

#include "GanchosRepository.h"
#include "Repartidor.h"
#include "casos/Entorno.h"
#include "zoco/Http.h"

namespace pedidos
{

/// Webhooks over HTTP, for staff. [any-thread]
class GanchoHandlers
{
public:
    /// All outlive it.
    GanchoHandlers(const Entorno& entorno, const GanchosRepository& repository, const Repartidor& repartidor)
        : _e(entorno), _repository(repository), _repartidor(repartidor)
    {
    }

    /// Its answer alone has the secret.
    zoco::Reply crear(const zoco::Request& request) const;
    zoco::Reply lista(const zoco::Request& request) const;
    zoco::Reply ver(const zoco::Request& request) const;
    zoco::Reply borrar(const zoco::Request& request) const;
    zoco::Reply entregas(const zoco::Request& request) const;
    zoco::Reply repetir(const zoco::Request& request) const;

private:
    /// That of the path.
    zoco::Result<Gancho> wanted(const zoco::Request& request) const;

    const Entorno& _e;
    const GanchosRepository& _repository;
    const Repartidor& _repartidor;
};

} // namespace pedidos
