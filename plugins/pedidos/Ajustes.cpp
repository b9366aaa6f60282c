#include "Ajustes.h"

#include "Reloj.h"

#include <algorithm>
#include <stdexcept>

namespace pedidos
{

Ajustes::Ajustes(const zoco::Config& config)
    : moneda(config.text("moneda")),
      reserva(secondsUs(config.integer("reserva_s"))),
      carrito(secondsUs(config.integer("carrito_s"))),
      desistimiento(config.integer("desistimiento_dias")),
      envios{{"estandar", "Envío estándar", TablaEnvio::parse(config.text("envio_estandar"))},
             {"urgente", "Envío urgente", TablaEnvio::parse(config.text("envio_urgente"))}},
      tienda(config.text("tienda")),
      ganchosEspera(secondsUs(config.integer("ganchos_espera_s"))),
      ganchosLocales(config.boolean("ganchos_locales")),
      emisor{std::string(config.text("emisor_nombre")), std::string(config.text("emisor_nif")),
             std::string(config.text("emisor_direccion"))},
      fuente(config.text("factura_fuente"))
{
    const bool isCode =
        moneda.size() == 3 && std::all_of(moneda.begin(), moneda.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    if (!isCode) throw std::invalid_argument("moneda must be the three capital letters of a currency");
}

} // namespace pedidos
