#include "Visitor.h"

#include <stdexcept>

namespace zoco::bench
{

namespace
{

using zoco::test::RawClient;

constexpr const char* kAddress =
    R"({"direccion":{"nombre":"Ana Ruiz","linea1":"Calle Mayor 1","cp":"28001","ciudad":"Madrid","provincia":"Madrid",)"
    R"("pais":"ES","telefono":"+34 600 000 000"},"envio":"estandar","correo":"ana@example.org"})";
constexpr const char* kSearches[] = {"aceite", "queso", "vino", "jamon", "miel"};

/// A member of a JSON text that has it once; the first one otherwise.
std::string member(const std::string& json, const std::string& name)
{
    const auto begin = json.find('"' + name + "\":\"");
    if (begin == std::string::npos) throw std::runtime_error(name + " is not in " + json);
    const auto at = begin + name.size() + 4;
    return json.substr(at, json.find('"', at) - at);
}

} // namespace

Visitor::Visitor(std::uint64_t number, const std::vector<std::string>& skus) : _sku(skus[number % skus.size()])
{
    constexpr std::size_t kToken = 22;
    auto token = std::to_string(number);
    token.insert(0, kToken - token.size(), 'B');
    _who = "X-Carrito: " + token + "\r\n";
}

std::string Visitor::ask(RawClient& shop, const char* method, const std::string& path, const std::string& body,
                         const std::string& more)
{
    const auto answer =
        shop.request(method, path, _who + more + (body.empty() ? "" : "Content-Type: application/json\r\n"), body);
    if (answer.status != 200 && answer.status != 201)
        throw std::runtime_error(path + " is answered " + std::to_string(answer.status) + ' ' + answer.body);
    return answer.body;
}

void Visitor::home(RawClient& shop) { ask(shop, "GET", "/"); }

void Visitor::take(Step step, RawClient& shop)
{
    switch (step)
    {
    case Step::Search:
        ask(shop, "GET", std::string("/Catalogo/productos?limite=24&q=") + kSearches[_who[20] % std::size(kSearches)]);
        break;
    case Step::Product:
        ask(shop, "GET", "/Catalogo/productos/" + _sku);
        break;
    case Step::Add:
        ask(shop, "POST", "/Pedidos/carrito/lineas", R"({"producto":")" + _sku + R"("})");
        break;
    case Step::Cart:
        ask(shop, "GET", "/Pedidos/carrito");
        break;
    case Step::Shipping:
        ask(shop, "GET", "/Pedidos/envios?pais=ES&cp=28001");
        break;
    case Step::Order:
    {
        const auto order = ask(shop, "POST", "/Pedidos", kAddress);
        _order = member(order, "id");
        _access = "X-Acceso: " + member(order, "acceso") + "\r\n";
        break;
    }
    case Step::Pay:
        ask(shop, "POST", "/Pagos",
            R"({"pedido":")" + _order +
                R"(","medio":"simulador","tarjeta":"4548810000000003","caducidad":"12/49","cvv":"123"})",
            _access);
        break;
    }
}

} // namespace zoco::bench
