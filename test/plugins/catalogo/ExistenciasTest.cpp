#include "../gestorbbdd/EmbeddedFiles.h"
#include "../gestorbbdd/TestEngine.h"

#include <cppunit/extensions/HelperMacros.h>

#include <atomic>
#include <thread>
#include <vector>

using namespace zoco::gestorbbdd::test;
using zoco::Group;
using zoco::Operation;
using zoco::Row;
using zoco::Service;
using zoco::Value;

/// Stock as other plugins take it and give it back: the operations that catalogo publishes.
class ExistenciasTest : public EngineTest
{
    CPPUNIT_TEST_SUITE(ExistenciasTest);
    CPPUNIT_TEST(testMoreThanThereIsCannotBeTaken);
    CPPUNIT_TEST(testStockThatIsNotTrackedStaysSo);
    CPPUNIT_TEST(testOnlyWhatWasTakenComesBack);
    CPPUNIT_TEST(testNothingOrLessCannotBeTaken);
    CPPUNIT_TEST(testWhatWasReservedComesBackOnce);
    CPPUNIT_TEST(testWhatWasSoldDoesNotComeBack);
    CPPUNIT_TEST(testAReservationOfAProductThatIsGoneEnds);
    CPPUNIT_TEST(testAnEditOfTheOldStockIsRefused);
    CPPUNIT_TEST(testWhatACartNeedsToKnow);
    CPPUNIT_TEST(testManyBuyersOfTheLastPieces);
    CPPUNIT_TEST_SUITE_END();

    struct Setup
    {
        explicit Setup(const ExistenciasTest& test)
            : gestor(test.onEngine()),
              catalogo(gestor, "catalogo", embeddedOf("catalogo")),
              pedidos(gestor, "pedidos", {}),
              own(catalogo.service()),
              data(pedidos.service()),
              crear(own.operation("producto_crear", {"id", "sku", "nombre", "clave", "importe", "moneda", "categoria",
                                                     "marca", "existencias", "creado", "modificado", "imagenes",
                                                     "busqueda", "atributos", "descripcion", "iva", "peso"})),
              borrar(own.operation("producto_borrar", {"id"})),
              paraVender(data.operation("catalogo.para_vender", {"ids"})),
              paraVenderCon(data.operation("catalogo.para_vender_con", {"producto", "ids"})),
              descontar(data.operation("catalogo.descontar", {"producto", "cantidad"})),
              reservar(data.operation("catalogo.reservar", {"pedido", "producto", "cantidad"})),
              devolver(data.operation("catalogo.devolver", {"pedido", "producto"})),
              soltar(data.operation("catalogo.soltar", {"pedido", "producto"})),
              vender(data.operation("catalogo.vender", {"pedido"}))
        {
        }

        void product(const char* id, Value stock)
        {
            own.call({}, crear,
                     {id, std::string_view("sku-a"), "Queso", "queso", 1299, "EUR", nullptr, nullptr, stock, 1, 1,
                      "una.svg dos.svg", "queso", "[]", nullptr, "superreducido", 750})
                .value();
        }
        bool take(const char* order, const char* product, int count)
        {
            Group group(data);
            group.add(descontar, {product, count}, 1);
            group.add(reservar, {order, product, count}, 1);
            return group.run({}).ok();
        }
        void giveBack(const char* order, const char* product)
        {
            Group group(data);
            group.add(devolver, {order, product});
            group.add(soltar, {order, product});
            group.run({}).value();
        }
        std::optional<std::int64_t> stock(const char* id)
        {
            std::optional<std::int64_t> out;
            const std::vector<Value> ids{id};
            data.call({}, paraVender, {Value::list(ids)},
                      [&](const Row& row) { out = row[7].isNull() ? std::nullopt : std::optional(row[7].integer()); })
                .value();
            return out;
        }
        std::int64_t sell(const char* order) { return data.call({}, vender, {order}).value(); }

        Gestor gestor;
        Consumer catalogo, pedidos;
        Service own, data;
        Operation crear, borrar, paraVender, paraVenderCon, descontar, reservar, devolver, soltar, vender;
    };

    using Stock = std::optional<std::int64_t>;

    void testMoreThanThereIsCannotBeTaken()
    {
        Setup s(*this);
        s.product("a", 3);
        CPPUNIT_ASSERT(!s.take("p1", "a", 4));
        CPPUNIT_ASSERT(s.take("p1", "a", 3));
        CPPUNIT_ASSERT(!s.take("p2", "a", 1));
        CPPUNIT_ASSERT(s.stock("a") == Stock(0));
        CPPUNIT_ASSERT(!s.take("p2", "none", 1));
    }

    void testStockThatIsNotTrackedStaysSo()
    {
        Setup s(*this);
        s.product("a", nullptr);
        CPPUNIT_ASSERT(s.take("p1", "a", 1000));
        s.giveBack("p1", "a");
        CPPUNIT_ASSERT(!s.stock("a"));
    }

    void testOnlyWhatWasTakenComesBack()
    {
        Setup s(*this);
        s.product("a", nullptr);
        CPPUNIT_ASSERT(s.take("p1", "a", 3));
        s.own.call({}, s.borrar, {"a"}).value();
        s.product("a", 5); // somebody has counted
        s.giveBack("p1", "a");
        CPPUNIT_ASSERT(s.stock("a") == Stock(5));
    }

    void testNothingOrLessCannotBeTaken()
    {
        Setup s(*this);
        s.product("a", 3);
        CPPUNIT_ASSERT(!s.take("p1", "a", 0) && !s.take("p1", "a", -2));
        CPPUNIT_ASSERT(s.stock("a") == Stock(3));
    }

    void testWhatWasReservedComesBackOnce()
    {
        Setup s(*this);
        s.product("a", 10);
        CPPUNIT_ASSERT(s.take("p1", "a", 4) && s.take("p2", "a", 5));
        s.giveBack("p1", "a");
        s.giveBack("p1", "a");
        s.giveBack("p3", "a");
        CPPUNIT_ASSERT(s.stock("a") == Stock(5));
    }

    void testWhatWasSoldDoesNotComeBack()
    {
        Setup s(*this);
        s.product("a", 10);
        CPPUNIT_ASSERT(s.take("p1", "a", 4));
        CPPUNIT_ASSERT_EQUAL(std::int64_t(1), s.sell("p1"));
        s.giveBack("p1", "a");
        CPPUNIT_ASSERT(s.stock("a") == Stock(6));
    }

    void testAReservationOfAProductThatIsGoneEnds()
    {
        Setup s(*this);
        s.product("a", 10);
        CPPUNIT_ASSERT(s.take("p1", "a", 4));
        s.own.call({}, s.borrar, {"a"}).value();
        s.giveBack("p1", "a");
        CPPUNIT_ASSERT_EQUAL(std::int64_t(0), s.sell("p1"));
    }

    void testAnEditOfTheOldStockIsRefused()
    {
        Setup s(*this);
        s.product("a", 10);
        const auto edit =
            s.own.operation("producto_cambiar", {"id", "antes", "sku", "nombre", "clave", "importe", "moneda",
                                                 "categoria", "marca", "existencias", "modificado", "imagenes",
                                                 "busqueda", "atributos", "descripcion", "iva", "peso"});
        CPPUNIT_ASSERT(s.take("p1", "a", 4));
        const auto changed = s.own.call({}, edit,
                                        {"a", 1, "A", "Queso", "queso", 1299, "EUR", nullptr, nullptr, 10, 2, "",
                                         "queso", "[]", nullptr, "general", 0});
        CPPUNIT_ASSERT_EQUAL(std::int64_t(0), changed.value());
        CPPUNIT_ASSERT(s.stock("a") == Stock(6));
    }

    void testWhatACartNeedsToKnow()
    {
        Setup s(*this);
        s.product("a", 2);
        const std::vector<Value> ids{"a", "none"};
        int rows = 0;
        const auto check = [&](const Row& row)
        {
            std::string id, sku, name, currency, tax, picture;
            std::int64_t amount = 0, weight = 0, stock = 0;
            row.read(id, sku, name, amount, currency, tax, weight, stock, picture);
            CPPUNIT_ASSERT_EQUAL(std::string("a sku-a Queso EUR superreducido una.svg"),
                                 id + ' ' + sku + ' ' + name + ' ' + currency + ' ' + tax + ' ' + picture);
            CPPUNIT_ASSERT_EQUAL(std::int64_t(1299 + 750 + 2), amount + weight + stock);
            ++rows;
        };
        s.data.call({}, s.paraVender, {Value::list(ids)}, check).value();
        CPPUNIT_ASSERT_EQUAL(1, rows);
        const std::vector<Value> nothing;
        for (const auto* name : {"a", "sku-a"})
            for (const auto& others : {Value::list(nothing), Value::list(ids)})
                s.data.call({}, s.paraVenderCon, {name, others}, check).value();
        CPPUNIT_ASSERT_EQUAL(5, rows); // each once
        s.data.call({}, s.paraVenderCon, {"sku-b", Value::list(ids)}, check).value();
        CPPUNIT_ASSERT_EQUAL(6, rows);
    }

    void testManyBuyersOfTheLastPieces()
    {
        constexpr int kBuyers = 16;
        Setup s(*this);
        s.product("a", 10);
        std::atomic<int> sold{0};
        std::vector<std::thread> buyers;
        for (int i = 0; i < kBuyers; ++i)
            buyers.emplace_back([&, i] { sold += s.take(("p" + std::to_string(i)).c_str(), "a", 1) ? 1 : 0; });
        for (auto& b : buyers) b.join();
        CPPUNIT_ASSERT_EQUAL(10, sold.load());
        CPPUNIT_ASSERT(s.stock("a") == Stock(0));
        for (int i = 0; i < kBuyers; ++i) s.giveBack(("p" + std::to_string(i)).c_str(), "a");
        CPPUNIT_ASSERT(s.stock("a") == Stock(10));
    }
};

ZOCO_TEST_ON_BOTH(ExistenciasTest);
