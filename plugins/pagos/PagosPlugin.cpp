#include "PagosPlugin.h"

#include "PagosRoutes.h"
#include "Reloj.h"
#include "redsys/RedsysConector.h"

#include <chrono>

namespace pagos
{

namespace
{

/// What the simulated bank knows of a payment; it is asked in memory, since Redsys's three paths have no question.
Resultado told(const std::optional<Operacion>& operacion)
{
    Resultado out;
    out.isComplete =
        !operacion || operacion->fase == Operacion::Fase::Hecha || operacion->fase == Operacion::Fase::Rechazada;
    if (!operacion) return out;
    for (const auto& m : operacion->movimientos)
        out.sucesos.push_back(RedsysConector::movement(m.tipo, m.importe, m.codigo));
    return out;
}

} // namespace

PagosPlugin::Simulado::Simulado(zoco::Host& host)
    : key(SigningKey::parse(SignatureVersion::HmacSha256V1, Banco::kClave).value()),
      banco([&crypto = host.crypto()](std::size_t bytes) { return crypto.random(bytes); }, &nowUs),
      avisador(key, host.httpClient(), host.executor(), host.log()),
      simulador(banco, avisador, key, host.executor())
{
}

PagosPlugin::Parts::Parts(zoco::Host& host, const Cobros::Conectores& conectores, PagosHandlers::Ajustes ajustes)
    : data(host.services().find("zoco.data/1")),
      outbox(data, host.crypto()),
      replies(data, host.crypto()),
      pagos(data),
      pedidos(data),
      transiciones(data, pagos, pedidos, outbox, host.log()),
      cobros(data, host.crypto(), host.executor(), conectores, pagos, pedidos, transiciones, host.log()),
      handlers(cobros, pagos, pedidos, replies, host.crypto(), std::move(ajustes)),
      conciliacion(cobros, pagos, host.executor(), host.log(),
                   std::chrono::seconds(host.config().integer("conciliacion_s")),
                   std::chrono::seconds(host.config().integer("sin_respuesta_s")))
{
}

void PagosPlugin::init(zoco::Host& host)
{
    _ajustes.paginaRetorno = host.config().text("pagina_retorno");
    if (host.config().boolean("simulador")) addSimulated(host);
    addRoutes(host.http(), [this]() -> const PagosHandlers& { return _parts.value().handlers; });
}

void PagosPlugin::addSimulated(zoco::Host& host)
{
    _simulado.emplace(host);
    _simulado->simulador.addRoutes(host.http());
    host.log().warning("the simulated payment service is on: test cards pay for orders");
    const RedsysConector::Ajustes ajustes{.comercio = std::string(Banco::kComercio),
                                          .terminal = Banco::kTerminal,
                                          .takesCard = true,
                                          .aviso = std::string(Avisador::kInside)};
    _conectores.emplace("simulador",
                        std::make_unique<RedsysConector>(
                            ajustes, _simulado->key,
                            [this](const Encargo& encargo, const std::string& body) -> zoco::Result<std::string>
                            {
                                auto answer = _simulado->simulador.transact(
                                    body, encargo.base + std::string(Simulador::kRoot) + "/reto");
                                if (_simulado->avisador.nextAnswer().second)
                                    return zoco::Problem::fromStatus(ZOCO_E_UNKNOWN_OUTCOME);
                                return answer;
                            },
                            [this](const Encargo& encargo) { return told(_simulado->banco.find(encargo.numero)); }));
    _ajustes.medios.push_back({"simulador", "simulador"});
}

void PagosPlugin::start(zoco::Host& host)
{
    _parts.emplace(host, _conectores, _ajustes);
    if (_simulado)
        _simulado->avisador.deliverInside(
            [this](const std::string& body)
            { (void)_parts.value().cobros.notify({}, "simulador", "application/x-www-form-urlencoded", body); });
    _parts->conciliacion.begin();
}

} // namespace pagos

ZOCO_PLUGIN(pagos::PagosPlugin, .id = "pagos", .version = "0.1.0", .needs = {"zoco.data/1", "zoco.pedidos/1"});
