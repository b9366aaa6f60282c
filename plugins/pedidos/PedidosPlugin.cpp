#include "PedidosPlugin.h"

#include "PedidosRoutes.h"

namespace pedidos
{

PedidosPlugin::Parts::Parts(zoco::Host& host, const Ajustes& ajustes)
    : data(host.services().find("zoco.data/1")),
      carritos(data),
      cupones(data),
      existencias(data),
      respuestas(data, host.crypto()),
      entorno{data, host.crypto(), ajustes, carritos, cupones, existencias, respuestas, host.log()},
      vista(ajustes.moneda),
      casosCarrito(entorno),
      carritoHandlers(entorno, casosCarrito, vista),
      limpieza(entorno, host.executor())
{
}

void PedidosPlugin::init(zoco::Host& host)
{
    _ajustes.emplace(host.config());
    addRoutes(host.http(), [this]() -> const CarritoHandlers& { return _parts.value().carritoHandlers; });
}

void PedidosPlugin::start(zoco::Host& host)
{
    _parts.emplace(host, *_ajustes);
    _parts->limpieza.begin();
}

} // namespace pedidos

ZOCO_PLUGIN(pedidos::PedidosPlugin, .id = "pedidos", .version = "0.1.0", .needs = {"zoco.data/1"});
