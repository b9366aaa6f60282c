#include "pedidos/Compras.h"
#include "support/RawClient.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <sched.h>

using namespace zoco::test;

/// Lists of a shop with many orders beside those of a shop with few, taking turns: a page of many takes no more than
/// twice as long. ZOCO_LONG=1 has 200,000 orders.
class ListasTest : public Compras
{
    CPPUNIT_TEST_SUITE(ListasTest);
    CPPUNIT_TEST(testManyOrdersCostNoMore);
    CPPUNIT_TEST_SUITE_END();

    using Clock = std::chrono::steady_clock;

    static constexpr int kFew = 2'000;
    const int _many = std::getenv("ZOCO_LONG") != nullptr ? 200'000 : 20'000;
    static constexpr double kGoal = 2;
    static constexpr int kRounds = 41;
    static constexpr int kAttempts = 3; ///< what others do on the machine is no fault of a list

    static constexpr int kPage = 20;
    static constexpr int kRare = 40; ///< orders of the rare state, and of the customer who seldom buys
    static constexpr std::int64_t kFirst = 1'767'225'600'000'000; ///< 2026-01-01T00:00:00Z
    static constexpr std::int64_t kDay = 86'400'000'000;
    static constexpr std::int64_t kDays = 300; ///< over which the orders are spread, whatever their number

    /// A shop with its orders, numbered by age. Ana has bought every second one, and Luis few; most are `entregado`,
    /// and as few as Luis's are `devuelto`.
    struct Tienda
    {
        std::unique_ptr<Comercio> shop;
        int orders = 0;
        std::int64_t step = 0; ///< between two orders, microseconds
        Text staff, ana, luis; ///< header lines
        std::optional<RawClient> client;

        Text id(int order) const { return padded(order, 22); }
        /// Of the page behind an order.
        Text cursor(int order) const { return "&cursor=" + std::to_string(kFirst + order * step) + '-' + id(order); }
        Text numero(int order) const
        {
            auto out = padded(order, 6);
            for (auto& c : out) c = c == '0' ? 'A' : c == '1' ? 'B' : c;
            return "260101-" + out;
        }
        static Text padded(int number, int digits)
        {
            char text[32];
            std::snprintf(text, sizeof text, "%0*d", digits, number);
            return text;
        }
    };

    /// What is asked for: who, and where in a shop.
    struct Lista
    {
        const char* name;
        Text Tienda::*who;
        Text (*path)(const Tienda&);
        std::size_t rows;
    };

    static std::vector<Lista> lists()
    {
        using T = const Tienda&;
        const auto staff = &Tienda::staff;
        constexpr auto kOrders = "/Pedidos/gestion?limite=20";
        static const auto all = Text(kOrders);
        return {{"customer with half of them", &Tienda::ana, [](T) -> Text { return "/Pedidos?limite=20"; }, kPage},
                {"  deep", &Tienda::ana, [](T t) { return "/Pedidos?limite=20" + t.cursor(t.orders / 10); }, kPage},
                {"customer with 40", &Tienda::luis, [](T) -> Text { return "/Pedidos?limite=20"; }, kPage},
                {"  deep", &Tienda::luis, [](T t) { return "/Pedidos?limite=20" + t.cursor(t.orders / 2); }, kPage},
                {"staff", staff, [](T) { return all; }, kPage},
                {"  deep", staff, [](T t) { return all + t.cursor(t.orders / 10); }, kPage},
                {"estado, most", staff, [](T) { return all + "&estado=entregado"; }, kPage},
                {"  deep", staff, [](T t) { return all + "&estado=entregado" + t.cursor(t.orders / 10); }, kPage},
                {"estado, 40", staff, [](T) { return all + "&estado=devuelto"; }, kPage},
                {"  deep", staff, [](T t) { return all + "&estado=devuelto" + t.cursor(t.orders / 2); }, kPage},
                {"desde", staff, [](T) { return all + "&desde=2026-02-01"; }, kPage},
                {"hasta", staff, [](T) { return all + "&hasta=2026-02-01"; }, kPage},
                {"desde, hasta", staff, [](T) { return all + "&desde=2026-05-01&hasta=2026-05-10"; }, kPage},
                {"  deep", staff,
                 [](T t) { return all + "&desde=2026-05-01&hasta=2026-05-10" + t.cursor(t.orders * 124 / 300); },
                 kPage},
                {"estado, desde, hasta", staff,
                 [](T) { return all + "&estado=entregado&desde=2026-05-01&hasta=2026-05-10"; }, kPage},
                {"estado, 40, desde", staff, [](T) { return all + "&estado=devuelto&desde=2026-02-01"; }, kPage},
                {"q, number", staff, [](T t) { return all + "&q=" + t.numero(t.orders / 3); }, 1},
                {"q, address with half", staff, [](T) { return all + "&q=ana@example.org"; }, kPage},
                {"  deep", staff, [](T t) { return all + "&q=ana@example.org" + t.cursor(t.orders / 10); }, kPage},
                {"q, address with 40", staff, [](T) { return all + "&q=luis@example.org"; }, kPage},
                {"  deep", staff, [](T t) { return all + "&q=luis@example.org" + t.cursor(t.orders / 2); }, kPage},
                {"q, address, desde, hasta", staff,
                 [](T) { return all + "&q=ana@example.org&desde=2026-05-01&hasta=2026-05-10"; }, kPage},
                {"q, address, estado", staff, [](T) { return all + "&q=ana@example.org&estado=entregado"; }, kPage}};
    }

    /// Two orders are made as customers make them, for the blind indexes of their addresses; the others are copies by
    /// SQL.
    Tienda opened(int orders)
    {
        open();
        Tienda out;
        out.orders = orders;
        out.step = kDays * kDay / orders;
        _shop->producto("P", 1000);
        Text mails[2];
        for (const auto* who : {"ana", "luis"})
        {
            Cliente guest(*_shop);
            guest.sumar("P");
            const auto made = guest.send("POST", "/Pedidos",
                                         R"({"direccion":)" + address() + R"(,"envio":"estandar","correo":")" + who +
                                             R"(@example.org"})");
            mails[*who == 'a' ? 0 : 1] = "(SELECT o.correo FROM pedidos_pedidos o WHERE o.id = '" + idOf(made) + "')";
        }
        fill(out, mails[0], mails[1]);
        out.staff = _shop->sesion("t", "pedidos");
        out.ana = _shop->sesion("ana");
        out.luis = _shop->sesion("luis");
        out.shop = std::move(_shop);
        return out;
    }

    void fill(const Tienda& t, const Text& ana, const Text& luis) const
    {
        const auto last = std::to_string(t.orders - 1);
        const auto seldom = "i % " + std::to_string(t.orders / kRare) + " = ";
        const auto padded = [&](const Text& digits)
        { return isMariaDb() ? "LPAD(i, " + digits + ", '0')" : "printf('%0" + digits + "d', i)"; };
        const auto joined = [&](const Text& a, const Text& b)
        { return isMariaDb() ? "CONCAT(" + a + ", " + b + ")" : "(" + a + " || " + b + ")"; };
        const Text rows = isMariaDb() ? "(SELECT seq AS i FROM seq_0_to_" + last + ") n"
                                      : "(WITH RECURSIVE m(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM m WHERE i < " +
                                            last + ") SELECT i FROM m) n";
        behind("INSERT INTO pedidos_pedidos (id, numero, estado, usuario, carrito, acceso, moneda, productos, envio, "
               "descuento, total, impuestos, metodo, zona, creado, correo, datos) SELECT " +
               padded("22") + ", " + joined("'260101-'", "REPLACE(REPLACE(" + padded("6") + ", '0', 'A'), '1', 'B')") +
               ", CASE WHEN " + seldom + "3 THEN 'devuelto' WHEN i % 10 = 0 THEN 'enviado' ELSE 'entregado' END, " +
               "CASE WHEN " + seldom + "1 THEN 'luis' WHEN i % 2 = 0 THEN 'ana' ELSE " + joined("'u'", "i % 1000") +
               " END, " + joined("'c'", "i") + ", 'x', 'EUR', 1000, 495, 0, 1495, '21:1236:259', 'estandar', " +
               "'peninsula', " + std::to_string(kFirst) + " + i * " + std::to_string(t.step) + ", CASE WHEN " + seldom +
               "1 THEN " + luis + " WHEN i % 2 = 0 THEN " + ana + " END, " +
               (isMariaDb() ? "REPEAT('x', 250)" : "zeroblob(250)") + " FROM " + rows);
        if (isMariaDb()) behind("ANALYZE TABLE pedidos_pedidos"); // which the server does by itself after a moment
    }

    /// Microseconds that a page takes.
    static double ask(Tienda& t, const Lista& list)
    {
        const auto path = list.path(t);
        const auto begin = Clock::now();
        const auto page = t.client->request("GET", path, t.*list.who);
        const std::chrono::duration<double, std::micro> took = Clock::now() - begin;
        std::size_t rows = 0;
        for (auto at = page.body.find("\"numero\""); at != Text::npos; at = page.body.find("\"numero\"", at + 1))
            ++rows;
        CPPUNIT_ASSERT_EQUAL_MESSAGE(path + ' ' + page.body, list.rows, rows);
        return took.count();
    }

    static double median(std::vector<double> values)
    {
        std::nth_element(values.begin(), values.begin() + kRounds / 2, values.end());
        return values[kRounds / 2];
    }

    /// The medians of few and many.
    static std::pair<double, double> measure(Tienda& few, Tienda& many, const Lista& list)
    {
        std::vector<double> times[2];
        for (auto* t : {&few, &many}) t->client.emplace(t->shop->host().port());
        for (int round = -2; round < kRounds; ++round)
            for (auto* t : {&few, &many})
                if (const auto took = ask(*t, list); round >= 0) times[t == &many].push_back(took);
        return {median(std::move(times[0])), median(std::move(times[1]))};
    }

    /// Client, hosts and servers take turns on one processor: where the system puts them makes no difference then.
    static void stayOnOneProcessor()
    {
        ::cpu_set_t one;
        CPU_ZERO(&one);
        CPU_SET(static_cast<unsigned>(std::max(0, ::sched_getcpu())), &one);
        CPPUNIT_ASSERT_EQUAL(0, ::sched_setaffinity(0, sizeof one, &one));
    }

    void testManyOrdersCostNoMore()
    {
        stayOnOneProcessor();
        auto few = opened(kFew);
        auto many = opened(_many);
        std::printf("\nOrders on %s, microseconds a page: of %d, of %d, their ratio\n",
                    isMariaDb() ? "MariaDB" : "SQLite", kFew, _many);
        Text missed;
        for (const auto& list : lists())
        {
            auto [a, b] = measure(few, many, list);
            for (int more = 1; more < kAttempts && b > kGoal * a; ++more) std::tie(a, b) = measure(few, many, list);
            std::printf("  %-28s %7.0f %7.0f %6.2f %s\n", list.name, a, b, b / a, b > kGoal * a ? "FAIL" : "");
            std::fflush(stdout);
            if (b > kGoal * a) missed += Text(missed.empty() ? "" : ", ") + list.name;
        }
        CPPUNIT_ASSERT_EQUAL(Text(), missed);
    }
};

ZOCO_TEST_ON_BOTH(ListasTest);
