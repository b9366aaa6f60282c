#include "Simulador.h"

#include "Paginas.h"
#include "Resources.h"
#include "http/Form.h"
#include "redsys/Consulta.h"
#include "zoco/Json.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace pagos
{

namespace
{

constexpr std::uint64_t kBodyLimit = 64 * 1024;
constexpr std::uint32_t kTimeoutMs = 90'000; ///< longer than any delay that can be asked for
constexpr const char* kSwitchesRole = "pagos";

std::string errorOf(std::string_view code)
{
    std::string out;
    zoco::JsonWriter(out).beginObject().member("errorCode", code).endObject();
    return out;
}

/// Digits of a card as people type it.
std::string digitsOf(std::string text)
{
    text.erase(std::remove_if(text.begin(), text.end(), [](char c) { return c == ' ' || c == '-'; }), text.end());
    return text;
}

} // namespace

void Simulador::addRoutes(zoco::Http& http)
{
    const auto add =
        [&](const char* method, const char* path, const char* fragment, zoco::RouteOptions options, Call call)
    {
        const std::string text(resource("file", fragment).value_or("{}"));
        options.openapi = text.c_str();
        options.bodyLimit = kBodyLimit;
        const auto pattern = std::string(kRoot) + path;
        http.route(method, pattern.c_str(), options, [this, call](const zoco::Request& r) { return (this->*call)(r); });
    };
    const auto rest = [&](const char* path, const char* fragment, auto answer)
    {
        const std::string text(resource("file", fragment).value_or("{}"));
        const auto pattern = std::string(kRoot) + path;
        const zoco::RouteOptions options{
            .auth = zoco::Auth::Public, .timeoutMs = kTimeoutMs, .bodyLimit = kBodyLimit, .openapi = text.c_str()};
        http.deferred("POST", pattern.c_str(), options,
                      [this, answer](const zoco::Request& request, zoco::Responder responder)
                      { later(std::move(responder), answer(request)); });
    };
    const zoco::RouteOptions open{.auth = zoco::Auth::Public};
    const zoco::RouteOptions staff{.auth = zoco::Auth::Role, .role = kSwitchesRole};
    add("POST", "/sis/realizarPago", "openapi-simulador-pagina.json", open, &Simulador::begin);
    rest("/sis/rest/iniciaPeticionREST", "openapi-simulador-inicia.json",
         [this](const zoco::Request& request) { return zoco::Reply::json(initiate(request.body())); });
    rest("/sis/rest/trataPeticionREST", "openapi-simulador-trata.json",
         [this](const zoco::Request& request)
         {
             const auto acs = std::string(request.publicUrl()).append(kRoot).append("/reto");
             return zoco::Reply::json(transact(request.body(), acs));
         });
    rest(kConsultaPath.data(), "openapi-simulador-consulta.json",
         [this](const zoco::Request& request)
         { return zoco::Reply(200, query(request.body()), "text/xml; charset=utf-8"); });
    add("POST", "/tarjeta", "openapi-simulador-tarjeta.json", open, &Simulador::card);
    add("POST", "/reto", "openapi-simulador-reto.json", open, &Simulador::challenge);
    add("POST", "/abandono", "openapi-simulador-abandono.json", open, &Simulador::abandon);
    add("GET", "/estilo.css", "openapi-simulador-estilo.json", open, &Simulador::style);
    add("GET", "/interruptores", "openapi-simulador-interruptores.json", staff, &Simulador::switches);
    add("GET", "/libro", "openapi-simulador-libro.json", staff, &Simulador::books);
    add("PUT", "/interruptores", "openapi-simulador-cambiar.json", staff, &Simulador::setSwitches);
}

/// The message, once it is signed in one of the ways that Redsys knows.
zoco::Result<MerchantParameters> Simulador::opened(const Envelope& envelope) const
{
    const auto version = signatureVersion(envelope.version);
    return envelope.open(_llaves.of(version.value_or(SignatureVersion::HmacSha256V1)));
}

Envelope Simulador::sealed(const Valores& valores, std::string_view firma) const
{
    ParametersWriter writer;
    std::string numero;
    for (const auto& [name, value] : valores)
    {
        if (name == "Ds_Order") numero = value;
        if (value.starts_with('{'))
            writer.addJson(name, value);
        else
            writer.add(name, value);
    }
    return Envelope::sealed(_llaves.of(signatureVersion(firma).value()), numero, writer).value();
}

std::string Simulador::answered(const Respuesta& respuesta, std::string_view firma) const
{
    if (!respuesta.error.empty()) return errorOf(respuesta.error);
    if (respuesta.aviso) _avisador.send(*respuesta.aviso);
    return sealed(respuesta.valores, firma).toJson();
}

std::string Simulador::initiate(std::string_view body) const
{
    const auto envelope = Envelope::fromJson(body);
    if (!envelope) return errorOf("SIS0430");
    const auto asked = opened(*envelope);
    if (!asked.ok()) return errorOf(asked.problem().status == 401 ? "SIS0042" : "SIS0430");
    return answered(_banco.initiate(*asked), envelope->version);
}

std::string Simulador::transact(std::string_view body, std::string_view acs)
{
    const auto envelope = Envelope::fromJson(body);
    if (!envelope) return errorOf("SIS0430");
    const auto asked = opened(*envelope);
    if (!asked.ok()) return errorOf(asked.problem().status == 401 ? "SIS0042" : "SIS0430");
    return answered(_banco.transact(*asked, acs, envelope->version), envelope->version);
}

std::string Simulador::query(std::string_view soap) const
{
    auto [pregunta, error] = Consulta::fromSoap(soap, _llaves.of(SignatureVersion::HmacSha256V1));
    if (error.empty() && (pregunta.comercio != Libro::kComercio || pregunta.terminal != Libro::kTerminal))
        error = kNoConsta;
    std::vector<Valores> operaciones;
    if (error.empty()) operaciones = _banco.query(pregunta.numero);
    if (error.empty() && operaciones.empty()) error = kNoConsta;
    return RespuestaConsulta::toSoap(operaciones, error);
}

/// Answers when and how the switches say; the effect is there already.
void Simulador::later(zoco::Responder responder, zoco::Reply reply)
{
    const auto [delayMs, isLost] = _avisador.nextAnswer();
    if (isLost) reply = zoco::Reply(zoco::Problem::fromStatus(ZOCO_E_DEADLINE));
    if (delayMs == 0)
    {
        (void)responder.send(reply);
        return;
    }
    (void)_executor.postAfter(std::chrono::milliseconds(delayMs),
                              [to = std::move(responder), reply]() mutable { (void)to.send(reply); });
}

zoco::Reply Simulador::shown(const zoco::Request& request, const Ventanilla::Paso& paso)
{
    using Clase = Ventanilla::Paso::Clase;
    if (paso.aviso && !paso.aviso->url.empty()) _avisador.send(*paso.aviso);
    switch (paso.clase)
    {
    case Clase::Tarjeta:
        return cardPage(request, paso, kRoot);
    case Clase::Reto:
        return challengePage(request, paso, kRoot);
    case Clase::Vuelta:
        return wayBack(request, paso, paso.valores.empty() ? Campos() : sealed(paso.valores, paso.firma).fields(),
                       kRoot);
    case Clase::Perdido:
        break;
    }
    return lostPage(request, kRoot);
}

zoco::Reply Simulador::begin(const zoco::Request& request)
{
    const auto envelope = Envelope::fromForm(request.body());
    if (!envelope)
        return zoco::Problem{400, "peticion-no-valida", "The payment service does not take this", "SIS0430", {}};
    const auto asked = opened(*envelope);
    if (!asked.ok()) return asked.problem();
    const auto paso = _ventanilla.begin(*asked, envelope->version);
    if (!paso.ok()) return paso.problem();
    return shown(request, *paso);
}

zoco::Reply Simulador::card(const zoco::Request& request)
{
    const auto form = request.body();
    return shown(request,
                 _ventanilla.card(formField(form, "sesion"), {digitsOf(formField(form, "tarjeta")),
                                                              formField(form, "caducidad"), formField(form, "cvv")}));
}

/// The shop sends the buyer here with `creq`; the page itself comes back with `sesion` and the code.
zoco::Reply Simulador::challenge(const zoco::Request& request)
{
    const auto form = request.body();
    const auto asked = formField(form, "creq");
    if (!asked.empty()) return shown(request, _ventanilla.at(asked));
    return shown(request, _ventanilla.code(formField(form, "sesion"), formField(form, "codigo")));
}

zoco::Reply Simulador::abandon(const zoco::Request& request)
{
    return shown(request, _ventanilla.abandon(formField(request.body(), "sesion")));
}

zoco::Reply Simulador::style(const zoco::Request&)
{
    return {200, std::string(resource("file", "estilo.css").value_or("")), "text/css; charset=utf-8"};
}

zoco::Reply Simulador::switches(const zoco::Request&)
{
    return zoco::Reply::json(_avisador.get().toJson(_avisador.sent()));
}

/// Every payment of the bank with the money that moved, so that a shop's own books can be held against it.
zoco::Reply Simulador::books(const zoco::Request&)
{
    std::string out;
    zoco::JsonWriter writer(out);
    writer.beginObject().key("operaciones").beginArray();
    for (const auto& o : _libro.all())
    {
        writer.beginObject()
            .member("numero", o.numero)
            .member("datos", o.datos)
            .member("importe", o.importe)
            .member("estado", nameOf(o.fase))
            .member("tarjeta", o.tarjeta)
            .key("movimientos")
            .beginArray();
        for (const auto& m : o.movimientos)
            writer.beginObject()
                .member("tipo", static_cast<std::int64_t>(m.tipo))
                .member("importe", m.importe)
                .member("codigo", m.codigo)
                .endObject();
        writer.endArray().endObject();
    }
    writer.endArray().endObject();
    return zoco::Reply::json(out);
}

zoco::Reply Simulador::setSwitches(const zoco::Request& request)
{
    const auto wanted = Interruptores::read(request.body(), _avisador.get());
    if (!wanted.ok()) return wanted.problem();
    _avisador.set(*wanted);
    return zoco::Reply::json(wanted->toJson(_avisador.sent()));
}

} // namespace pagos
