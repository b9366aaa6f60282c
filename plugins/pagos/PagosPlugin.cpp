#include "PagosPlugin.h"

#include "PagosRoutes.h"
#include "Reloj.h"
#include "redsys/PorHttp.h"
#include "redsys/RedsysAjustes.h"
#include "redsys/RedsysConector.h"
#include "simulador/Respuesta.h"

#include <chrono>

namespace pagos
{

namespace
{

/// What the simulated bank knows of a payment, when it is asked in memory.
Resultado told(const std::optional<Operacion>& operacion)
{
    Resultado out;
    out.isComplete =
        !operacion || operacion->fase == Operacion::Fase::Hecha || operacion->fase == Operacion::Fase::Rechazada;
    if (!operacion) return out;
    for (const auto& m : operacion->movimientos)
        out.sucesos.push_back(RedsysConector::movement(m.tipo, m.importe, m.codigo));
    if (!operacion->movimientos.empty())
        out.prueba = RedsysConector::proofOf(MerchantParameters::of(autenticada(*operacion)));
    return out;
}

/// Bizum knows no money that is only held.
bool isManual(zoco::Host& host) { return host.config().text("captura") == "manual"; }

} // namespace

PagosPlugin::Simulado::Simulado(zoco::Host& host)
    : libro([&crypto = host.crypto()](std::size_t bytes) { return crypto.random(bytes); }, &nowUs),
      avisador(llaves, host.httpClient(), host.executor(), host.log()),
      simulador(libro, avisador, llaves, host.executor())
{
}

PagosPlugin::Parts::Parts(zoco::Host& host, const Encargos::Conectores& conectores, PagosHandlers::Ajustes ajustes,
                          Cobros::Testigo testigo)
    : data(host.services().find("zoco.data/1")),
      outbox(data, host.crypto()),
      replies(data, host.crypto()),
      pagos(data),
      guardadas(data),
      recibidos(data),
      liquidaciones(data),
      comparados(data),
      pedidos(data),
      encargos(conectores),
      transiciones(
          data, pagos, pedidos, outbox, [this](const std::string& id) { devoluciones.soon(id); }, host.log()),
      resolucion(encargos, pagos, pedidos, transiciones, host.executor(), host.log()),
      avisos(recibidos, host.crypto(), host.log()),
      cobros(data, host.crypto(), encargos, pagos, transiciones, resolucion, avisos, std::move(testigo), host.log()),
      verificacion(
          host.services().find(zoco::kAuthService),
          {host.config().integer("verificar_desde"), host.config().integer("autenticacion_reciente_s") * 1'000'000}),
      devoluciones(cobros, pagos, host.executor(), host.log()),
      cuadre(comparados, liquidaciones, host.config().integer("sin_respuesta_s") * 1'000'000),
      ordenes(cobros, pagos, guardadas, cuadre, host.executor(), host.log()),
      handlers(cobros, ordenes, verificacion, pagos, pedidos, replies, host.crypto(), std::move(ajustes)),
      gestion(recibidos, liquidaciones, cuadre, encargos, host.crypto()),
      conciliacion(resolucion, devoluciones, ordenes, pagos, guardadas, cuadre, avisos, host.executor(), host.log(),
                   std::chrono::seconds(host.config().integer("conciliacion_s")),
                   std::chrono::seconds(host.config().integer("sin_respuesta_s")))
{
}

void PagosPlugin::init(zoco::Host& host)
{
    _ajustes.paginaRetorno = host.config().text("pagina_retorno");
    const auto redsys = RedsysAjustes::read(host.config());
    const auto simulated = host.config().text("simulador");
    if (simulated == "true" || (simulated == "auto" && !redsys)) addSimulated(host);
    if (redsys) addRedsys(host, *redsys);
    host.events().subscribe("pedidos.reembolsar", zoco::Delivery::Competing,
                            [this](const zoco::Event& event) { _parts.value().ordenes.onRefund(event); });
    host.events().subscribe("pedidos.cambiado", zoco::Delivery::Competing,
                            [this](const zoco::Event& event) { _parts.value().ordenes.onOrderChanged(event); });
    addRoutes(host.http(), [this]() -> const PagosHandlers& { return _parts.value().handlers; });
    addStaffRoutes(host.http(), [this]() -> const GestionHandlers& { return _parts.value().gestion; });
}

void PagosPlugin::addSimulated(zoco::Host& host)
{
    _simulado.emplace(host);
    _simulado->simulador.addRoutes(host.http());
    host.log().warning("the simulated payment service is on: test cards pay for orders");
    const RedsysConector::Ajustes ajustes{.comercio = std::string(Libro::kComercio),
                                          .terminal = Libro::kTerminal,
                                          .takesCard = true,
                                          .aviso = std::string(Avisador::kInside)};
    _conectores.emplace("simulador",
                        std::make_unique<RedsysConector>(
                            ajustes,
                            RedsysConector::Claves{_simulado->llaves.of(SignatureVersion::HmacSha256V1),
                                                   _simulado->llaves.of(SignatureVersion::HmacSha256V1)},
                            [this](const Encargo& encargo, const std::string& body) -> zoco::Result<std::string>
                            {
                                auto answer = _simulado->simulador.transact(
                                    body, encargo.base + std::string(Simulador::kRoot) + "/reto");
                                if (_simulado->avisador.nextAnswer().second)
                                    return zoco::Problem::fromStatus(ZOCO_E_UNKNOWN_OUTCOME);
                                return answer;
                            },
                            [this](const Encargo& encargo) { return told(_simulado->libro.copyOf(encargo.numero)); }));
    _ajustes.medios.push_back({"simulador", "simulador", {}, isManual(host)});
}

void PagosPlugin::addRedsys(zoco::Host& host, const RedsysAjustes& ajustes)
{
    _conectores.emplace(
        "redsys", std::make_unique<RedsysConector>(RedsysConector::Ajustes{.comercio = ajustes.comercio,
                                                                           .terminal = ajustes.terminal,
                                                                           .pagina = ajustes.url + "/sis/realizarPago"},
                                                   ajustes.claves, restOver(host.httpClient(), ajustes),
                                                   queriesOver(host.httpClient(), ajustes)));
    _ajustes.medios.push_back({"redsys", "redsys", {}, isManual(host)});
    _ajustes.medios.push_back({"bizum", "redsys", "bizum"});
}

void PagosPlugin::start(zoco::Host& host)
{
    Cobros::Testigo testigo;
    if (_simulado)
        testigo = {[this](const std::string& numero) { _simulado->avisador.hold(numero); },
                   [this](const std::string& numero) { _simulado->avisador.release(numero); }};
    _parts.emplace(host, _conectores, _ajustes, std::move(testigo));
    if (_simulado)
        _simulado->avisador.deliverInside(
            [this](const std::string& body)
            { (void)_parts.value().cobros.notify({}, "simulador", "application/x-www-form-urlencoded", body); });
    _parts->conciliacion.begin();
}

} // namespace pagos

ZOCO_PLUGIN(pagos::PagosPlugin, .id = "pagos", .version = "0.1.0", .needs = {"zoco.data/1", "zoco.pedidos/1"},
            .uses = {"zoco.auth/1"});
