#include "pedidos/Compras.h"

#include <map>
#include <random>
#include <set>

using namespace zoco::test;

namespace
{

using Text = std::string;
using Count = std::map<Text, int>;

/// What the README says of an order, told once more: the test's own book of one order.
struct Libro
{
    struct Vuelta
    {
        Text id;
        Count pieces;
        bool isReceived = false;
    };

    Text state = "pendiente";
    Count ordered, sent, asked;
    std::vector<Vuelta> returns;

    static const std::map<Text, std::set<Text>>& table()
    {
        static const std::map<Text, std::set<Text>> out = {
            {"pendiente", {"confirmado", "pagado", "cancelado", "caducado"}},
            {"confirmado", {"pagado", "cancelado", "caducado"}},
            {"pagado", {"preparado", "cancelado"}},
            {"preparado", {"enviado_parcial", "enviado", "cancelado"}},
            {"enviado_parcial", {"enviado_parcial", "enviado"}},
            {"enviado", {"entregado", "devuelto"}},
            {"entregado", {"devuelto"}}};
        return out;
    }
    bool may(const Text& to) const
    {
        const auto row = table().find(state);
        return row != table().end() && row->second.contains(to);
    }
    bool maySend() const { return state == "pagado" || may("enviado"); }
    static bool isWithin(const Count& some, const Count& taken, const Count& whole)
    {
        for (const auto& [product, count] : some)
            if (count + (taken.contains(product) ? taken.at(product) : 0) > whole.at(product)) return false;
        return true;
    }
    static void add(Count& to, const Count& some)
    {
        for (const auto& [product, count] : some) to[product] += count;
    }
    Count received() const
    {
        Count out;
        for (const auto& r : returns)
            if (r.isReceived) add(out, r.pieces);
        return out;
    }
};

} // namespace

/// Random walks through the states of orders, with shipments and returns, on both engines: every step does what the
/// README's table says or is refused naming the states, no piece is lost, and no cent is paid back twice.
class EstadosTest : public Compras
{
    CPPUNIT_TEST_SUITE(EstadosTest);
    CPPUNIT_TEST(testRandomWalks);
    CPPUNIT_TEST_SUITE_END();

    static constexpr std::int64_t kStock = 1000;
    static constexpr int kWalks = 12;
    static constexpr int kSteps = 30;

    void testRandomWalks()
    {
        open();
        for (const auto* sku : {"A", "B"}) _shop->producto(sku, sku[0] == 'A' ? 999 : 1501, R"(,"existencias":1000)");
        _random.seed(isMariaDb() ? 17 : 23); // the same walks each time
        std::set<Text> seen;
        for (int walk = 0; walk < kWalks; ++walk)
        {
            Libro book;
            book.ordered = {{"A", 1 + pick(3)}, {"B", 1 + pick(2)}};
            const auto order = ordered({{"A", book.ordered["A"]}, {"B", book.ordered["B"]}});
            for (const auto& [sku, count] : book.ordered) _gone[sku] += count;
            std::int64_t back = 0;
            for (int step = 0; step < kSteps; ++step)
            {
                back += act(order, book);
                CPPUNIT_ASSERT_EQUAL(book.state, stateOf(order));
                seen.insert(book.state);
            }
            CPPUNIT_ASSERT(back <= order.importe("totales.total"));
            if (book.state == "devuelto") CPPUNIT_ASSERT_EQUAL(order.importe("totales.total"), back);
        }
        for (const auto* sku : {"A", "B"})
            CPPUNIT_ASSERT(_shop->existencias(sku) == std::optional(kStock - _gone[sku]));
        CPPUNIT_ASSERT(eventuallyRefunds(_refunds));
        for (const auto* state :
             {"confirmado", "pagado", "preparado", "enviado_parcial", "enviado", "entregado", "cancelado", "devuelto"})
            CPPUNIT_ASSERT_MESSAGE(state, seen.contains(state));
    }

    /// One step; returns what it paid back. Ways that lead on are taken more often, so that walks come far.
    std::int64_t act(const Respuesta& order, Libro& book)
    {
        switch (pick(12))
        {
        case 0:
            return confirm(order, book, "confirmado");
        case 1:
        case 2:
            pays(order, book);
            return 0;
        case 3:
            return confirm(order, book, "preparado");
        case 4:
            return confirm(order, book, "entregado");
        case 5:
            return pick(4) == 0 ? cancels(order, book) : 0;
        case 6:
        case 7:
            return sends(order, book, pick(3) == 0 ? Count() : some(book));
        case 8:
        case 9:
            returns(order, book, some(book));
            return 0;
        default:
            return receives(order, book);
        }
    }

    int pick(int n) { return static_cast<int>(_random() % static_cast<unsigned>(n)); }

    Count some(const Libro& book)
    {
        Count out;
        for (const auto& [sku, count] : book.ordered)
            if (const int n = pick(count + 1); n > 0) out[sku] = n;
        if (out.empty()) out["A"] = 1;
        return out;
    }
    static std::vector<std::pair<Text, int>> listed(const Count& pieces) { return {pieces.begin(), pieces.end()}; }

    void check(const Text& expected, const Respuesta& answer, const Libro& book)
    {
        CPPUNIT_ASSERT_EQUAL_MESSAGE(answer.http.body, expected, answer.outcome());
        if (expected == "409 transicion-prohibida")
            CPPUNIT_ASSERT(Text(answer.json["detail"].GetString()).find(book.state) != Text::npos);
    }

    std::int64_t confirm(const Respuesta& order, Libro& book, const Text& to)
    {
        check(book.may(to) ? "200" : "409 transicion-prohibida", pass(order, to), book);
        if (book.may(to)) book.state = to;
        return 0;
    }

    void pays(const Respuesta& order, Libro& book)
    {
        const auto done = pay(order);
        CPPUNIT_ASSERT_EQUAL(Text(book.may("pagado") ? "204" : "409"), done.substr(0, 3));
        if (book.may("pagado")) book.state = "pagado";
    }

    std::int64_t cancels(const Respuesta& order, Libro& book)
    {
        const bool isGood = book.may("cancelado");
        check(isGood ? "200" : "409 transicion-prohibida", byCustomer(order, "cancelacion"), book);
        if (!isGood) return 0;
        const bool wasPaid = book.state != "pendiente" && book.state != "confirmado";
        book.state = "cancelado";
        for (const auto& [sku, count] : book.ordered) _gone[sku] -= count;
        if (!wasPaid) return 0;
        const auto total = order.importe("totales.total");
        _refunds.push_back(idOf(order) + ' ' + idOf(order) + ' ' + std::to_string(total));
        return total;
    }

    std::int64_t sends(const Respuesta& order, Libro& book, Count pieces)
    {
        const Text carrier = R"("transportista":"SEUR","seguimiento":"1")";
        const auto answer =
            byStaff(order, "expediciones", pieces.empty() ? "{" + carrier + "}" : lines(listed(pieces), "," + carrier));
        if (pieces.empty())
            for (const auto& [sku, count] : book.ordered) pieces[sku] = count - book.sent[sku];
        const bool isGood = Libro::isWithin(pieces, book.sent, book.ordered);
        check(!book.maySend() ? "409 transicion-prohibida" : isGood ? "201" : "409 expedicion-excede", answer, book);
        if (!book.maySend() || !isGood) return 0;
        Libro::add(book.sent, pieces);
        book.state = book.sent == book.ordered ? "enviado" : "enviado_parcial";
        return 0;
    }

    void returns(const Respuesta& order, Libro& book, const Count& pieces)
    {
        const auto answer = byCustomer(order, "devoluciones", lines(listed(pieces)));
        const bool isGood = Libro::isWithin(pieces, book.asked, book.ordered);
        check(!book.may("devuelto") ? "409 transicion-prohibida"
              : isGood              ? "201"
                                    : "409 devolucion-excede",
              answer, book);
        if (answer.status() != 201) return;
        Libro::add(book.asked, pieces);
        book.returns.push_back({answer.json["id"].GetString(), pieces});
    }

    std::int64_t receives(const Respuesta& order, Libro& book)
    {
        if (book.returns.empty()) return 0;
        auto& back = book.returns[static_cast<std::size_t>(pick(static_cast<int>(book.returns.size())))];
        const bool isKept = pick(2) == 0;
        const auto answer =
            byStaff(order, "devoluciones/" + back.id + "/recepcion", isKept ? R"({"repone":false})" : "");
        CPPUNIT_ASSERT_EQUAL(Text(back.isReceived ? "409 transicion-prohibida" : "200"), answer.outcome());
        if (back.isReceived) return 0;
        back.isReceived = true;
        if (!isKept)
            for (const auto& [sku, count] : back.pieces) _gone[sku] -= count;
        if (book.received() == book.ordered) book.state = "devuelto";
        _refunds.push_back(back.id + ' ' + idOf(order) + ' ' + std::to_string(answer.importe("importe")));
        return answer.importe("importe");
    }

    std::mt19937 _random;
    Count _gone;
    std::vector<Text> _refunds;
};

ZOCO_TEST_ON_BOTH(EstadosTest);
