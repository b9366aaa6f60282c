#pragma once

#include "integration/pedidos/Comercio.h"
#include "plugins/gestorbbdd/MariaDbServer.h"
#include "plugins/gestorbbdd/OnBoth.h"
#include "support/Eventually.h"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace zoco::test
{

/// What suites of orders begin with: a shop, whose orders `cobrador` pays.
class Compras : public CppUnit::TestFixture
{
public:
    void tearDown() override { _shop.reset(); }

protected:
    using Text = std::string;
    using Settings = Comercio::Settings;

    virtual bool isMariaDb() const { return false; }

    /// `settings`: of pedidos; `more`: of the program.
    void open(Settings settings = {}, Settings more = {})
    {
        auto& server = gestorbbdd::test::MariaDbServer::shared;
        if (isMariaDb()) _database = server().newDatabase();
        more.insert(more.end(), {{"plugins.cobrador.enabled", "true"},
                                 {"plugins.cobrador.library", ZOCO_BUILD_DIR "/test/fixtures/cobrador.so"}});
        _shop = std::make_unique<Comercio>(isMariaDb() ? server().socketUrl(_database) : Text(), std::move(settings),
                                           std::move(more));
    }

    static Text address(const Text& cp = "28001", const Text& provincia = "Madrid")
    {
        return R"({"nombre":"Ana Ruiz","linea1":"Calle Mayor 1","cp":")" + cp + R"(","ciudad":"Madrid","provincia":")" +
               provincia + R"(","pais":"ES"})";
    }
    static Text body(const Text& more = {}, const Text& where = address())
    {
        return R"({"direccion":)" + where + R"(,"envio":"estandar","correo":"ana@example.org")" + more + "}";
    }
    static Text idOf(const Respuesta& order)
    {
        if (order.status() != 201) throw std::runtime_error("no order: " + order.http.body);
        return order.json["id"].GetString();
    }
    static Text tokenLine(const Respuesta& order)
    {
        return Text("X-Acceso: ") + order.json["acceso"].GetString() + "\r\n";
    }
    Respuesta see(const Respuesta& order) const
    {
        return _shop->send("GET", "/Pedidos/" + idOf(order), "", tokenLine(order));
    }
    Text stateOf(const Respuesta& order) const { return see(order).json["estado"].GetString(); }

    /// A guest's order of these, "sku" and pieces each.
    Respuesta ordered(const std::vector<std::pair<Text, int>>& lines, const Text& request = body()) const
    {
        Cliente guest(*_shop);
        for (const auto& [sku, count] : lines) guest.sumar(sku, count);
        return guest.send("POST", "/Pedidos", request);
    }
    Text pay(const Respuesta& order, std::int64_t amount) const
    {
        return _shop->send("POST", "/Cobrador/" + idOf(order) + "?importe=" + std::to_string(amount)).outcome();
    }
    Text pay(const Respuesta& order) const { return pay(order, order.importe("totales.total")); }
    Respuesta paid(const std::vector<std::pair<Text, int>>& lines, const Text& request = body()) const
    {
        auto out = ordered(lines, request);
        if (const auto done = pay(out); done != "204") throw std::runtime_error("not paid: " + done);
        return out;
    }

    /// A request about an order by who holds its token, and by staff.
    Respuesta byCustomer(const Respuesta& order, const Text& what, const Text& request = {}) const
    {
        return _shop->send("POST", "/Pedidos/" + idOf(order) + '/' + what, request, tokenLine(order));
    }
    Respuesta byStaff(const Respuesta& order, const Text& what, const Text& request = {}) const
    {
        return _shop->send("POST", "/Pedidos/" + idOf(order) + '/' + what, request, _shop->sesion("t", "pedidos"));
    }
    Respuesta pass(const Respuesta& order, const Text& to) const
    {
        return byStaff(order, "estado", R"({"a":")" + to + R"("})");
    }

    /// `{"lineas":[{"producto":"A","cantidad":1},…]` with more members behind.
    static Text lines(const std::vector<std::pair<Text, int>>& pieces, const Text& more = {})
    {
        Text out;
        for (const auto& [product, count] : pieces)
            out += (out.empty() ? "" : ",") + (R"({"producto":")" + product + R"(","cantidad":)") +
                   std::to_string(count) + '}';
        return R"({"lineas":[)" + out + "]" + more + "}";
    }

    /// "id pedido importe" of every refund that was asked for, sorted.
    std::vector<Text> refunds() const
    {
        const auto seen = _shop->send("GET", "/Cobrador/reembolsos");
        std::vector<Text> out;
        for (const auto& r : seen.json.GetArray())
            out.push_back(Text(r["id"].GetString()) + ' ' + r["pedido"].GetString() + ' ' +
                          std::to_string(r["importe"].GetInt64()));
        std::sort(out.begin(), out.end());
        return out;
    }
    bool eventuallyRefunds(std::vector<Text> wanted) const
    {
        std::sort(wanted.begin(), wanted.end());
        return eventually([&] { return refunds() == wanted; });
    }

    /// Runs a statement on the database behind the plugins' backs.
    void behind(const Text& statement) const { test::behind(*_shop, _database, statement); }

    std::unique_ptr<Comercio> _shop;
    Text _database; ///< its name, on MariaDB
};

} // namespace zoco::test
