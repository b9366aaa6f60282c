#include "Ventanilla.h"

namespace pagos
{

namespace
{

constexpr int kByTheBuyer = 9915;

Ventanilla::Paso stepOf(const Operacion& o)
{
    using Clase = Ventanilla::Paso::Clase;
    Ventanilla::Paso out;
    out.sesion = o.sesion;
    out.importe = o.importe;
    out.numero = o.numero;
    out.firma = o.firma;
    out.url = o.isRedirection() ? o.urlOk : o.urlReto;
    if (o.fase == Operacion::Fase::Pagina) out.clase = Clase::Tarjeta;
    if (o.fase == Operacion::Fase::Reto) out.clase = Clase::Reto;
    return out;
}

} // namespace

/// The bank has decided: back to the shop with what it is told too.
Ventanilla::Paso Ventanilla::done(const Operacion& o) const
{
    auto answer = decidida(_libro, o);
    auto out = stepOf(o);
    out.clase = Paso::Clase::Vuelta;
    out.url = o.fase == Operacion::Fase::Hecha ? o.urlOk : o.urlKo;
    out.valores = std::move(answer.valores);
    out.aviso = std::move(answer.aviso);
    return out;
}

zoco::Result<Ventanilla::Paso> Ventanilla::begin(const MerchantParameters& p, std::string_view firma)
{
    const auto refused = [](std::string code) {
        return zoco::Problem{400, "peticion-no-valida", "The payment service does not take this", code, {}};
    };
    if (auto fault = Libro::faultOf(p); !fault.empty()) return refused(std::move(fault));
    const auto tipo = p.number("transactiontype").value_or(-1);
    if (tipo != 0 && tipo != 1) return refused("SIS0023");
    const auto lock = _libro.lock();
    if (const auto* known = _libro.find(p["order"]); known != nullptr)
    {
        if (known->fase == Operacion::Fase::Pagina && known->importe == p.number("amount"))
            return stepOf(*known); // the buyer comes again
        return refused("SIS0051");
    }
    auto operacion = _libro.made(p);
    operacion.urlReto.clear();
    operacion.firma = firma;
    return stepOf(_libro.keep(std::move(operacion)));
}

Ventanilla::Paso Ventanilla::card(std::string_view sesion, const Tarjeta& tarjeta)
{
    const auto lock = _libro.lock();
    auto* o = _libro.bySession(sesion);
    if (o == nullptr || o->fase != Operacion::Fase::Pagina) return {};
    o->tarjeta = enmascarada(tarjeta.numero);
    o->trato = tratoDe(tarjeta.numero, tarjeta.caducidad, tarjeta.cvv, o->importe, _libro.month());
    if (o->trato.isChallenged)
    {
        o->fase = Operacion::Fase::Reto;
        return stepOf(*o);
    }
    _libro.decide(*o, o->trato.respuesta);
    return done(*o);
}

Ventanilla::Paso Ventanilla::code(std::string_view sesion, std::string_view codigo)
{
    const auto lock = _libro.lock();
    auto* o = _libro.bySession(sesion);
    if (o == nullptr || o->fase != Operacion::Fase::Reto) return {};
    o->isProbada = codigo == kCodigo && !o->trato.isAlwaysRefused;
    if (!o->isRedirection()) // the shop finishes it
    {
        auto out = stepOf(*o);
        out.clase = Paso::Clase::Vuelta;
        out.url = o->urlReto;
        out.cres = o->sesion;
        return out;
    }
    _libro.decide(*o, o->isProbada ? o->trato.respuesta : kNotAuthenticated);
    return done(*o);
}

Ventanilla::Paso Ventanilla::abandon(std::string_view sesion)
{
    const auto lock = _libro.lock();
    auto* o = _libro.bySession(sesion);
    const bool isOpen =
        o != nullptr && o->isRedirection() && (o->fase == Operacion::Fase::Pagina || o->fase == Operacion::Fase::Reto);
    if (!isOpen) return {};
    _libro.decide(*o, kByTheBuyer);
    auto out = done(*o);
    out.url = o->urlKo;
    return out;
}

Ventanilla::Paso Ventanilla::at(std::string_view sesion) const
{
    const auto lock = _libro.lock();
    const auto* o = _libro.bySession(sesion);
    return o == nullptr ? Paso() : stepOf(*o);
}

} // namespace pagos
