#include "Ajustes.h"

#include "Reloj.h"

#include <algorithm>
#include <thread>

namespace usuarios
{

namespace
{

/// Half of the processors is left to those who look at products.
std::size_t halfOfProcessors() { return std::max(1u, std::thread::hardware_concurrency() / 2); }

} // namespace

Ajustes::Ajustes(const zoco::Config& config)
    : tienda(config.text("tienda")),
      sesionMaxima(secondsUs(config.integer("sesion_maxima_s"))),
      sesionInactiva(secondsUs(config.integer("sesion_inactiva_s"))),
      autenticacionReciente(secondsUs(config.integer("autenticacion_reciente_s"))),
      fichaVerificacion(secondsUs(config.integer("ficha_verificacion_s"))),
      fichaClave(secondsUs(config.integer("ficha_clave_s"))),
      fichaDatos(secondsUs(config.integer("ficha_datos_s"))),
      intentosCuenta(config.integer("intentos_cuenta")),
      intentosDireccion(config.integer("intentos_direccion")),
      esperaMaxima(secondsUs(config.integer("espera_maxima_s"))),
      conservarSinClave(daysUs(config.integer("conservar_sin_clave_dias"))),
      conservarInactivas(daysUs(config.integer("conservar_inactivas_dias"))),
      conservarAuditoria(daysUs(config.integer("conservar_auditoria_dias"))),
      coste{static_cast<std::uint32_t>(config.integer("hash_memoria_kib")),
            static_cast<std::uint32_t>(config.integer("hash_pasadas")), 1},
      hashesALaVez(static_cast<std::size_t>(config.integer("hashes_a_la_vez"))),
      hashesEnCola(static_cast<std::size_t>(config.integer("hashes_en_cola")))
{
    if (const auto file = config.text("externo_file"); !file.empty()) proveedores = readProviders(std::string(file));
    if (hashesALaVez == 0) hashesALaVez = halfOfProcessors();
}

} // namespace usuarios
