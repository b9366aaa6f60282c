#include "Consulta.h"

#include "text/Xml.h"

#include <charconv>

namespace pagos
{

namespace
{

constexpr const char* kWrongSignature = "XML0023";
constexpr const char* kNoXml = "XML0000";
constexpr std::string_view kFinished = "F";
constexpr std::string_view kEnvelope =
    R"(<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:web="http://webservices.apl02.redsys.es"><soapenv:Body>)";
constexpr std::string_view kEnvelopeEnd = "</soapenv:Body></soapenv:Envelope>";

std::string within(std::string_view tag, std::string_view xml)
{
    return '<' + std::string(tag) + '>' + std::string(xml) + "</" + std::string(tag.substr(0, tag.find(' '))) + '>';
}

} // namespace

std::optional<std::string> Consulta::toSoap(const SigningKey& key) const
{
    const auto monitor =
        within("Monitor", xmlElement("Ds_MerchantCode", comercio) +
                              xmlElement("Ds_Terminal", std::to_string(terminal)) + xmlElement("Ds_Order", numero));
    const auto version = within(R"(Version Ds_Version="0.0")", within("Message", monitor));
    const auto signature = key.sign(numero, version);
    if (!signature) return std::nullopt;
    const auto messages = within("Messages", version + xmlElement("Signature", *signature) +
                                                 xmlElement("SignatureVersion", nameOf(key.version())));
    const auto call = within("web:consultaOperaciones", xmlElement("cadenaXML", messages));
    return std::string(kEnvelope) + call + std::string(kEnvelopeEnd);
}

std::pair<Consulta, std::string> Consulta::fromSoap(std::string_view soap, const SigningKey& key)
{
    const auto messages = xmlText(soap, "cadenaXML");
    const auto version = xmlElements(messages, "Version");
    Consulta out;
    if (version.size() != 1) return {out, kNoXml};
    const auto terminal = xmlText(version.front(), "Ds_Terminal");
    out.comercio = xmlText(version.front(), "Ds_MerchantCode");
    out.numero = xmlText(version.front(), "Ds_Order");
    (void)std::from_chars(terminal.data(), terminal.data() + terminal.size(), out.terminal);
    if (xmlText(messages, "SignatureVersion") != nameOf(key.version()) ||
        !key.verifies(out.numero, version.front(), xmlText(messages, "Signature")))
        return {out, kWrongSignature};
    return {out, {}};
}

std::optional<RespuestaConsulta> RespuestaConsulta::fromSoap(std::string_view soap, const Consulta& pregunta)
{
    const auto messages = xmlText(soap, "consultaOperacionesReturn");
    const auto version = xmlElements(messages, "Version");
    if (version.size() != 1) return std::nullopt;
    RespuestaConsulta out;
    out.error = xmlText(version.front(), "Ds_ErrorCode");
    const auto operaciones = xmlElements(version.front(), "Response");
    if (out.error.empty() && operaciones.empty()) return std::nullopt;
    for (const auto xml : operaciones)
    {
        if (xmlText(xml, "Ds_Order") != pregunta.numero) return std::nullopt;
        if (xmlText(xml, "Ds_State") != kFinished)
        {
            out.hasOpen = true;
            continue;
        }
        Valores valores;
        for (const auto* name :
             {"Ds_Order", "Ds_TransactionType", "Ds_Amount", "Ds_Response", "Ds_AuthorisationCode", "Ds_SecurePayment"})
            valores.emplace_back(name, xmlText(xml, name));
        out.terminadas.push_back(MerchantParameters::of(valores));
    }
    return out;
}

std::string RespuestaConsulta::toSoap(const std::vector<Valores>& operaciones, std::string_view error)
{
    std::string message;
    for (const auto& valores : operaciones)
    {
        std::string xml;
        for (const auto& [name, value] : valores) xml += xmlElement(name, value);
        message += within(R"(Response Ds_Version="0.0")", xml);
    }
    if (!error.empty()) message = within("ErrorMsg", xmlElement("Ds_ErrorCode", error));
    const auto messages = within("Messages", within(R"(Version Ds_Version="0.0")", within("Message", message)));
    const auto answer = within("consultaOperacionesResponse", xmlElement("consultaOperacionesReturn", messages));
    return std::string(kEnvelope) + answer + std::string(kEnvelopeEnd);
}

} // namespace pagos
