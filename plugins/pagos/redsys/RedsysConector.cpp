#include "RedsysConector.h"

#include "Envelope.h"
#include "MerchantParameters.h"
#include "http/Form.h"
#include "zoco/Json.h"

#include <array>

namespace pagos
{

namespace
{

constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kCurrencies{
    {{"EUR", "978"}, {"USD", "840"}, {"GBP", "826"}}};

constexpr std::size_t kMostOfProof = 64;

std::string currencyOf(std::string_view iso)
{
    for (const auto& [name, number] : kCurrencies)
        if (name == iso) return std::string(number);
    return {};
}

std::string adviceOf(std::int64_t response)
{
    if (response == 172) return "no-reintentar";
    if (response == 173) return "cambiar-datos";
    if (response == 174) return "esperar";
    return {};
}

Orden ordenOf(std::int64_t tipo)
{
    if (tipo == 2) return Orden::Captura;
    if (tipo == 3) return Orden::Reembolso;
    return tipo == 9 ? Orden::Anulacion : Orden::Cobro;
}

Resultado refused(Orden orden, std::string codigo)
{
    Resultado out;
    const auto hecho = orden == Orden::Cobro ? Hecho::Rechazado : Hecho::Fallido;
    out.sucesos.push_back({hecho, orden, 0, {}});
    out.codigo = std::move(codigo);
    return out;
}

std::string authentication(const Encargo& encargo)
{
    std::string out;
    zoco::JsonWriter(out)
        .beginObject()
        .member("threeDSInfo", "AuthenticationData")
        .member("protocolVersion", "2.2.0")
        .member("threeDSCompInd", "N")
        .member("notificationURL", encargo.retorno)
        .endObject();
    return out;
}

} // namespace

Suceso RedsysConector::movement(int tipo, std::int64_t importe, std::string_view codigo)
{
    const auto hecho = tipo == 0 || tipo == 2 ? Hecho::Capturado
                       : tipo == 1            ? Hecho::Autorizado
                       : tipo == 3            ? Hecho::Reembolsado
                                              : Hecho::Anulado;
    return {hecho, ordenOf(tipo), importe, "r:" + std::to_string(tipo) + ':' + std::string(codigo)};
}

/// Notifications have Ds_SecurePayment; the rest comes with the answer of a REST payment, in Ds_EMV3DS or beside it.
Prueba RedsysConector::proofOf(const MerchantParameters& p)
{
    const auto emv = p["emv3ds"];
    const auto of = [&](std::string_view name, const char* inEmv)
    {
        const auto value = p[name];
        return (value.empty() ? textMember(emv, inEmv) : std::string(value)).substr(0, kMostOfProof);
    };
    return {of("securepayment", "securePayment"),
            of("eci", "eci"),
            of("threedsservertransid", "threeDSServerTransID"),
            of("cof_txnid", "dsTransID"),
            of("transstatus", "transStatus"),
            of("authorisationcode", "authorisationCode")};
}

Resultado RedsysConector::resultOf(const MerchantParameters& p)
{
    const auto tipo = p.number("transactiontype").value_or(0);
    const auto response = p.number("response");
    Resultado out;
    if (!response)
    {
        const auto emv = p["emv3ds"];
        if (textMember(emv, "threeDSInfo") != "ChallengeRequest") return out;
        out.accion = Accion{"reto", textMember(emv, "acsURL"), {{"creq", textMember(emv, "creq")}}};
        out.sucesos.push_back({Hecho::Accion, Orden::Cobro, 0, {}});
        return out;
    }
    const bool isPaid = (tipo == 0 || tipo == 1) && *response <= 99;
    const bool isDone = ((tipo == 2 || tipo == 3) && *response == 900) || (tipo == 9 && *response == 400);
    if (isPaid || isDone)
    {
        out.sucesos.push_back(movement(static_cast<int>(tipo), p.number("amount").value_or(0), p["authorisationcode"]));
        out.prueba = proofOf(p);
        return out;
    }
    out = refused(ordenOf(tipo), std::string(p["response"]));
    if (tipo == 0 || tipo == 1) out.sucesos[0].efecto = "r:no:" + out.codigo;
    out.consejo = adviceOf(*response);
    out.prueba = proofOf(p);
    return out;
}

ParametersWriter RedsysConector::parametersOf(const Encargo& encargo, int tipo) const
{
    ParametersWriter out;
    out.add("DS_MERCHANT_AMOUNT", std::to_string(encargo.importe))
        .add("DS_MERCHANT_ORDER", encargo.numero)
        .add("DS_MERCHANT_MERCHANTCODE", _ajustes.comercio)
        .add("DS_MERCHANT_CURRENCY", currencyOf(encargo.moneda))
        .add("DS_MERCHANT_TRANSACTIONTYPE", std::to_string(tipo))
        .add("DS_MERCHANT_TERMINAL", std::to_string(_ajustes.terminal))
        .add("DS_MERCHANT_MERCHANTDATA", encargo.pago);
    const auto& aviso = _ajustes.aviso.empty() ? encargo.aviso : _ajustes.aviso;
    if (!aviso.empty()) out.add("DS_MERCHANT_MERCHANTURL", aviso);
    return out;
}

/// What is certain about an answer that came; the rest is unknown.
zoco::Result<Resultado> RedsysConector::exchange(const Encargo& encargo, const ParametersWriter& writer, Orden orden)
{
    const auto envelope = Envelope::sealed(_claves.rest, encargo.numero, writer);
    if (!envelope) return refused(orden, "numero");
    const auto answer = _transport(encargo, envelope->toJson());
    if (!answer.ok()) return Resultado();
    const auto error = textMember(*answer, "errorCode");
    if (error == "SIS0051") return Resultado(); // it came before: what became of it then is to be asked
    if (!error.empty()) return refused(orden, error);
    const auto received = Envelope::fromJson(*answer);
    if (!received) return Resultado();
    const auto opened = received->open(_claves.rest);
    if (!opened.ok() || (*opened)["order"] != encargo.numero) return Resultado();
    return resultOf(*opened);
}

zoco::Result<Resultado> RedsysConector::create(const Encargo& encargo)
{
    if (currencyOf(encargo.moneda).empty())
        return zoco::Problem{422, "moneda-no-admitida", "The payment service does not take this currency", "", {}};
    auto writer = parametersOf(encargo, encargo.isOnlyAuthorized ? 1 : 0);
    if (encargo.tarjeta)
    {
        const auto& card = *encargo.tarjeta;
        const auto& month = card.caducidad; // "MM/AA"; Redsys wants the year first
        writer.add("DS_MERCHANT_PAN", card.numero)
            .add("DS_MERCHANT_EXPIRYDATE", month.size() == 5 ? month.substr(3) + month.substr(0, 2) : "")
            .add("DS_MERCHANT_CVV2", card.cvv)
            .addJson("DS_MERCHANT_EMV3DS", authentication(encargo));
        return exchange(encargo, writer, Orden::Cobro);
    }
    if (encargo.metodo == "bizum") writer.add("DS_MERCHANT_PAYMETHODS", "z");
    writer.add("DS_MERCHANT_URLOK", encargo.retorno).add("DS_MERCHANT_URLKO", encargo.retorno);
    Resultado out;
    out.accion = Accion{"formulario", _ajustes.pagina,
                        Envelope::sealed(_claves.pagina, encargo.numero, writer).value().fields()};
    out.sucesos.push_back({Hecho::Accion, Orden::Cobro, 0, {}});
    return out;
}

zoco::Result<Resultado> RedsysConector::advance(const Encargo& encargo, const Campos& input)
{
    std::string cres;
    std::string form;
    for (const auto& [name, value] : input)
        if (name == "cres") cres = value;
    if (cres.empty()) // back from the service's pages, with what its notification says too
    {
        const auto aviso = parseNotification("", formOf(input));
        if (!aviso.ok()) return aviso.problem();
        if (aviso->numero != encargo.numero)
            return zoco::Problem{401, "firma-no-valida", "The signature is not right", "", {}};
        return aviso->resultado;
    }
    std::string answer;
    zoco::JsonWriter(answer)
        .beginObject()
        .member("threeDSInfo", "ChallengeResponse")
        .member("protocolVersion", "2.2.0")
        .member("cres", cres)
        .endObject();
    auto writer = parametersOf(encargo, encargo.isOnlyAuthorized ? 1 : 0);
    writer.addJson("DS_MERCHANT_EMV3DS", answer);
    return exchange(encargo, writer, Orden::Cobro);
}

zoco::Result<Resultado> RedsysConector::send(const Encargo& encargo, int tipo, Orden orden)
{
    return exchange(encargo, parametersOf(encargo, tipo), orden);
}

zoco::Result<Resultado> RedsysConector::query(const Encargo& encargo, Orden)
{
    return _consulta ? _consulta(encargo) : Resultado();
}

zoco::Result<Aviso> RedsysConector::parseNotification(std::string_view, std::string_view body) const
{
    const auto envelope = Envelope::fromForm(body);
    if (!envelope) return zoco::Problem{401, "firma-no-valida", "The signature is not right", "", {}};
    const bool isOfRest = envelope->version == nameOf(_claves.rest.version());
    const auto opened = envelope->open(isOfRest ? _claves.rest : _claves.pagina);
    if (!opened.ok()) return opened.problem();
    if ((*opened)["merchantcode"] != _ajustes.comercio || opened->number("terminal") != _ajustes.terminal)
        return zoco::Problem{401, "firma-no-valida", "The signature is not right", "", {}};
    return Aviso{std::string((*opened)["order"]), resultOf(*opened)};
}

std::string RedsysConector::claimedNumber(std::string_view body) const
{
    const auto said = MerchantParameters::read(formField(body, "Ds_MerchantParameters"));
    return said.ok() ? std::string((*said)["order"]) : std::string();
}

} // namespace pagos
