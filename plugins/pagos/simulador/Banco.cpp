#include "Banco.h"

#include "redsys/MerchantParameters.h"
#include "text/Base64.h"
#include "zoco/Json.h"

#include <algorithm>
#include <ctime>

namespace pagos
{

namespace
{

constexpr std::size_t kMost = 10'000;
constexpr int kAuthorized = 0;
constexpr int kDone = 900; ///< capture and refund
constexpr int kCancelled = 400;
constexpr int kNotAuthenticated = 184;
constexpr int kNeedsSca = 195;
constexpr int kByTheBuyer = 9915;

bool isDigits(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string fourDigits(int number)
{
    auto out = std::to_string(number);
    return out.size() < 4 ? std::string(4 - out.size(), '0') + out : out;
}

/// "MM/AA" of Redsys's "AAMM".
std::string monthYear(std::string_view yearMonth)
{
    if (yearMonth.size() != 4) return {};
    return std::string(yearMonth.substr(2)) + '/' + std::string(yearMonth.substr(0, 2));
}

std::string object(std::initializer_list<std::pair<std::string_view, std::string_view>> members)
{
    std::string out;
    zoco::JsonWriter writer(out);
    writer.beginObject();
    for (const auto& [name, value] : members) writer.member(name, value);
    writer.endObject();
    return out;
}

} // namespace

int Banco::month() const
{
    const auto seconds = static_cast<std::time_t>(_now() / 1'000'000);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    return (parts.tm_year + 1900) * 100 + parts.tm_mon + 1;
}

std::string Banco::newCode() { return std::to_string(_code = _code < 999'999 ? _code + 1 : 100'000); }

/// The first thing that is wrong with a payment, as Redsys numbers it.
std::string Banco::faultOf(const MerchantParameters& p) const
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

Operacion Banco::made(const MerchantParameters& p) const
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
    out.sesion = base64(_random(24), Alphabet::Base64UrlBare);
    return out;
}

Operacion& Banco::keep(Operacion operacion)
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

Operacion* Banco::bySession(std::string_view sesion)
{
    const auto found = _sesiones.find(sesion);
    return found == _sesiones.end() ? nullptr : &_operaciones.find(found->second)->second;
}

void Banco::decide(Operacion& operacion, int respuesta)
{
    operacion.respuesta = respuesta;
    operacion.fase = respuesta == kAuthorized ? Operacion::Fase::Hecha : Operacion::Fase::Rechazada;
    if (respuesta == kAuthorized) operacion.movimientos.push_back({operacion.tipo, operacion.importe, newCode()});
}

Notificacion Banco::noticeOf(const Operacion& operacion, const Valores& valores) const
{
    Notificacion out{operacion.urlAviso, operacion.numero, {}};
    const auto seconds = static_cast<std::time_t>(_now() / 1'000'000);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    char date[24];
    char hour[16];
    (void)std::strftime(date, sizeof date, "%d%%2F%m%%2F%Y", &parts); // percent-encoded, as Redsys does
    (void)std::strftime(hour, sizeof hour, "%H%%3A%M", &parts);
    out.valores = {{"Ds_Date", date}, {"Ds_Hour", hour}};
    out.valores.insert(out.valores.end(), valores.begin(), valores.end());
    return out;
}

Banco::Respuesta Banco::changed(const Operacion& o, int tipo, std::int64_t importe, std::string codigo,
                                int respuesta) const
{
    Respuesta out;
    out.valores = {{"Ds_Order", o.numero},
                   {"Ds_MerchantCode", std::string(kComercio)},
                   {"Ds_Terminal", "001"},
                   {"Ds_Amount", std::to_string(importe)},
                   {"Ds_Currency", o.moneda},
                   {"Ds_Response", fourDigits(respuesta)},
                   {"Ds_AuthorisationCode", std::move(codigo)},
                   {"Ds_TransactionType", std::to_string(tipo)},
                   {"Ds_SecurePayment", o.isProbada ? "1" : "0"},
                   {"Ds_MerchantData", o.datos},
                   {"Ds_Card_Number", o.tarjeta},
                   {"Ds_ProcessedPayMethod", "1"}};
    if (!o.urlAviso.empty()) out.aviso = noticeOf(o, out.valores);
    return out;
}

Banco::Respuesta Banco::answered(const Operacion& o) const
{
    return changed(o, o.tipo, o.importe, o.movimientos.empty() ? std::string() : o.movimientos.front().codigo,
                   o.respuesta);
}

Banco::Respuesta Banco::initiate(const MerchantParameters& p) const
{
    if (auto fault = faultOf(p); !fault.empty()) return {std::move(fault)};
    const auto trato = tratoDe(p["pan"], monthYear(p["expirydate"]), "000", 0, 0);
    const auto transaction = base64(_random(16), Alphabet::Base64UrlBare);
    Respuesta out;
    out.valores = {{"Ds_Order", std::string(p["order"])},
                   {"Ds_MerchantCode", std::string(kComercio)},
                   {"Ds_Terminal", "001"},
                   {"Ds_TransactionType", std::string(p["transactiontype"])},
                   {"Ds_Card_PSD2", trato.respuesta == 0 || trato.isChallenged ? "Y" : "N"},
                   {"Ds_EMV3DS", object({{"protocolVersion", "2.2.0"},
                                         {"threeDSServerTransID", transaction},
                                         {"threeDSInfo", "CardConfiguration"}})}};
    return out;
}

Banco::Respuesta Banco::transact(const MerchantParameters& p, std::string_view acs)
{
    if (auto fault = faultOf(p); !fault.empty()) return {std::move(fault)};
    const auto tipo = p.number("transactiontype").value_or(-1);
    const std::lock_guard lock(_mutex);
    if (tipo == 0 || tipo == 1) return pay(p, acs);
    if (tipo == 2 || tipo == 3 || tipo == 9) return change(p, static_cast<int>(tipo));
    return {"SIS0023"};
}

Banco::Respuesta Banco::pay(const MerchantParameters& p, std::string_view acs)
{
    const auto info = textMember(p["emv3ds"], "threeDSInfo");
    if (const auto known = _operaciones.find(p["order"]); known != _operaciones.end())
    {
        auto& o = known->second;
        if (o.fase != Operacion::Fase::Reto || info != "ChallengeResponse" || o.importe != p.number("amount"))
            return {"SIS0051"};
        const bool isRight = o.isProbada && textMember(p["emv3ds"], "cres") == o.sesion;
        decide(o, isRight ? o.trato.respuesta : kNotAuthenticated);
        return answered(o);
    }
    auto& o = keep(made(p));
    o.tarjeta = enmascarada(p["pan"]);
    o.trato = tratoDe(p["pan"], monthYear(p["expirydate"]), p["cvv2"], o.importe, month());
    if (!o.trato.isChallenged || info != "AuthenticationData" || o.urlReto.empty())
    {
        decide(o, o.trato.isChallenged ? kNeedsSca : o.trato.respuesta);
        return answered(o);
    }
    o.fase = Operacion::Fase::Reto;
    Respuesta out;
    out.valores = {{"Ds_Order", o.numero},
                   {"Ds_MerchantCode", std::string(kComercio)},
                   {"Ds_Terminal", "001"},
                   {"Ds_TransactionType", std::to_string(o.tipo)},
                   {"Ds_EMV3DS", object({{"threeDSInfo", "ChallengeRequest"},
                                         {"protocolVersion", "2.2.0"},
                                         {"acsURL", acs},
                                         {"creq", o.sesion}})}};
    return out;
}

/// Captures, refunds, cancels.
Banco::Respuesta Banco::change(const MerchantParameters& p, int tipo)
{
    const auto known = _operaciones.find(p["order"]);
    if (known == _operaciones.end()) return {tipo == 2 ? "SIS0059" : tipo == 3 ? "SIS0054" : "SIS0223"};
    auto& o = known->second;
    const auto importe = p.number("amount").value_or(0);
    const auto captured = o.sumOf(0) + o.sumOf(2);
    if (o.fase != Operacion::Fase::Hecha) return {tipo == 2 ? "SIS0061" : tipo == 3 ? "SIS0056" : "SIS0223"};
    if (tipo != 3 && o.sumOf(1) == 0) return {tipo == 2 ? "SIS0059" : "SIS0223"};
    if (tipo != 3 && o.sumOf(9) > 0) return {tipo == 2 ? "SIS0061" : "SIS0222"};
    if (tipo == 2 && importe > o.sumOf(1) - captured) return {captured > 0 ? "SIS0060" : "SIS0062"};
    if (tipo == 3 && importe > captured - o.sumOf(3)) return {captured == 0 ? "SIS0056" : "SIS0057"};
    if (tipo == 9 && importe != o.sumOf(1) - captured) return {"SIS0223"};
    o.movimientos.push_back({tipo, importe, newCode()});
    return changed(o, tipo, importe, o.movimientos.back().codigo, tipo == 9 ? kCancelled : kDone);
}

zoco::Result<Banco::Paso> Banco::begin(const MerchantParameters& p)
{
    const auto refused = [](std::string code) {
        return zoco::Problem{400, "peticion-no-valida", "The payment service does not take this", code, {}};
    };
    if (auto fault = faultOf(p); !fault.empty()) return refused(std::move(fault));
    const auto tipo = p.number("transactiontype").value_or(-1);
    if (tipo != 0 && tipo != 1) return refused("SIS0023");
    const std::lock_guard lock(_mutex);
    if (const auto known = _operaciones.find(p["order"]); known != _operaciones.end())
    {
        if (known->second.fase == Operacion::Fase::Pagina && known->second.importe == p.number("amount"))
            return stepOf(known->second); // the buyer comes again
        return refused("SIS0051");
    }
    auto operacion = made(p);
    operacion.urlReto.clear();
    return stepOf(keep(std::move(operacion)));
}

Banco::Paso Banco::stepOf(const Operacion& o) const
{
    Paso out{Paso::Clase::Perdido, o.sesion, o.importe, o.numero, {}, {}, {}, {}};
    out.url = o.isRedirection() ? o.urlOk : o.urlReto;
    if (o.fase == Operacion::Fase::Pagina) out.clase = Paso::Clase::Tarjeta;
    if (o.fase == Operacion::Fase::Reto) out.clase = Paso::Clase::Reto;
    return out;
}

Banco::Paso Banco::card(std::string_view sesion, const Tarjeta& tarjeta)
{
    const std::lock_guard lock(_mutex);
    auto* o = bySession(sesion);
    if (o == nullptr || o->fase != Operacion::Fase::Pagina) return {};
    o->tarjeta = enmascarada(tarjeta.numero);
    o->trato = tratoDe(tarjeta.numero, tarjeta.caducidad, tarjeta.cvv, o->importe, month());
    if (o->trato.isChallenged)
    {
        o->fase = Operacion::Fase::Reto;
        return stepOf(*o);
    }
    decide(*o, o->trato.respuesta);
    auto answer = answered(*o);
    auto out = stepOf(*o);
    out.clase = Paso::Clase::Vuelta;
    out.url = o->fase == Operacion::Fase::Hecha ? o->urlOk : o->urlKo;
    out.valores = std::move(answer.valores);
    out.aviso = std::move(answer.aviso);
    return out;
}

Banco::Paso Banco::code(std::string_view sesion, std::string_view codigo)
{
    const std::lock_guard lock(_mutex);
    auto* o = bySession(sesion);
    if (o == nullptr || o->fase != Operacion::Fase::Reto) return {};
    o->isProbada = codigo == kCodigo && !o->trato.isAlwaysRefused;
    auto out = stepOf(*o);
    out.clase = Paso::Clase::Vuelta;
    if (!o->isRedirection()) // the shop finishes it
    {
        out.url = o->urlReto;
        out.cres = o->sesion;
        return out;
    }
    decide(*o, o->isProbada ? o->trato.respuesta : kNotAuthenticated);
    auto answer = answered(*o);
    out.url = o->fase == Operacion::Fase::Hecha ? o->urlOk : o->urlKo;
    out.valores = std::move(answer.valores);
    out.aviso = std::move(answer.aviso);
    return out;
}

Banco::Paso Banco::abandon(std::string_view sesion)
{
    const std::lock_guard lock(_mutex);
    auto* o = bySession(sesion);
    const bool isOpen =
        o != nullptr && o->isRedirection() && (o->fase == Operacion::Fase::Pagina || o->fase == Operacion::Fase::Reto);
    if (!isOpen) return {};
    decide(*o, kByTheBuyer);
    auto answer = answered(*o);
    auto out = stepOf(*o);
    out.clase = Paso::Clase::Vuelta;
    out.url = o->urlKo;
    out.valores = std::move(answer.valores);
    out.aviso = std::move(answer.aviso);
    return out;
}

Banco::Paso Banco::at(std::string_view sesion) const
{
    const std::lock_guard lock(_mutex);
    const auto found = _sesiones.find(sesion);
    return found == _sesiones.end() ? Paso() : stepOf(_operaciones.find(found->second)->second);
}

std::optional<Operacion> Banco::find(std::string_view numero) const
{
    const std::lock_guard lock(_mutex);
    const auto found = _operaciones.find(numero);
    if (found == _operaciones.end()) return std::nullopt;
    return found->second;
}

} // namespace pagos
