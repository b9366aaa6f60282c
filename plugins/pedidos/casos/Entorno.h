#pragma once

#include "Ajustes.h"
#include "datos/CarritosRepository.h"
#include "datos/CuponesRepository.h"
#include "datos/EntregasRepository.h"
#include "datos/Existencias.h"
#include "datos/PedidosRepository.h"
#include "zoco/Crypto.h"
#include "zoco/Log.h"
#include "zoco/Outbox.h"
#include "zoco/StoredReplies.h"

namespace pedidos
{

/// What all use cases work with. All of it outlives them.
struct Entorno
{
    const zoco::Service& data;
    const zoco::Crypto& crypto;
    const Ajustes& ajustes;
    const CarritosRepository& carritos;
    const CuponesRepository& cupones;
    const Existencias& existencias;
    const PedidosRepository& pedidos;
    const EntregasRepository& entregas;
    const zoco::StoredReplies& respuestas;
    const zoco::Outbox& sucesos;
    const zoco::Log& log;
};

} // namespace pedidos
