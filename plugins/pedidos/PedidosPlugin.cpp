#include "PedidosPlugin.h"

#include "PedidosRoutes.h"

#include <algorithm>

namespace pedidos
{

namespace
{
constexpr auto kPausaFacturas = std::chrono::milliseconds(100); ///< so that a stream of orders shares a group
constexpr auto kRondaFacturas = std::chrono::seconds(10);       ///< for what the events did not bring about
constexpr auto kRondaAvisos = std::chrono::hours(6);            ///< for notes of old mails
constexpr auto kPrimera = std::chrono::seconds(1);

/// How often to look for what webhooks are to be told again.
std::chrono::milliseconds roundOf(const Ajustes& ajustes)
{
    constexpr std::int64_t kHalf = 2'000; // of microseconds, in milliseconds
    return std::min<std::chrono::milliseconds>(std::chrono::seconds(10),
                                               std::chrono::milliseconds(ajustes.ganchosEspera / kHalf));
}
} // namespace

PedidosPlugin::Parts::Parts(zoco::Host& host, const Ajustes& ajustes)
    : data(host.services().find("zoco.data/1")),
      carritos(data),
      cupones(data),
      existencias(data),
      pedidos(data, host.crypto()),
      entregas(data),
      respuestas(data, host.crypto()),
      sucesos(data, host.crypto()),
      entorno{data,    host.crypto(), ajustes,    carritos, cupones,   existencias,
              pedidos, entregas,      respuestas, sucesos,  host.log()},
      vista(ajustes.moneda, ajustes.desistimiento),
      casosCarrito(entorno),
      compra(entorno, casosCarrito),
      transiciones(entorno),
      expediciones(entorno),
      devoluciones(entorno),
      facturas(data, host.crypto()),
      personas(entorno, vista, facturas),
      carritoHandlers(entorno, casosCarrito, vista),
      pedidoHandlers(entorno, compra, transiciones, expediciones, vista),
      entregaHandlers(entorno, expediciones, devoluciones, vista),
      limpieza(entorno, transiciones, host.executor()),
      facturacion(entorno, facturas),
      facturasPronto(host.executor(), kPausaFacturas, [this] { facturacion.issuePending(); }),
      facturaHandlers(entorno, facturas),
      correos(data, host.crypto()),
      textos(correos, {{"tienda", ajustes.tienda}}),
      avisosRepository(data),
      avisos(entorno, avisosRepository, textos),
      ganchosRepository(data, host.crypto()),
      repartidor(entorno, ganchosRepository, host.httpClient(), host.executor()),
      anuncios(entorno, ganchosRepository, repartidor),
      ganchoHandlers(entorno, ganchosRepository, repartidor),
      oyente(anuncios, facturacion, facturasPronto, avisos),
      rondaFacturas(host.executor(), kRondaFacturas, [this] { facturacion.issuePending(); }),
      rondaAvisos(host.executor(), kRondaAvisos,
                  [this]
                  {
                      avisos.forgetOld();
                      repartidor.forgetOld();
                  }),
      rondaGanchos(host.executor(), roundOf(ajustes), [this] { repartidor.wake(); })
{
}

void PedidosPlugin::init(zoco::Host& host)
{
    _ajustes.emplace(host.config());
    _servicio.emplace(host.log());
    host.services().provide(Servicio::kId, _servicio->raw());
    addRoutes(
        host.http(), [this]() -> const CarritoHandlers& { return _parts.value().carritoHandlers; },
        [this]() -> const PedidoHandlers& { return _parts.value().pedidoHandlers; },
        [this]() -> const EntregaHandlers& { return _parts.value().entregaHandlers; },
        [this]() -> const FacturaHandlers& { return _parts.value().facturaHandlers; },
        [this]() -> const GanchoHandlers& { return _parts.value().ganchoHandlers; });
    host.crypto().onRotate("pedidos",
                           [this](std::string_view cursor) { return _parts.value().personas.rotated(cursor); });
    host.crypto().onRotate("facturas",
                           [this](std::string_view cursor) { return _parts.value().facturas.rotated(cursor); });
    host.crypto().onRotate("ganchos", [this](std::string_view cursor)
                           { return _parts.value().ganchosRepository.rotated(cursor, _parts.value().entorno.log); });
    subscribe(host.events());
    _personalData.emplace(
        host.events(), host.crypto(), Personas::uses(),
        [this](const zoco::DataSubject& subject) { return _parts.value().personas.exported(subject); },
        [this](const zoco::DataSubject& subject) { return _parts.value().personas.erased(subject); });
}

void PedidosPlugin::subscribe(zoco::Events& events)
{
    using Handle = void (Oyente::*)(const zoco::Event&) const;
    const auto add = [&](std::string_view topic, Handle handle)
    {
        events.subscribe(topic, zoco::Delivery::Competing,
                         [this, handle](const zoco::Event& event) { (_parts.value().oyente.*handle)(event); });
    };
    add("pedidos.cambiado", &Oyente::cambiado);
    add("pedidos.reembolsar", &Oyente::reembolsado);
    add("pagos.cambiado", &Oyente::cobrado);
}

void PedidosPlugin::start(zoco::Host& host)
{
    _parts.emplace(host, *_ajustes);
    if (_ajustes->emisor.nif.empty())
        host.log().warning("invoices are written without their seller's tax number",
                           {{"key", "plugins.pedidos.emisor_nif"}});
    _personalData->start(_parts->data);
    _parts->limpieza.begin();
    _parts->rondaFacturas.begin(kPrimera);
    _parts->rondaAvisos.begin(kRondaAvisos);
    _parts->rondaGanchos.begin(kPrimera);
}

} // namespace pedidos

ZOCO_PLUGIN(pedidos::PedidosPlugin, .id = "pedidos", .version = "0.1.0", .provides = {"zoco.pedidos/1"},
            .needs = {"zoco.data/1"});
