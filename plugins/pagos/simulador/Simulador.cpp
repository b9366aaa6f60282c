#include "Simulador.h"

#include "Paginas.h"
#include "Resources.h"
#include "http/Form.h"
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
                      { later(request, std::move(responder), answer(request)); });
    };
    const zoco::RouteOptions open{.auth = zoco::Auth::Public};
    const zoco::RouteOptions staff{.auth = zoco::Auth::Role, .role = kSwitchesRole};
    add("POST", "/sis/realizarPago", "openapi-simulador-pagina.json", open, &Simulador::begin);
    rest("/sis/rest/iniciaPeticionREST", "openapi-simulador-inicia.json",
         [this](const zoco::Request& request) { return initiate(request.body()); });
    rest("/sis/rest/trataPeticionREST", "openapi-simulador-trata.json",
         [this](const zoco::Request& request)
         { return transact(request.body(), std::string(request.publicUrl()).append(kRoot).append("/reto")); });
    add("POST", "/tarjeta", "openapi-simulador-tarjeta.json", open, &Simulador::card);
    add("POST", "/reto", "openapi-simulador-reto.json", open, &Simulador::challenge);
    add("POST", "/abandono", "openapi-simulador-abandono.json", open, &Simulador::abandon);
    add("GET", "/estilo.css", "openapi-simulador-estilo.json", open, &Simulador::style);
    add("GET", "/interruptores", "openapi-simulador-interruptores.json", staff, &Simulador::switches);
    add("PUT", "/interruptores", "openapi-simulador-cambiar.json", staff, &Simulador::setSwitches);
}

Envelope Simulador::sealed(const Valores& valores) const
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
    return Envelope::sealed(_key, numero, writer).value();
}

std::string Simulador::answered(Banco::Respuesta respuesta) const
{
    if (!respuesta.error.empty()) return errorOf(respuesta.error);
    if (respuesta.aviso) _avisador.send(*respuesta.aviso);
    return sealed(respuesta.valores).toJson();
}

std::string Simulador::initiate(std::string_view body) const
{
    const auto envelope = Envelope::fromJson(body);
    if (!envelope) return errorOf("SIS0430");
    const auto opened = envelope->open(_key);
    if (!opened.ok()) return errorOf(opened.problem().status == 401 ? "SIS0042" : "SIS0430");
    return answered(_banco.initiate(*opened));
}

std::string Simulador::transact(std::string_view body, std::string_view acs)
{
    const auto envelope = Envelope::fromJson(body);
    if (!envelope) return errorOf("SIS0430");
    const auto opened = envelope->open(_key);
    if (!opened.ok()) return errorOf(opened.problem().status == 401 ? "SIS0042" : "SIS0430");
    return answered(_banco.transact(*opened, acs));
}

/// Answers when and how the switches say; the effect is there already.
void Simulador::later(const zoco::Request&, zoco::Responder responder, std::string json)
{
    const auto [delayMs, isLost] = _avisador.nextAnswer();
    const auto reply =
        isLost ? zoco::Reply(zoco::Problem::fromStatus(ZOCO_E_DEADLINE)) : zoco::Reply::json(std::move(json));
    if (delayMs == 0)
    {
        (void)responder.send(reply);
        return;
    }
    (void)_executor.postAfter(std::chrono::milliseconds(delayMs),
                              [to = std::move(responder), reply]() mutable { (void)to.send(reply); });
}

zoco::Reply Simulador::shown(const zoco::Request& request, const Banco::Paso& paso)
{
    using Clase = Banco::Paso::Clase;
    if (paso.aviso && !paso.aviso->url.empty()) _avisador.send(*paso.aviso);
    switch (paso.clase)
    {
    case Clase::Tarjeta:
        return cardPage(request, paso, kRoot);
    case Clase::Reto:
        return challengePage(request, paso, kRoot);
    case Clase::Vuelta:
        return wayBack(request, paso, paso.valores.empty() ? Campos() : sealed(paso.valores).fields(), kRoot);
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
    const auto opened = envelope->open(_key);
    if (!opened.ok()) return opened.problem();
    const auto paso = _banco.begin(*opened);
    if (!paso.ok()) return paso.problem();
    return shown(request, *paso);
}

zoco::Reply Simulador::card(const zoco::Request& request)
{
    const auto form = request.body();
    return shown(request,
                 _banco.card(formField(form, "sesion"), {digitsOf(formField(form, "tarjeta")),
                                                         formField(form, "caducidad"), formField(form, "cvv")}));
}

/// The shop sends the buyer here with `creq`; the page itself comes back with `sesion` and the code.
zoco::Reply Simulador::challenge(const zoco::Request& request)
{
    const auto form = request.body();
    const auto asked = formField(form, "creq");
    if (!asked.empty()) return shown(request, _banco.at(asked));
    return shown(request, _banco.code(formField(form, "sesion"), formField(form, "codigo")));
}

zoco::Reply Simulador::abandon(const zoco::Request& request)
{
    return shown(request, _banco.abandon(formField(request.body(), "sesion")));
}

zoco::Reply Simulador::style(const zoco::Request&)
{
    return {200, std::string(resource("file", "estilo.css").value_or("")), "text/css; charset=utf-8"};
}

zoco::Reply Simulador::switches(const zoco::Request&)
{
    return zoco::Reply::json(_avisador.get().toJson(_avisador.sent()));
}

zoco::Reply Simulador::setSwitches(const zoco::Request& request)
{
    const auto wanted = Interruptores::read(request.body(), _avisador.get());
    if (!wanted.ok()) return wanted.problem();
    _avisador.set(*wanted);
    return zoco::Reply::json(wanted->toJson(_avisador.sent()));
}

} // namespace pagos
