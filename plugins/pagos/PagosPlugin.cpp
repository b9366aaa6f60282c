#include "PagosPlugin.h"

#include <chrono>

namespace pagos
{

namespace
{

std::int64_t nowUs() noexcept
{
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

} // namespace

PagosPlugin::Simulado::Simulado(zoco::Host& host)
    : key(SigningKey::parse(SignatureVersion::HmacSha256V1, Banco::kClave).value()),
      banco([&crypto = host.crypto()](std::size_t bytes) { return crypto.random(bytes); }, &nowUs),
      avisador(key, host.httpClient(), host.executor(), host.log()),
      simulador(banco, avisador, key, host.executor())
{
}

void PagosPlugin::init(zoco::Host& host)
{
    if (!host.config().boolean("simulador")) return;
    _simulado.emplace(host);
    _simulado->simulador.addRoutes(host.http());
    host.log().warning("the simulated payment service is on: test cards pay for orders");
}

} // namespace pagos

ZOCO_PLUGIN(pagos::PagosPlugin, .id = "pagos", .version = "0.1.0");
