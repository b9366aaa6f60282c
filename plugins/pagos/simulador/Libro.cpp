#include "Libro.h"

#include "text/Base64.h"

#include <algorithm>
#include <ctime>

namespace pagos
{

namespace
{

constexpr std::size_t kMost = 10'000;

bool isDigits(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

std::string Libro::faultOf(const MerchantParameters& p)
{
    const auto order = p["order"];
    if (p["merchantcode"] != kComercio || p.number("terminal") != kTerminal) return "SIS0026";
    if (order.size() < 4 || order.size() > 12) return "SIS0075";
    if (!isDigits(order.substr(0, 4))) return "SIS0076";
    if (p.number("amount").value_or(0) < 1) return "SIS0018";
    if (p.number("currency").value_or(0) < 1) return "SIS0015";
    if (!p.number("transactiontype")) return "SIS0022";
    return {};
}

int Libro::month() const
{
    const auto seconds = static_cast<std::time_t>(_now() / 1'000'000);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    return (parts.tm_year + 1900) * 100 + parts.tm_mon + 1;
}

std::string Libro::newCode() { return std::to_string(_code = _code < 999'999 ? _code + 1 : 100'000); }

std::string Libro::newTransaction() const { return base64(_random(16), Alphabet::Base64UrlBare); }

Operacion Libro::made(const MerchantParameters& p) const
{
    Operacion out;
    out.numero = p["order"];
    out.importe = p.number("amount").value_or(0);
    out.moneda = p["currency"];
    out.tipo = static_cast<int>(p.number("transactiontype").value_or(0));
    out.datos = p["merchantdata"];
    out.urlAviso = p["merchanturl"];
    out.urlOk = p["urlok"];
    out.urlKo = p["urlko"];
    out.urlReto = textMember(p["emv3ds"], "notificationURL");
    out.transaccion = newTransaction();
    out.transaccionDs = newTransaction();
    out.sesion = base64(_random(24), Alphabet::Base64UrlBare);
    return out;
}

Operacion& Libro::keep(Operacion operacion)
{
    if (_age.size() >= kMost)
    {
        const auto oldest = _operaciones.find(_age.front());
        _sesiones.erase(oldest->second.sesion);
        _operaciones.erase(oldest);
        _age.pop_front();
    }
    _age.push_back(operacion.numero);
    _sesiones[operacion.sesion] = operacion.numero;
    return _operaciones[_age.back()] = std::move(operacion);
}

Operacion* Libro::find(std::string_view numero)
{
    const auto found = _operaciones.find(numero);
    return found == _operaciones.end() ? nullptr : &found->second;
}

Operacion* Libro::bySession(std::string_view sesion)
{
    const auto found = _sesiones.find(sesion);
    return found == _sesiones.end() ? nullptr : find(found->second);
}

void Libro::decide(Operacion& operacion, int respuesta)
{
    operacion.respuesta = respuesta;
    operacion.fase = respuesta == kAuthorized ? Operacion::Fase::Hecha : Operacion::Fase::Rechazada;
    if (respuesta == kAuthorized) operacion.movimientos.push_back({operacion.tipo, operacion.importe, newCode()});
}

std::optional<Operacion> Libro::copyOf(std::string_view numero) const
{
    const std::lock_guard lock(_mutex);
    const auto found = _operaciones.find(numero);
    if (found == _operaciones.end()) return std::nullopt;
    return found->second;
}

std::vector<Operacion> Libro::all() const
{
    const std::lock_guard lock(_mutex);
    std::vector<Operacion> out;
    for (const auto& numero : _age) out.push_back(_operaciones.find(numero)->second);
    return out;
}

} // namespace pagos
