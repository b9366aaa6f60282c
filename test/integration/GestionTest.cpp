#include "pedidos/Compras.h"

#include <atomic>
#include <set>
#include <thread>

using namespace zoco::test;

/// The orders of all customers, as who keeps the shop goes through them, on both engines.
class GestionTest : public Compras
{
    CPPUNIT_TEST_SUITE(GestionTest);
    CPPUNIT_TEST(testStaffAlone);
    CPPUNIT_TEST(testByState);
    CPPUNIT_TEST(testByTime);
    CPPUNIT_TEST(testByNumberAndAddress);
    CPPUNIT_TEST(testFiltersTogether);
    CPPUNIT_TEST(testWrongValuesAreNamed);
    CPPUNIT_TEST(testPagesWhileOrdersCome);
    CPPUNIT_TEST_SUITE_END();

    Respuesta ask(const Text& query) const { return _shop->send("GET", "/Pedidos/gestion" + query, "", _staff); }

    static Text numberOf(const Respuesta& order) { return order.json["numero"].GetString(); }

    /// The letters by which the test knows the orders of a list: "CBA".
    Text found(const Text& query) const
    {
        const auto page = ask(query);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(query + page.http.body, 200, page.status());
        Text out;
        for (const auto& p : page.json["pedidos"].GetArray())
            for (std::size_t i = 0; i < _made.size(); ++i)
                if (numberOf(_made[i]) == p["numero"].GetString()) out += static_cast<char>('A' + i);
        return out;
    }

    static Text from(const Text& mail)
    {
        return R"({"direccion":)" + address() + R"(,"envio":"estandar")" +
               (mail.empty() ? "" : R"(,"correo":")" + mail + '"') + "}";
    }

    /// Four orders, A to D, of 1 to 4 November, at eight in the morning. B and D are paid; A and B are Ana's.
    void openWithOrders()
    {
        open();
        _staff = _shop->sesion("t", "pedidos");
        _shop->producto("P", 1000);
        for (const auto* mail : {"ana@example.org", "Ana@Example.ORG", "luis@example.org", ""})
        {
            _made.push_back(ordered({{"P", 1}}, from(mail)));
            const auto day = std::to_string(kFirst + static_cast<std::int64_t>(_made.size() - 1) * kDay);
            behind("UPDATE pedidos_pedidos SET creado = " + day + " WHERE id = '" + idOf(_made.back()) + "'");
        }
        for (const std::size_t i : {1u, 3u}) CPPUNIT_ASSERT_EQUAL(Text("204"), pay(_made[i]));
    }
    static constexpr std::int64_t kDay = 86'400'000'000;
    static constexpr std::int64_t kFirst = 1'793'520'000'000'000; ///< 2026-11-01T08:00:00Z

    void testStaffAlone()
    {
        openWithOrders();
        CPPUNIT_ASSERT_EQUAL(Text("DCBA"), found(""));
        for (const auto& [who, outcome] : {std::pair(Text(), "401 unauthorized"),
                                           {tokenLine(_made[0]), "401 unauthorized"},
                                           {_shop->sesion("ana"), "403 forbidden"},
                                           {_shop->sesion("t", "catalogo+pagos"), "403 forbidden"}})
            CPPUNIT_ASSERT_EQUAL(Text(outcome), _shop->send("GET", "/Pedidos/gestion", "", who).outcome());
        const auto page = ask("?limite=1");
        const auto& shown = page.json["pedidos"][0];
        CPPUNIT_ASSERT(shown["id"] == _made[3].json["id"]);
        CPPUNIT_ASSERT_EQUAL(Text("pagado"), Text(shown["estado"].GetString()));
        CPPUNIT_ASSERT_EQUAL(Text("2026-11-04T08:00:00Z"), Text(shown["creado"].GetString()));
        CPPUNIT_ASSERT(shown["total"] == _made[3].json["totales"]["total"]);
        CPPUNIT_ASSERT(page.http.body.find("Ana Ruiz") == Text::npos);
    }

    void testByState()
    {
        openWithOrders();
        CPPUNIT_ASSERT_EQUAL(Text("DB"), found("?estado=pagado"));
        CPPUNIT_ASSERT_EQUAL(Text("CA"), found("?estado=pendiente"));
        CPPUNIT_ASSERT_EQUAL(Text(), found("?estado=devuelto"));
        CPPUNIT_ASSERT_EQUAL(Text("DCBA"), found("?estado=&desde=&hasta=&q=")); // as an empty form sends it
        CPPUNIT_ASSERT_EQUAL(201,
                             byStaff(_made[1], "expediciones", R"({"transportista":"C","seguimiento":"1"})").status());
        CPPUNIT_ASSERT_EQUAL(Text("D"), found("?estado=pagado"));
        CPPUNIT_ASSERT_EQUAL(Text("B"), found("?estado=enviado"));
    }

    void testByTime()
    {
        openWithOrders();
        CPPUNIT_ASSERT_EQUAL(Text("DCB"), found("?desde=2026-11-02"));
        CPPUNIT_ASSERT_EQUAL(Text("BA"), found("?hasta=2026-11-02"));
        CPPUNIT_ASSERT_EQUAL(Text("C"), found("?desde=2026-11-03&hasta=2026-11-03"));
        CPPUNIT_ASSERT_EQUAL(Text("DC"), found("?desde=2026-11-03T08:00:00Z"));
        CPPUNIT_ASSERT_EQUAL(Text("D"), found("?desde=2026-11-03T08:00:01Z"));
        CPPUNIT_ASSERT_EQUAL(Text("BA"), found("?hasta=2026-11-03T08:00:00Z"));
        CPPUNIT_ASSERT_EQUAL(Text("CBA"), found("?hasta=2026-11-03T08:00:01Z"));
        CPPUNIT_ASSERT_EQUAL(Text(), found("?desde=2027-01-01"));
    }

    void testByNumberAndAddress()
    {
        openWithOrders();
        auto number = numberOf(_made[2]);
        CPPUNIT_ASSERT_EQUAL(Text("C"), found("?q=" + number));
        for (auto& c : number) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        CPPUNIT_ASSERT_EQUAL(Text("C"), found("?q=%20" + number + "+"));
        CPPUNIT_ASSERT_EQUAL(Text(), found("?q=261101-222222"));
        CPPUNIT_ASSERT_EQUAL(Text("BA"), found("?q=ANA@example.org"));
        CPPUNIT_ASSERT_EQUAL(Text("C"), found("?q=luis%40example.org"));
        CPPUNIT_ASSERT_EQUAL(Text(), found("?q=nadie@example.org"));
    }

    void testFiltersTogether()
    {
        openWithOrders();
        CPPUNIT_ASSERT_EQUAL(Text("B"), found("?estado=pagado&q=ana@example.org"));
        CPPUNIT_ASSERT_EQUAL(Text("A"), found("?hasta=2026-11-01&q=ana@example.org"));
        CPPUNIT_ASSERT_EQUAL(Text("B"), found("?desde=2026-11-02&q=ana@example.org"));
        CPPUNIT_ASSERT_EQUAL(Text("D"), found("?estado=pagado&desde=2026-11-03&hasta=2026-11-30"));
        CPPUNIT_ASSERT_EQUAL(Text(), found("?estado=pendiente&desde=2026-11-02&hasta=2026-11-02"));
        CPPUNIT_ASSERT_EQUAL(Text("C"), found("?estado=pendiente&desde=2026-11-02&q=" + numberOf(_made[2])));
        CPPUNIT_ASSERT_EQUAL(Text(), found("?estado=pagado&q=" + numberOf(_made[2])));
        const auto first = ask("?estado=pagado&desde=2026-11-01&limite=1");
        CPPUNIT_ASSERT_EQUAL(Text("B"), found("?estado=pagado&desde=2026-11-01&limite=1&cursor=" +
                                              Text(first.json["siguiente"].GetString())));
        const auto anas = ask("?q=ana@example.org&limite=1");
        CPPUNIT_ASSERT_EQUAL(Text("A"),
                             found("?q=ana@example.org&limite=1&cursor=" + Text(anas.json["siguiente"].GetString())));
    }

    void testWrongValuesAreNamed()
    {
        open();
        _staff = _shop->sesion("t", "pedidos");
        const std::pair<Text, Text> cases[] = {
            {"?estado=perdido", "/estado"},
            {"?desde=ayer", "/desde"},
            {"?desde=2026-02-30", "/desde"},
            {"?hasta=2026-11-29T08:00", "/hasta"},
            {"?hasta=20261129", "/hasta"},
            {"?desde=2026-11-02&hasta=2026-11-01", "/hasta"},
            {"?q=ana", "/q"},
            {"?q=261101-2222I2", "/q"},
            {"?q=@", "/q"},
            {"?limite=0", "/limite"},
            {"?limite=101", "/limite"},
            {"?limite=2x", "/limite"},
            {"?cursor=", "/cursor"},
            {"?cursor=1-x", "/cursor"},
            {"?estado=x&desde=x&hasta=x&q=x&limite=x&cursor=x", "/cursor /desde /estado /hasta /limite /q"}};
        for (const auto& [query, names] : cases)
        {
            const auto refused = ask(query);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(query, Text("422 datos-invalidos"), refused.outcome());
            std::set<Text> named;
            for (const auto& e : refused.json["errores"].GetArray()) named.insert(e["puntero"].GetString());
            Text all;
            for (const auto& name : named) all += (all.empty() ? "" : " ") + name;
            CPPUNIT_ASSERT_EQUAL_MESSAGE(query, names, all);
        }
    }

    /// Whoever goes through the pages meets each order that was there at the beginning once, newest first.
    void testPagesWhileOrdersCome()
    {
        constexpr std::size_t kOrders = 11;
        open();
        _staff = _shop->sesion("t", "pedidos");
        _shop->producto("P", 1000);
        std::vector<Text> before;
        for (std::size_t i = 0; i < kOrders; ++i) before.insert(before.begin(), idOf(ordered({{"P", 1}})));
        behind("UPDATE pedidos_pedidos SET creado = 1793520000000000 WHERE id IN ('" + before[3] + "', '" + before[4] +
               "', '" + before[5] + "')"); // the oldest, all of one moment
        std::vector<Text> seen;
        std::atomic<int> made{0};
        std::atomic<bool> isOver{false};
        std::thread buyer(
            [&]
            {
                while (!isOver) made += ordered({{"P", 1}}).status() == 201 ? 1 : 0;
            });
        Text next;
        do {
            const auto page = ask("?estado=pendiente&limite=2" + (next.empty() ? "" : "&cursor=" + next));
            for (const auto& p : page.json["pedidos"].GetArray()) seen.push_back(p["id"].GetString());
            next = page.json["siguiente"].IsNull() ? "" : page.json["siguiente"].GetString();
            const auto now = made.load();
            (void)eventually([&] { return made > now; });
        } while (!next.empty() && seen.size() < 200);
        isOver = true;
        buyer.join();
        std::vector<Text> sorted(before.begin() + 3, before.begin() + 6);
        std::sort(sorted.rbegin(), sorted.rend());
        before.erase(before.begin() + 3, before.begin() + 6);
        before.insert(before.end(), sorted.begin(), sorted.end());
        const auto first = std::find(seen.begin(), seen.end(), before.front());
        CPPUNIT_ASSERT(std::vector<Text>(first, seen.end()) == before);
        CPPUNIT_ASSERT(made >= static_cast<int>(kOrders) / 2);
    }

    Text _staff; ///< its header lines
    std::vector<Respuesta> _made;
};

ZOCO_TEST_ON_BOTH(GestionTest);
