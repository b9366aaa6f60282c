#include "Comprador.h"

#include "http/Form.h"
#include "plugins/pagos/Pasarela.h"
#include "support/Eventually.h"
#include "support/RawClient.h"

#include <stdexcept>

namespace zoco::test
{

namespace
{

using pagos::formOf;
using pagos::test::hiddenIn;

constexpr const char* kSimulator = "/Pagos/simulador";
constexpr const char* kForm = "Content-Type: application/x-www-form-urlencoded\r\n";
constexpr const char* kJson = "Content-Type: application/json\r\n";
constexpr const char* kAddress =
    R"({"direccion":{"nombre":"Ana Ruiz","linea1":"Calle Mayor 1","cp":"28001","ciudad":"Madrid",)"
    R"("provincia":"Madrid","pais":"ES"},"envio":"estandar","correo":"ana@example.org"})";

/// Asks until somebody answers something that is no failure of the shop's: it may be away, or just back.
HttpResponse persist(std::uint16_t port, const std::string& method, const std::string& path, const std::string& body,
                     const std::string& headers)
{
    HttpResponse out;
    const auto asked = [&]
    {
        try
        {
            out = RawClient(port).request(method, path, headers + (body.starts_with('{') ? kJson : ""), body);
            return out.status != 503 && out.status != 500 && out.status != 504 &&
                   out.problemSlug() != "idempotency-in-progress";
        }
        catch (const std::runtime_error&)
        {
            return false;
        }
    };
    if (!eventually(asked, std::chrono::seconds(40)))
        throw std::runtime_error(path + " is not answered: " + std::to_string(out.status) + ' ' + out.body);
    return out;
}

rapidjson::Document jsonOf(const HttpResponse& response)
{
    rapidjson::Document out;
    out.Parse(response.body.data(), response.body.size());
    if (out.HasParseError() || !out.IsObject()) throw std::runtime_error("no JSON: " + response.body);
    return out;
}

} // namespace

HttpResponse Comprador::ask(const std::string& method, const std::string& path, const std::string& body,
                            const std::string& headers)
{
    auto out = persist(_shop, method, path, body, headers);
    ++_steps;
    return out;
}

/// The order, or nothing when the last piece was gone.
std::optional<Comprador::Json> Comprador::place(const std::string& product)
{
    auto cart = std::to_string(_seed);
    cart.insert(0, 22 - cart.size(), 'A');
    const auto who = "X-Carrito: " + cart + "\r\n";
    const auto put = ask("POST", "/Pedidos/carrito/lineas", R"({"producto":")" + product + "\"}", who);
    if (put.status != 200 && put.status != 201) return std::nullopt;
    const auto made = ask("POST", "/Pedidos", kAddress, who + "Idempotency-Key: pedido-" + cart + "\r\n");
    if (made.status != 201) return std::nullopt;
    return jsonOf(made);
}

/// A payment that waits for the buyer or holds money; nothing when the order cannot be paid any more.
std::optional<Comprador::Json> Comprador::pay(const Compra& compra, const std::string& key)
{
    HttpResponse out;
    const auto isKnown = [&]
    {
        out = ask("POST", "/Pagos", R"({"pedido":")" + compra.pedido + R"(","medio":"redsys"})",
                  "X-Acceso: " + compra.acceso + "\r\nIdempotency-Key: " + compra.pedido + key + "\r\n");
        return out.problemSlug() != "pago-en-curso";
    };
    if (!eventually(isKnown, std::chrono::seconds(40))) throw std::runtime_error("a payment stays under way");
    if (out.status != 201) return std::nullopt;
    return jsonOf(out);
}

/// Goes to the payment service's page; the session there, empty when there is nothing to do.
std::string Comprador::pageOf(const Json& payment)
{
    if (!payment.HasMember("accion")) return {};
    std::vector<std::pair<std::string, std::string>> fields;
    for (const auto& field : payment["accion"]["campos"].GetObject())
        fields.emplace_back(field.name.GetString(), field.value.GetString());
    const auto path = std::string(kSimulator) + "/sis/realizarPago";
    return hiddenIn(persist(_bank, "POST", path, formOf(fields), kForm).body, "sesion");
}

/// Types the card, and the code when it is asked for; goes back to the shop, or is never seen again.
void Comprador::finishAt(const std::string& sesion)
{
    if (sesion.empty()) return;
    const bool isChallenged = isLikely(30);
    auto back = persist(_bank, "POST", std::string(kSimulator) + "/tarjeta",
                        formOf({{"sesion", sesion},
                                {"tarjeta", isChallenged ? "4548817212493017" : "4548810000000003"},
                                {"caducidad", "12/49"},
                                {"cvv", isLikely(10) ? "999" : "123"}}),
                        kForm);
    if (isChallenged)
        back = persist(_bank, "POST", std::string(kSimulator) + "/reto",
                       formOf({{"sesion", sesion}, {"codigo", "123456"}}), kForm);
    const auto location = back.header("Location");
    const auto path = location.find("/Pagos/");
    if (path != location.npos && isLikely(50)) (void)ask("GET", location.substr(path), {}, {});
}

/// Somebody of the staff, who logs in again when the shop has forgotten them.
HttpResponse Comprador::staff(const std::string& role, const std::string& path, const std::string& body,
                              const std::string& headers)
{
    HttpResponse out;
    const auto isLetIn = [&]
    {
        const auto token = persist(_shop, "POST", "/Llavero/sesion?usuario=" + role + "&roles=" + role, {}, {}).body;
        out = ask("POST", path, body, "Authorization: Bearer " + token + "\r\n" + headers);
        return out.status != 401;
    };
    if (!eventually(isLetIn)) throw std::runtime_error("the staff is not let in");
    return out;
}

/// A part goes back, with one key however often it has to be asked for.
void Comprador::refund(Compra& compra, const std::string& payment)
{
    const auto out = staff("pagos", "/Pagos/" + payment + "/reembolsos", "{\"importe\":" + std::to_string(kParte) + "}",
                           "Idempotency-Key: parte-" + payment + "\r\n");
    compra.isRefundAcknowledged = out.status == 200 && jsonOf(out)["reembolsado"].GetInt64() == kParte;
}

Compra Comprador::buy(const std::string& product)
{
    Compra out;
    const auto order = place(product);
    if (!order) return out;
    out.pedido = (*order)["id"].GetString();
    out.acceso = (*order)["acceso"].GetString();
    out.total = (*order)["totales"]["total"]["importe"].GetInt64();
    const auto first = pay(out, "a");
    if (!first) return out;
    const auto page = pageOf(*first);
    if (isLikely(15)) cancel(_shop, out, false); // and pays all the same
    std::string other;
    if (isLikely(30)) // another tab
        if (const auto second = pay(out, "b")) other = pageOf(*second);
    finishAt(page);
    if (!other.empty()) finishAt(other);
    if (const auto last = pay(out, "c")) // did it work?
    {
        finishAt(pageOf(*last));
        if (isLikely(40)) refund(out, (*last)["id"].GetString());
    }
    if (isLikely(15)) cancel(_shop, out, true);
    if (isLikely(40))
        (void)staff("pedidos", "/Pedidos/" + out.pedido + "/expediciones", R"({"transportista":"C","seguimiento":"1"})",
                    {});
    return out;
}

void Comprador::cancel(std::uint16_t shop, const Compra& compra, bool isPaidToo)
{
    const auto path = "/Pedidos/" + compra.pedido;
    const auto who = "X-Acceso: " + compra.acceso + "\r\n";
    const std::string estado = jsonOf(persist(shop, "GET", path, {}, who))["estado"].GetString();
    if (isPaidToo || estado == "pendiente" || estado == "confirmado")
        (void)persist(shop, "POST", path + "/cancelacion", "{}", who);
}

} // namespace zoco::test
