#include "PorHttp.h"

#include "Consulta.h"

namespace pagos
{

namespace
{

constexpr std::uint32_t kServiceTimeoutMs = 30'000; ///< less than the least sin_respuesta_s of a shop that sells
constexpr std::uint32_t kQueryTimeoutMs = 10'000;

zoco::Result<std::string> post(const zoco::HttpClient& http, zoco::ClientRequest request)
{
    request.method = "POST";
    const auto reply = http.send(request);
    if (!reply.ok()) return reply.problem();
    if (reply->status != 200) return zoco::Problem::fromStatus(ZOCO_E_UNKNOWN_OUTCOME);
    return reply->body;
}

/// A refusal of a capture or a refund is left out: it may be that of an earlier one. What is not there did not happen.
Resultado told(const RespuestaConsulta& respuesta)
{
    Resultado out;
    if (!respuesta.error.empty() && respuesta.error != kNoConsta) return out;
    out.isComplete = !respuesta.hasOpen;
    for (const auto& operacion : respuesta.terminadas)
    {
        auto one = RedsysConector::resultOf(operacion);
        for (auto& suceso : one.sucesos)
            if (suceso.hecho != Hecho::Fallido) out.sucesos.push_back(std::move(suceso));
        if (!one.codigo.empty()) out.codigo = one.codigo;
        if (!one.consejo.empty()) out.consejo = one.consejo;
        if (out.prueba.autorizacion.empty()) out.prueba = one.prueba;
    }
    return out;
}

} // namespace

RedsysConector::Transport restOver(const zoco::HttpClient& http, const RedsysAjustes& ajustes)
{
    return [&http, url = ajustes.url + "/sis/rest/trataPeticionREST"](const Encargo&, const std::string& body)
    {
        zoco::ClientRequest request;
        request.url = url;
        request.headers = {{"Content-Type", "application/json"}};
        request.body = body;
        request.timeoutMs = kServiceTimeoutMs;
        return post(http, std::move(request));
    };
}

RedsysConector::Consulta queriesOver(const zoco::HttpClient& http, const RedsysAjustes& ajustes)
{
    if (!ajustes.claveConsulta) return {};
    return [&http, ajustes](const Encargo& encargo)
    {
        const Consulta pregunta{ajustes.comercio, ajustes.terminal, encargo.numero};
        const auto body = pregunta.toSoap(*ajustes.claveConsulta);
        if (!body) return Resultado();
        zoco::ClientRequest request;
        request.url = ajustes.url + std::string(kConsultaPath);
        request.headers = {{"Content-Type", "text/xml; charset=utf-8"}, {"SOAPAction", "consultaOperaciones"}};
        request.body = *body;
        request.timeoutMs = kQueryTimeoutMs;
        const auto answer = post(http, std::move(request));
        if (!answer.ok()) return Resultado();
        const auto respuesta = RespuestaConsulta::fromSoap(*answer, pregunta);
        return respuesta ? told(*respuesta) : Resultado();
    };
}

} // namespace pagos
