#include "cuentas/Buzon.h"
#include "pedidos/Mostrador.h"
#include "plugins/gestorbbdd/MariaDbServer.h"
#include "plugins/gestorbbdd/OnBoth.h"
#include "support/Eventually.h"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

using namespace zoco::test;
using zoco::gestorbbdd::test::MariaDbServer;

/// Mails about orders, as buyers get them from the real program, on both engines.
class AvisosTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(AvisosTest);
    CPPUNIT_TEST(testFromThePaymentToTheReturn);
    CPPUNIT_TEST(testEnglish);
    CPPUNIT_TEST(testWhatComesToNothing);
    CPPUNIT_TEST(testNamesAreText);
    CPPUNIT_TEST(testAnEventThatComesAgainIsNotToldAgain);
    CPPUNIT_TEST(testTheLinkOfAnOrderOfBefore);
    CPPUNIT_TEST(testKilledOnTheWay);
    CPPUNIT_TEST_SUITE_END();

public:
    void tearDown() override { _shop.reset(); }

protected:
    virtual bool isMariaDb() const { return false; }

private:
    using Text = std::string;
    static constexpr auto kAna = "ana@example.org";

    void open(Comercio::Settings settings = {})
    {
        if (isMariaDb()) _database = MariaDbServer::shared().newDatabase();
        settings.emplace_back("tienda", "Ultramarinos");
        _shop = std::make_unique<Comercio>(isMariaDb() ? MariaDbServer::shared().socketUrl(_database) : Text(),
                                           settings, conCobrador());
        _box.emplace(_shop->host().dataDir());
    }

    /// While the program is down.
    void execute(const Text& sql) const { behind(*_shop, _database, sql); }

    Text mail(const Text& to = kAna)
    {
        auto out = _box->next(to);
        std::erase(out, '\r');
        return out;
    }
    static void has(const Text& text, const Text& part)
    {
        CPPUNIT_ASSERT_MESSAGE(part + " is not in " + text, text.find(part) != Text::npos);
    }
    Encargo buy(const Text& correo = kAna, const Text& headers = {}, int pieces = 2) const
    {
        Cliente buyer(*_shop);
        buyer.sumar("A", pieces);
        return encargar(buyer, R"(,"correo":")" + correo + '"', headers);
    }
    void paid(const Encargo& order) const { CPPUNIT_ASSERT_EQUAL(Text("204"), pagar(*_shop, order)); }
    void staff(const Encargo& order, const Text& what, const Text& body) const
    {
        const auto done = _shop->send("POST", order.path(what), body, _shop->sesion("t", "pedidos"));
        CPPUNIT_ASSERT_MESSAGE(done.http.body, done.status() == 200 || done.status() == 201);
    }

    /// What the page of the link asks for: "200", with the token of the mail and no login.
    Text opened(const Text& mail, const Encargo& order) const
    {
        const auto link =
            "http://localhost:" + std::to_string(_shop->host().port()) + "/pedido?pedido=" + order.id + "&acceso=";
        const auto at = mail.find('\n' + link);
        if (at == Text::npos) return "no " + link + " in " + mail;
        const auto begin = at + 1 + link.size();
        const auto token = mail.substr(begin, mail.find('\n', begin) - begin);
        const auto page = _shop->send("GET", "/pedido?pedido=" + order.id + "&acceso=" + token);
        if (page.status() != 200) return "page: " + page.outcome();
        return _shop->send("GET", order.path(), "", "X-Acceso: " + token + "\r\n").outcome();
    }

    void testFromThePaymentToTheReturn()
    {
        open();
        _shop->producto("A", 1299);
        const auto order = buy();
        CPPUNIT_ASSERT_EQUAL(std::int64_t(3093), order.total);
        paid(order);
        const auto first = mail();
        for (const auto* part :
             {"Hola, Íñigo Núñez:", "está pagado", "2 × Producto A: 25,98 €", "Envío: 4,95 €", "Total: 30,93 €",
              "IVA incluido, 21 %: 5,37 €", "Calle del Peñón 3, 1.º\n28001 Madrid"})
            has(first, part);
        has(first, order.numero);
        CPPUNIT_ASSERT_EQUAL(Text("200"), opened(first, order));

        staff(order, "/expediciones",
              R"({"transportista":"Correos","seguimiento":"PK1","url":"https://correos.example/PK1",)"
              R"("lineas":[{"producto":"A","cantidad":1}]})");
        const auto part = mail();
        for (const auto* words : {"1 × Producto A\n", "Correos", "PK1", "https://correos.example/PK1", "Lo que falta"})
            has(part, words);
        staff(order, "/expediciones", R"({"transportista":"SEUR","seguimiento":"S2"})");
        const auto rest = mail();
        has(rest, "Transportista: SEUR\nNúmero de seguimiento: S2\n\nVa a:");
        staff(order, "/estado", R"({"a":"entregado"})");
        has(mail(), "está entregado");
        const auto wanted = _shop->send("POST", order.path("/devoluciones"),
                                        R"({"lineas":[{"producto":"A","cantidad":1}]})", order.line());
        CPPUNIT_ASSERT_EQUAL_MESSAGE(wanted.http.body, 201, wanted.status());
        staff(order, "/devoluciones/" + Text(wanted.json["id"].GetString()) + "/recepcion", "{}");
        const auto back = mail();
        has(back, "Te devolvemos 12,99 €");
        CPPUNIT_ASSERT_EQUAL(Text("200"), opened(back, order));
        CPPUNIT_ASSERT_EQUAL(Text("404 pedido-desconocido"),
                             _shop->send("GET", order.path(), "", "X-Acceso: " + Text(22, 'A') + "\r\n").outcome());
        CPPUNIT_ASSERT(!_box->hasMore(kAna));
    }

    void testEnglish()
    {
        open();
        _shop->producto("A", 1299);
        paid(buy(kAna, "Accept-Language: en-GB,en;q=0.9\r\n"));
        const auto text = mail();
        for (const auto* part :
             {"Hello, Íñigo Núñez,", "is paid", "2 × Producto A: €25.98", "VAT included, 21 %: €5.37"})
            has(text, part);
    }

    void testWhatComesToNothing()
    {
        open({{"reserva_s", "2"}});
        _shop->producto("A", 1299);
        const auto gone = buy("caduca@example.org");
        has(mail("caduca@example.org"), "No nos ha llegado el pago de tu pedido " + gone.numero);
        const auto unpaid = buy("impago@example.org");
        staff(unpaid, "/cancelacion", "{}");
        has(mail("impago@example.org"), "No se te ha cobrado nada");
        const auto byGuest = buy("ajeno@example.org");
        CPPUNIT_ASSERT_EQUAL(200, _shop->send("POST", byGuest.path("/cancelacion"), "{}", byGuest.line()).status());
        const auto order = buy("pagado@example.org");
        paid(order);
        has(mail("pagado@example.org"), "está pagado");
        CPPUNIT_ASSERT_EQUAL(200, _shop->send("POST", order.path("/cancelacion"), "{}", order.line()).status());
        has(mail("pagado@example.org"), "Te devolvemos 30,93 €");
        reembolsar(*_shop, order, "x", 1, "acuerdo"); // by when the event of the cancellation was told, or not
        has(mail("pagado@example.org"), "Te devolvemos 0,01 €");
        CPPUNIT_ASSERT(!_box->hasMore("pagado@example.org"));
        CPPUNIT_ASSERT(!_box->hasMore("ajeno@example.org")); // whose address it is, nobody knows
    }

    void testNamesAreText()
    {
        open();
        _shop->producto("A", 1299);
        _shop->cambiar("A", R"({"nombre":"<img src=x onerror=alert(1)> {enlace}"})");
        paid(buy());
        has(mail(), "\n2 × <img src=x onerror=alert(1)> {enlace}: 25,98 €\n");
        for (const auto& file : std::filesystem::directory_iterator(_shop->host().dataDir() + "/mail"))
        {
            if (file.path().extension() != ".eml") continue;
            std::ifstream in(file.path());
            const Text all{std::istreambuf_iterator<char>(in), {}};
            has(all, "Content-Type: text/plain; charset=UTF-8");
            CPPUNIT_ASSERT(all.find("text/html") == Text::npos);
        }
    }

    void testAnEventThatComesAgainIsNotToldAgain()
    {
        open();
        _shop->producto("A", 1299);
        const auto hook = _shop->send("POST", "/Pedidos/ganchos", R"({"url":"https://127.0.0.1:1/"})",
                                      _shop->sesion("t", "pedidos")); // is reached by nothing
        CPPUNIT_ASSERT_EQUAL_MESSAGE(hook.http.body, 201, hook.status());
        const auto order = buy();
        paid(order);
        has(mail(), "está pagado");
        CPPUNIT_ASSERT(_shop->host().stop());
        execute("UPDATE gestorbbdd_lectores SET posicion = 0 WHERE plugin = 'pedidos'");
        _shop->restart();
        paid(buy("otra@example.org"));
        has(mail("otra@example.org"), "está pagado"); // by when all that came before was handled again
        paid(buy("y-otra@example.org"));
        has(mail("y-otra@example.org"), "está pagado");
        CPPUNIT_ASSERT(!_box->hasMore(kAna));
        const auto told = _shop->send("GET", "/Pedidos/ganchos/" + Text(hook.json["id"].GetString()) + "/entregas", "",
                                      _shop->sesion("t", "pedidos"));
        CPPUNIT_ASSERT_EQUAL_MESSAGE(told.http.body, 6u, told.json["entregas"].Size()); // each order made, and paid
    }

    /// Its token was random, and only its fingerprint is known.
    void testTheLinkOfAnOrderOfBefore()
    {
        open();
        _shop->producto("A", 1299);
        const auto order = buy();
        CPPUNIT_ASSERT(_shop->host().stop());
        execute("UPDATE pedidos_pedidos SET acceso = "
                "X'e7cf3ef4f17c3999a94f2c6f612e8a888e5b1026878e4e19398b23bd38ec221a'"); // of "Password"
        _shop->restart();
        CPPUNIT_ASSERT_EQUAL(Text("200"), _shop->send("GET", order.path(), "", "X-Acceso: Password\r\n").outcome());
        CPPUNIT_ASSERT_EQUAL(Text("404 pedido-desconocido"),
                             _shop->send("GET", order.path(), "", "X-Acceso: password\r\n").outcome());
        paid(order);
        CPPUNIT_ASSERT(mail().find("&acceso=" + order.acceso + '\n') != Text::npos);
        CPPUNIT_ASSERT_EQUAL(Text("200"), _shop->send("GET", order.path(), "", order.line()).outcome());
    }

    void testKilledOnTheWay()
    {
        constexpr int kRounds = 3;
        constexpr int kOrders = 5;
        open();
        _shop->producto("A", 1299);
        std::vector<Text> buyers;
        for (int round = 0; round < kRounds; ++round)
        {
            for (int i = 0; i < kOrders; ++i)
            {
                buyers.push_back("b" + std::to_string(buyers.size()) + "@example.org");
                paid(buy(buyers.back()));
            }
            _shop->host().kill();
            _shop->restart();
        }
        paid(buy()); // the last event of all
        has(mail(), "está pagado");
        for (const auto& buyer : buyers)
        {
            has(mail(buyer), "está pagado");
            CPPUNIT_ASSERT_MESSAGE(buyer, !_box->hasMore(buyer));
        }
    }

    std::unique_ptr<Comercio> _shop;
    std::optional<Buzon> _box;
    Text _database; ///< its name, on MariaDB
};

ZOCO_TEST_ON_BOTH(AvisosTest);
