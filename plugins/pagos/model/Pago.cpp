#include "Pago.h"

#include <algorithm>
#include <array>

namespace pagos
{

namespace
{

constexpr std::array<std::string_view, 7> kEstados{"desconocido", "requiere_accion", "autorizado", "capturado",
                                                   "rechazado",   "anulado",         "reembolsado"};

zoco::Problem incoherente()
{
    return {409, "pago-incoherente", "The payment cannot have become so", "", {}, ZOCO_E_CONSTRAINT};
}

zoco::Problem sinRespuesta(Orden orden)
{
    return {409,
            "operacion-pendiente",
            "The outcome of another operation is not known yet",
            "The state is desconocido, because of a " + std::string(nameOf(orden)) + ".",
            {},
            ZOCO_E_GUARD};
}

zoco::Problem prohibida(Orden orden, Estado estado, std::string_view from)
{
    return {409,
            "transicion-prohibida",
            "The payment is not in a state for this",
            "The state is " + std::string(nameOf(estado)) + "; a " + std::string(nameOf(orden)) + " is possible in " +
                std::string(from) + '.',
            {},
            ZOCO_E_GUARD};
}

zoco::Result<void> within(std::int64_t importe, std::int64_t most)
{
    if (importe >= 1 && importe <= most) return {};
    const auto range = "A whole number from 1 to " + std::to_string(most) + ".";
    return zoco::Problem{422, "importe-no-valido", "The amount is not possible", "", {{"/importe", range}}};
}

} // namespace

std::string_view nameOf(Estado estado) noexcept { return kEstados[static_cast<std::size_t>(estado) - 1]; }

Importes Pago::importes() const noexcept
{
    auto out = _sumas;
    out.capturado = std::max({_sumas.capturado, _sumas.reembolsado, _sumas.disputado});
    out.autorizado = std::max(_sumas.autorizado, out.capturado + out.anulado);
    return out;
}

Estado Pago::estado() const noexcept
{
    if (_pendiente || !_isEmpezado) return Estado::Desconocido;
    const auto now = importes();
    if (now.capturado > 0) return now.reembolsable() == 0 ? Estado::Reembolsado : Estado::Capturado;
    if (now.autorizado > 0) return now.retenido() == 0 ? Estado::Anulado : Estado::Autorizado;
    if (_isAnulado) return Estado::Anulado;
    if (_isRechazado) return Estado::Rechazado;
    return _hasAccion ? Estado::RequiereAccion : Estado::Desconocido;
}

bool Pago::isSupuesto() const noexcept
{
    const auto estado = this->estado();
    return _hasAccion && !_isDicho && (estado == Estado::Anulado || estado == Estado::Rechazado);
}

zoco::Result<void> Pago::admits(Orden orden, std::int64_t importe) const
{
    if (_pendiente) return sinRespuesta(_pendiente->orden);
    const auto now = importes();
    const auto estado = this->estado();
    switch (orden)
    {
    case Orden::Cobro:
        if (_isEmpezado) return prohibida(orden, estado, "no payment that has begun");
        return within(importe == _importe ? importe : 0, _importe);
    case Orden::Captura:
        if (now.retenido() == 0) return prohibida(orden, estado, "autorizado");
        return within(importe, now.retenido());
    case Orden::Anulacion:
        if (estado == Estado::RequiereAccion) return {};
        if (now.retenido() == 0) return prohibida(orden, estado, "autorizado, requiere_accion");
        return within(importe, now.retenido());
    case Orden::Reembolso:
        if (now.reembolsable() == 0) return prohibida(orden, estado, "capturado");
        return within(importe, now.reembolsable());
    }
    return incoherente();
}

/// Whether it tells the outcome of what is pending.
bool Pago::answers(const Suceso& s) const noexcept
{
    if (!_pendiente) return false;
    switch (_pendiente->orden)
    {
    case Orden::Cobro:
        return s.hecho == Hecho::Accion || s.hecho == Hecho::Autorizado || s.hecho == Hecho::Capturado ||
               s.hecho == Hecho::Rechazado || s.hecho == Hecho::Anulado;
    case Orden::Captura:
        return (s.hecho == Hecho::Capturado && s.importe == _pendiente->importe) ||
               (s.hecho == Hecho::Fallido && s.orden == Orden::Captura);
    case Orden::Anulacion:
        return (s.hecho == Hecho::Anulado && s.importe == _pendiente->importe) ||
               (s.hecho == Hecho::Fallido && s.orden == Orden::Anulacion);
    case Orden::Reembolso:
        return (s.hecho == Hecho::Reembolsado && s.importe == _pendiente->importe) ||
               (s.hecho == Hecho::Fallido && s.orden == Orden::Reembolso);
    }
    return false;
}

zoco::Result<void> Pago::addMoney(const Suceso& s)
{
    const bool isNothingHeld = s.hecho == Hecho::Anulado && s.importe == 0;
    if (s.importe > _importe || (s.importe < 1 && !isNothingHeld)) return incoherente();
    auto next = *this;
    if (s.hecho == Hecho::Autorizado) next._sumas.autorizado += s.importe;
    if (s.hecho == Hecho::Capturado) next._sumas.capturado += s.importe;
    if (s.hecho == Hecho::Anulado) next._sumas.anulado += s.importe;
    if (s.hecho == Hecho::Reembolsado) next._sumas.reembolsado += s.importe;
    if (s.hecho == Hecho::Disputado) next._sumas.disputado += s.importe;
    if (next.importes().autorizado > _importe) return incoherente();
    _sumas = next._sumas;
    if (!isNothingHeld) _isDicho = true;
    if (s.hecho == Hecho::Anulado) _isAnulado = true;
    return {};
}

zoco::Result<Pago::Aplicado> Pago::apply(const Suceso& s)
{
    if (!s.efecto.empty() && knows(s.efecto)) return Aplicado::Repetido;
    switch (s.hecho)
    {
    case Hecho::Pedido:
        if (const auto may = admits(s.orden, s.importe); !may) return may.problem();
        _pendiente = s;
        break;
    case Hecho::Accion:
        _hasAccion = true;
        break;
    case Hecho::Rechazado:
        _isRechazado = true;
        _isDicho = _isDicho || !s.efecto.empty();
        break;
    case Hecho::Fallido:
        break;
    default:
        if (const auto added = addMoney(s); !added) return added.problem();
    }
    _isEmpezado = true;
    if (s.hecho != Hecho::Pedido && answers(s)) _pendiente.reset();
    if (!s.efecto.empty()) _efectos.insert(s.efecto);
    return Aplicado::Nuevo;
}

} // namespace pagos
