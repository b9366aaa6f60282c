#include "Banco.h"

#include "zoco/Json.h"

namespace pagos
{

namespace
{

constexpr int kNeedsSca = 195;

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

Respuesta Banco::initiate(const MerchantParameters& p) const
{
    if (auto fault = Libro::faultOf(p); !fault.empty()) return {std::move(fault)};
    const auto trato = tratoDe(p["pan"], monthYear(p["expirydate"]), "000", 0, 0);
    Respuesta out;
    out.valores = {{"Ds_Order", std::string(p["order"])},
                   {"Ds_MerchantCode", std::string(Libro::kComercio)},
                   {"Ds_Terminal", "001"},
                   {"Ds_TransactionType", std::string(p["transactiontype"])},
                   {"Ds_Card_PSD2", trato.respuesta == 0 || trato.isChallenged ? "Y" : "N"},
                   {"Ds_EMV3DS", object({{"protocolVersion", "2.2.0"},
                                         {"threeDSServerTransID", _libro.newTransaction()},
                                         {"threeDSInfo", "CardConfiguration"}})}};
    return out;
}

Respuesta Banco::transact(const MerchantParameters& p, std::string_view acs, std::string_view firma)
{
    if (auto fault = Libro::faultOf(p); !fault.empty()) return {std::move(fault)};
    const auto tipo = p.number("transactiontype").value_or(-1);
    const auto lock = _libro.lock();
    if (tipo == 0 || tipo == 1) return pay(p, acs, firma);
    if (tipo == 2 || tipo == 3 || tipo == 9) return change(p, static_cast<int>(tipo), firma);
    return {"SIS0023"};
}

Respuesta Banco::pay(const MerchantParameters& p, std::string_view acs, std::string_view firma)
{
    const auto info = textMember(p["emv3ds"], "threeDSInfo");
    if (auto* known = _libro.find(p["order"]); known != nullptr)
    {
        auto& o = *known;
        if (o.fase != Operacion::Fase::Reto || info != "ChallengeResponse" || o.importe != p.number("amount"))
            return {"SIS0051"};
        const bool isRight = o.isProbada && textMember(p["emv3ds"], "cres") == o.sesion;
        _libro.decide(o, isRight ? o.trato.respuesta : kNotAuthenticated);
        return decidida(_libro, o);
    }
    auto& o = _libro.keep(_libro.made(p));
    o.firma = firma;
    o.tarjeta = enmascarada(p["pan"]);
    o.trato = tratoDe(p["pan"], monthYear(p["expirydate"]), p["cvv2"], o.importe, _libro.month());
    if (!o.trato.isChallenged || info != "AuthenticationData" || o.urlReto.empty())
    {
        _libro.decide(o, o.trato.isChallenged ? kNeedsSca : o.trato.respuesta);
        return decidida(_libro, o);
    }
    o.fase = Operacion::Fase::Reto;
    Respuesta out;
    out.valores = {{"Ds_Order", o.numero},
                   {"Ds_MerchantCode", std::string(Libro::kComercio)},
                   {"Ds_Terminal", "001"},
                   {"Ds_TransactionType", std::to_string(o.tipo)},
                   {"Ds_EMV3DS", object({{"threeDSInfo", "ChallengeRequest"},
                                         {"protocolVersion", "2.2.0"},
                                         {"acsURL", acs},
                                         {"creq", o.sesion}})}};
    return out;
}

/// Captures, refunds, cancels.
Respuesta Banco::change(const MerchantParameters& p, int tipo, std::string_view firma)
{
    auto* known = _libro.find(p["order"]);
    if (known == nullptr) return {tipo == 2 ? "SIS0059" : tipo == 3 ? "SIS0054" : "SIS0223"};
    auto& o = *known;
    const auto importe = p.number("amount").value_or(0);
    const auto captured = o.sumOf(0) + o.sumOf(2);
    if (o.fase != Operacion::Fase::Hecha) return {tipo == 2 ? "SIS0061" : tipo == 3 ? "SIS0056" : "SIS0223"};
    if (tipo != 3 && o.sumOf(1) == 0) return {tipo == 2 ? "SIS0059" : "SIS0223"};
    if (tipo != 3 && o.sumOf(9) > 0) return {tipo == 2 ? "SIS0061" : "SIS0222"};
    if (tipo == 2 && importe > o.sumOf(1) - captured) return {captured > 0 ? "SIS0060" : "SIS0062"};
    if (tipo == 3 && importe > captured - o.sumOf(3)) return {captured == 0 ? "SIS0056" : "SIS0057"};
    if (tipo == 9 && importe != o.sumOf(1) - captured) return {"SIS0223"};
    o.movimientos.push_back({tipo, importe, _libro.newCode()});
    auto out =
        movida(_libro, o, tipo, importe, o.movimientos.back().codigo, tipo == 9 ? Libro::kCancelled : Libro::kDone);
    if (out.aviso) out.aviso->firma = firma;
    return out;
}

std::vector<Valores> Banco::query(std::string_view numero) const
{
    const auto operacion = _libro.copyOf(numero);
    return operacion ? consultada(*operacion) : std::vector<Valores>();
}

} // namespace pagos
