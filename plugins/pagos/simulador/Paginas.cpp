#include "Paginas.h"

#include "http/Form.h"

#include <string>

namespace pagos
{

namespace
{

struct Textos
{
    const char* idioma;
    const char* banco;
    const char* aviso;
    const char* importe;
    const char* tarjeta;
    const char* caducidad;
    const char* cvv;
    const char* pagar;
    const char* abandonar;
    const char* reto;
    const char* codigo;
    const char* confirmar;
    const char* hecho;
    const char* continuar;
    const char* perdido;
};

constexpr Textos kEspanol{"es",
                          "Banco simulado",
                          "Esto no es un banco: aquí solo valen las tarjetas de prueba y no se cobra nada.",
                          "Importe",
                          "Número de tarjeta",
                          "Caducidad (MM/AA)",
                          "CVV",
                          "Pagar",
                          "Cancelar",
                          "Confirma que eres tú",
                          "Código que te hemos enviado",
                          "Confirmar",
                          "Ya está",
                          "Continuar",
                          "Esta página de pago ya no vale."};
constexpr Textos kEnglish{"en",
                          "Simulated bank",
                          "This is no bank: it takes test cards alone, and charges nothing.",
                          "Amount",
                          "Card number",
                          "Expiry (MM/YY)",
                          "CVV",
                          "Pay",
                          "Cancel",
                          "Confirm that it is you",
                          "The code that we have sent you",
                          "Confirm",
                          "Done",
                          "Continue",
                          "This payment page is no longer valid."};

const Textos& textosFor(const zoco::Request& request)
{
    return request.header("Accept-Language").starts_with("en") ? kEnglish : kEspanol;
}

/// "https://tienda.es" of an address; empty when it is none for a browser.
std::string originOf(std::string_view url)
{
    const auto scheme = url.starts_with("https://") ? 8u : url.starts_with("http://") ? 7u : 0u;
    if (scheme == 0) return {};
    const auto origin = url.substr(0, std::min(url.find_first_of("/?#", scheme), url.size()));
    const bool isPlain =
        origin.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.:/[]") == origin.npos;
    return isPlain && origin.size() > scheme ? std::string(origin) : std::string();
}

zoco::Reply page(const Textos& t, std::string_view root, std::string_view to, const std::string& main, int status = 200)
{
    auto html = std::string("<!doctype html>\n<html lang=\"") + t.idioma +
                "\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>" +
                t.banco + "</title>\n<link rel=\"stylesheet\" href=\"" + std::string(root) +
                "/estilo.css\">\n<main>\n<h1>" + t.banco + "</h1>\n<p class=\"aviso\">" + t.aviso + "</p>\n" + main +
                "</main>\n</html>\n";
    zoco::Reply reply(status, std::move(html), "text/html; charset=utf-8");
    reply.header("Cache-Control", "no-store");
    reply.header("Content-Security-Policy",
                 "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self' " +
                     originOf(to));
    return reply;
}

std::string field(std::string_view label, std::string_view name, std::string_view attributes)
{
    return "<p><label for=\"" + std::string(name) + "\">" + std::string(label) + "</label>\n<input id=\"" +
           std::string(name) + "\" name=\"" + std::string(name) + "\" required inputmode=\"numeric\" " +
           std::string(attributes) + "></p>\n";
}

std::string hidden(std::string_view name, std::string_view value)
{
    return "<input type=\"hidden\" name=\"" + std::string(name) + "\" value=\"" + escaped(value) + "\">\n";
}

std::string form(std::string_view action, const std::string& inside)
{
    return "<form method=\"post\" action=\"" + escaped(action) + "\">\n" + inside + "</form>\n";
}

std::string button(std::string_view text) { return "<button>" + std::string(text) + "</button>\n"; }

std::string amount(const Textos& t, const Ventanilla::Paso& paso)
{
    const auto cents = std::to_string(paso.importe % 100);
    return std::string("<p>") + t.importe + ": <strong>" + std::to_string(paso.importe / 100) + ',' +
           (cents.size() < 2 ? "0" : "") + cents + "</strong></p>\n";
}

std::string leave(const Textos& t, const Ventanilla::Paso& paso, std::string_view root)
{
    return form(std::string(root) + "/abandono", hidden("sesion", paso.sesion) + button(t.abandonar));
}

} // namespace

zoco::Reply cardPage(const zoco::Request& request, const Ventanilla::Paso& paso, std::string_view root)
{
    const auto& t = textosFor(request);
    const auto fields = hidden("sesion", paso.sesion) +
                        field(t.tarjeta, "tarjeta", "autocomplete=\"cc-number\" maxlength=\"23\"") +
                        field(t.caducidad, "caducidad", "autocomplete=\"cc-exp\" maxlength=\"5\"") +
                        field(t.cvv, "cvv", "autocomplete=\"cc-csc\" maxlength=\"3\"") + button(t.pagar);
    return page(t, root, paso.url,
                amount(t, paso) + form(std::string(root) + "/tarjeta", fields) + leave(t, paso, root));
}

zoco::Reply challengePage(const zoco::Request& request, const Ventanilla::Paso& paso, std::string_view root)
{
    const auto& t = textosFor(request);
    const auto fields = hidden("sesion", paso.sesion) +
                        field(t.codigo, "codigo", "autocomplete=\"one-time-code\" maxlength=\"6\"") +
                        button(t.confirmar);
    return page(t, root, paso.url,
                std::string("<h2>") + t.reto + "</h2>\n" + amount(t, paso) + form(std::string(root) + "/reto", fields));
}

zoco::Reply wayBack(const zoco::Request& request, const Ventanilla::Paso& paso, const Campos& fields,
                    std::string_view root)
{
    const auto& t = textosFor(request);
    if (originOf(paso.url).empty()) return page(t, root, {}, std::string("<h2>") + t.hecho + "</h2>\n");
    if (!paso.cres.empty())
        return page(t, root, paso.url,
                    std::string("<h2>") + t.hecho + "</h2>\n" +
                        form(paso.url, hidden("cres", paso.cres) + button(t.continuar)));
    const auto join = paso.url.find('?') == std::string::npos ? '?' : '&';
    auto reply = zoco::Reply::empty(303);
    reply.header("Location", paso.url + join + formOf(fields));
    reply.header("Cache-Control", "no-store");
    return reply;
}

zoco::Reply lostPage(const zoco::Request& request, std::string_view root)
{
    const auto& t = textosFor(request);
    return page(t, root, {}, std::string("<p>") + t.perdido + "</p>\n", 410);
}

} // namespace pagos
