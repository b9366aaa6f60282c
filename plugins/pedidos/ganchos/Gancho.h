#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pedidos
{

/// Somebody outside the shop who is told of what becomes of orders: columns of `gancho`.
struct Gancho
{
    std::string id;
    std::string url;
    std::string creador; ///< account
    std::int64_t creado = 0;
    std::string tipos; ///< of events that it is told of, each with commas around it; empty: all
};

/// The kinds of events that there are to be told of.
inline constexpr std::string_view kTiposGancho[] = {"pedidos.cambiado", "pedidos.reembolsar", "pagos.cambiado"};

/// One of them as Gancho::tipos has it.
inline std::string marcaDe(std::string_view tipo) { return ',' + std::string(tipo) + ','; }

/// A try to tell it: columns of `gancho_intentos`.
struct IntentoGancho
{
    std::string entrega;
    std::int64_t momento = 0;
    std::int64_t estado = 0; ///< of HTTP; 0: no answer
    std::string detalle;     ///< why there was none
    std::int64_t ms = 0;
};

/// An event that it is told of: columns of `gancho_entregas`.
struct EntregaGancho
{
    std::string id; ///< the event's
    std::string tipo;
    std::int64_t momento = 0;
    std::string cuerpo; ///< JSON
    std::string estado; ///< "pendiente", "entregada", "fallida"
    std::optional<std::int64_t> proximo;
};

/// One that is due: columns of `gancho_siguiente`.
struct TurnoGancho
{
    std::string id;
    std::string cuerpo;
    std::int64_t intentos = 0; ///< before this one
    std::int64_t proximo = 0;
    std::int64_t hasta = 0; ///< no try after it
    std::string url;
    std::string secreto; ///< sealed
};

} // namespace pedidos
