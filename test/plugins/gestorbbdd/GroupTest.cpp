#include "Support.h"
#include "TestEngine.h"

#include <cppunit/extensions/HelperMacros.h>

#include <atomic>

namespace zoco::gestorbbdd::test
{

/// Calls of several steps.
class GroupTest : public EngineTest
{
    CPPUNIT_TEST_SUITE(GroupTest);
    CPPUNIT_TEST(testAllStepsHappen);
    CPPUNIT_TEST(testFailingStepUndoesAll);
    CPPUNIT_TEST(testGuardUndoesAll);
    CPPUNIT_TEST(testReferenceTakesAColumnOfAnEarlierStep);
    CPPUNIT_TEST(testWrongReferencesAreInvalid);
    CPPUNIT_TEST(testReferenceToAStepWithoutRowsIsAGuard);
    CPPUNIT_TEST(testReferenceToNull);
    CPPUNIT_TEST(testReferenceToAnotherKindIsInvalid);
    CPPUNIT_TEST(testOwnAndPublishedOperationsMix);
    CPPUNIT_TEST(testFailedGroupTellsNoRows);
    CPPUNIT_TEST(testReadingGroupSeesOneState);
    CPPUNIT_TEST(testRowsOfWritesComeOnTheCallersThread);
    ZOCO_TEST_ON_SQLITE_ALONE(testDeferredKeysMayBeMetInsideTheGroup); // MariaDB checks keys at once
    CPPUNIT_TEST(testManyThreadsLoseNothing);
    CPPUNIT_TEST_SUITE_END();

    static Embedded tienda()
    {
        return Embedded()
            .migration(
                "V001__t.sql",
                "CREATE TABLE tienda_existencias (producto INT PRIMARY KEY, cantidad INT CHECK (cantidad >= 0));\n"
                "INSERT INTO tienda_existencias VALUES (1, 5), (2, 0)")
            .operations("o.sql", R"sql(
-- operation: reservar
-- params: producto int, cantidad int
-- returns: affected
-- access: published
UPDATE tienda_existencias SET cantidad = cantidad - :cantidad WHERE producto = :producto AND cantidad >= :cantidad;
-- operation: existencias
-- params: producto int
-- returns: one
-- access: published
SELECT cantidad FROM tienda_existencias WHERE producto = :producto;
)sql");
    }

    static Embedded pedidos()
    {
        return Embedded()
            .migration("V001__t.mysql.sql",
                       "CREATE TABLE pedidos_pedidos (id INTEGER AUTO_INCREMENT PRIMARY KEY, nota VARCHAR(200) UNIQUE, "
                       "otra TEXT);\n"
                       "CREATE TABLE pedidos_lineas (pedido INT NOT NULL REFERENCES pedidos_pedidos (id), "
                       "producto INT NOT NULL)")
            .migration("V001__t.sqlite.sql",
                       "CREATE TABLE pedidos_pedidos (id INTEGER PRIMARY KEY, nota TEXT UNIQUE, otra TEXT);\n"
                       "CREATE TABLE pedidos_lineas (pedido INT NOT NULL REFERENCES pedidos_pedidos (id) "
                       "DEFERRABLE INITIALLY DEFERRED, producto INT NOT NULL)")
            .operations("o.sql", R"sql(
-- operation: crear
-- params: nota text
-- returns: one
INSERT INTO pedidos_pedidos (nota) VALUES (:nota) RETURNING id, nota, otra;
-- operation: linea
-- params: pedido int, producto int
-- returns: affected
INSERT INTO pedidos_lineas VALUES (:pedido, :producto);
-- operation: anotar
-- params: id int, otra text?
-- returns: affected
UPDATE pedidos_pedidos SET otra = :otra WHERE id = :id;
-- operation: con_id
-- params: id int
-- returns: affected
INSERT INTO pedidos_pedidos (id) VALUES (:id);
-- operation: buscar
-- params: nota text
-- returns: one
SELECT id, nota, otra FROM pedidos_pedidos WHERE nota = :nota;
-- operation: contar
-- returns: one
SELECT (SELECT COUNT(*) FROM pedidos_pedidos) AS pedidos, (SELECT COUNT(*) FROM pedidos_lineas) AS lineas;
-- operation: lineas
-- params: pedido int
-- returns: many
SELECT producto FROM pedidos_lineas WHERE pedido = :pedido ORDER BY producto;
)sql");
    }

    struct Setup
    {
        explicit Setup(const GroupTest& test)
            : gestor(test.onEngine()),
              tiendas(gestor, "tienda", tienda()),
              consumer(gestor, "pedidos", pedidos()),
              service(consumer.service())
        {
            crear = service.operation("crear", {"nota"});
            linea = service.operation("linea", {"pedido", "producto"});
            anotar = service.operation("anotar", {"id", "otra"});
            conId = service.operation("con_id", {"id"});
            buscar = service.operation("buscar", {"nota"});
            contar = service.operation("contar");
            lineas = service.operation("lineas", {"pedido"});
            reservar = service.operation("tienda.reservar", {"producto", "cantidad"});
            existencias = service.operation("tienda.existencias", {"producto"});
        }
        static zoco_status run(Group& group, std::function<void(std::uint32_t, const Row&)> onRow = {})
        {
            const auto result = group.run({}, std::move(onRow));
            return result.ok() ? zoco_status{ZOCO_OK} : result.problem().code;
        }
        std::pair<int, int> counts()
        {
            std::pair<int, int> out{-1, -1};
            CPPUNIT_ASSERT(service.call({}, contar, {}, [&](const Row& row) { row.read(out.first, out.second); }).ok());
            return out;
        }
        void assertCounts(int pedidosCount, int lineasCount)
        {
            const auto now = counts();
            CPPUNIT_ASSERT_EQUAL(pedidosCount, now.first);
            CPPUNIT_ASSERT_EQUAL(lineasCount, now.second);
        }

        Gestor gestor;
        Consumer tiendas;
        Consumer consumer;
        Service service;
        Operation crear, linea, anotar, conId, buscar, contar, lineas, reservar, existencias;
    };

    static void assertStatus(zoco_status expected, zoco_status actual) { CPPUNIT_ASSERT_EQUAL(expected, actual); }

    void testAllStepsHappen()
    {
        Setup s(*this);
        Group group(s.service);
        const auto pedido = group.add(s.crear, {"a"});
        group.add(s.linea, {Value::ref(pedido, "id"), 1});
        group.add(s.linea, {Value::ref(pedido, "id"), 2});
        CPPUNIT_ASSERT_EQUAL(std::int64_t{3}, group.run({}).value());
        s.assertCounts(1, 2);
    }

    void testFailingStepUndoesAll()
    {
        Setup s(*this);
        CPPUNIT_ASSERT(s.service.call({}, s.crear, {"ya"}).ok());
        Group group(s.service);
        const auto pedido = group.add(s.crear, {"nuevo"});
        group.add(s.linea, {Value::ref(pedido, "id"), 1});
        group.add(s.crear, {"ya"});
        assertStatus(ZOCO_E_DUPLICATE, Setup::run(group));
        s.assertCounts(1, 0);
    }

    void testGuardUndoesAll()
    {
        Setup s(*this);
        Group group(s.service);
        group.add(s.crear, {"a"});
        group.add(s.reservar, {2, 1}, 1);
        assertStatus(ZOCO_E_GUARD, Setup::run(group));
        s.assertCounts(0, 0);
    }

    void testReferenceTakesAColumnOfAnEarlierStep()
    {
        Setup s(*this);
        CPPUNIT_ASSERT(s.service.call({}, s.crear, {"antes"}).ok());
        Group group(s.service);
        const auto pedido = group.add(s.crear, {"texto largo que no cabe en una cadena corta"});
        group.add(s.anotar, {Value::ref(pedido, "id"), Value::ref(pedido, "nota")}, 1);
        assertStatus(ZOCO_OK, Setup::run(group));
        std::string otra;
        CPPUNIT_ASSERT(s.service
                           .call({}, s.buscar, {"texto largo que no cabe en una cadena corta"},
                                 [&](const Row& row) { otra = row[2].text(); })
                           .ok());
        CPPUNIT_ASSERT_EQUAL(std::string("texto largo que no cabe en una cadena corta"), otra);
    }

    void testWrongReferencesAreInvalid()
    {
        Setup s(*this);
        const Value wrong[] = {Value::ref(1, "id"), Value::ref(7, "id"), Value::ref(0, "nada"), Value::ref(0, "")};
        for (const auto& value : wrong)
        {
            Group group(s.service);
            group.add(s.crear, {"a"});
            group.add(s.linea, {value, 1});
            assertStatus(ZOCO_E_INVALID, Setup::run(group));
        }
        Group ofAffected(s.service);
        ofAffected.add(s.conId, {1});
        ofAffected.add(s.linea, {Value::ref(0, "id"), 1});
        assertStatus(ZOCO_E_INVALID, Setup::run(ofAffected));
        s.assertCounts(0, 0);
    }

    void testReferenceToAStepWithoutRowsIsAGuard()
    {
        Setup s(*this);
        Group group(s.service);
        group.add(s.crear, {"a"});
        group.add(s.buscar, {"nada"});
        group.add(s.linea, {Value::ref(1, "id"), 1});
        assertStatus(ZOCO_E_GUARD, Setup::run(group));
        s.assertCounts(0, 0);
    }

    void testReferenceToNull()
    {
        Setup s(*this);
        Group allowed(s.service);
        allowed.add(s.crear, {"a"});
        allowed.add(s.anotar, {Value::ref(0, "id"), Value::ref(0, "otra")}, 1);
        assertStatus(ZOCO_OK, Setup::run(allowed));
        Group refused(s.service);
        refused.add(s.crear, {"b"});
        refused.add(s.crear, {Value::ref(0, "otra")});
        assertStatus(ZOCO_E_CONSTRAINT, Setup::run(refused));
        s.assertCounts(1, 0);
    }

    void testReferenceToAnotherKindIsInvalid()
    {
        Setup s(*this);
        Group group(s.service);
        group.add(s.crear, {"a"});
        group.add(s.crear, {Value::ref(0, "id")});
        assertStatus(ZOCO_E_INVALID, Setup::run(group));
        s.assertCounts(0, 0);
    }

    void testOwnAndPublishedOperationsMix()
    {
        Setup s(*this);
        for (int i = 0; i < 6; ++i)
        {
            const auto nota = std::to_string(i);
            Group group(s.service);
            group.add(s.crear, {nota});
            group.add(s.reservar, {1, 1}, 1);
            assertStatus(i < 5 ? zoco_status{ZOCO_OK} : zoco_status{ZOCO_E_GUARD}, Setup::run(group));
        }
        s.assertCounts(5, 0);
        int left = -1;
        CPPUNIT_ASSERT(s.service.call({}, s.existencias, {1}, [&](const Row& row) { row.read(left); }).ok());
        CPPUNIT_ASSERT_EQUAL(0, left);
    }

    void testFailedGroupTellsNoRows()
    {
        Setup s(*this);
        int rows = 0;
        const auto count = [&](std::uint32_t, const Row&) { ++rows; };
        Group writing(s.service);
        writing.add(s.crear, {"a"});
        writing.add(s.reservar, {2, 1}, 1);
        assertStatus(ZOCO_E_GUARD, Setup::run(writing, count));
        Group reading(s.service);
        reading.add(s.contar, {}, 1);
        reading.add(s.buscar, {"nada"}, 1);
        assertStatus(ZOCO_E_GUARD, Setup::run(reading, count));
        CPPUNIT_ASSERT_EQUAL(0, rows);
    }

    void testReadingGroupSeesOneState()
    {
        Setup s(*this);
        std::atomic<bool> isOver{false};
        std::atomic<int> written{0};
        std::thread writer(
            [&]
            {
                while (!isOver.load() && s.service.call({}, s.crear, {std::to_string(written)}).ok()) ++written;
            });
        bool isSame = eventually([&] { return written.load() > 0; });
        for (int round = 0; round < 50 && isSame; ++round)
        {
            Group group(s.service);
            for (int i = 0; i < 4; ++i) group.add(s.contar, {});
            std::vector<int> counts;
            int lines = 0;
            isSame =
                group.run({}, [&](std::uint32_t, const Row& row) { row.read(counts.emplace_back(), lines); }).ok() &&
                counts == std::vector<int>(4, counts.at(0));
        }
        isOver = true;
        writer.join();
        CPPUNIT_ASSERT(isSame);
    }

    void testRowsOfWritesComeOnTheCallersThread()
    {
        Setup s(*this);
        std::atomic<int> wrong{0};
        std::atomic<int> seen{0};
        std::vector<std::thread> threads;
        for (int t = 0; t < 8; ++t)
        {
            threads.emplace_back(
                [&, t]
                {
                    for (int i = 0; i < 20; ++i)
                    {
                        const auto nota = std::to_string(t) + "/" + std::to_string(i);
                        const auto result = s.service.call({}, s.crear, {nota},
                                                           [&, id = std::this_thread::get_id()](const Row& row)
                                                           {
                                                               if (std::this_thread::get_id() != id) ++wrong;
                                                               if (row[1].text() != nota) ++wrong;
                                                               ++seen;
                                                           });
                        if (!result.ok()) ++wrong;
                    }
                });
        }
        for (auto& thread : threads) thread.join();
        CPPUNIT_ASSERT_EQUAL(0, wrong.load());
        CPPUNIT_ASSERT_EQUAL(160, seen.load());
    }

    void testDeferredKeysMayBeMetInsideTheGroup()
    {
        Setup s(*this);
        Group met(s.service);
        met.add(s.linea, {77, 1});
        met.add(s.conId, {77});
        assertStatus(ZOCO_OK, Setup::run(met));
        Group unmet(s.service);
        unmet.add(s.conId, {78});
        unmet.add(s.linea, {79, 1});
        assertStatus(ZOCO_E_CONSTRAINT, Setup::run(unmet));
        s.assertCounts(1, 1);
    }

    void testManyThreadsLoseNothing()
    {
        Setup s(*this);
        constexpr int kThreads = 16;
        constexpr int kGroups = 40;
        std::atomic<int> acknowledged{0};
        std::atomic<int> refused{0};
        std::atomic<int> other{0};
        std::vector<std::thread> threads;
        for (int t = 0; t < kThreads; ++t)
        {
            threads.emplace_back(
                [&, t]
                {
                    for (int i = 0; i < kGroups; ++i)
                    {
                        const bool isWrong = i % 4 == 3;
                        const auto nota = std::to_string(t) + "/" + std::to_string(i);
                        Group group(s.service);
                        const auto pedido = group.add(s.crear, {nota});
                        for (int l = 0; l < 3; ++l) group.add(s.linea, {Value::ref(pedido, "id"), l});
                        if (isWrong) group.add(s.reservar, {2, 1}, 1);
                        const auto status = Setup::run(group);
                        ++(status == ZOCO_OK ? acknowledged : status == ZOCO_E_GUARD ? refused : other);
                    }
                });
        }
        for (auto& thread : threads) thread.join();
        CPPUNIT_ASSERT_EQUAL(0, other.load());
        CPPUNIT_ASSERT_EQUAL(kThreads * kGroups * 3 / 4, acknowledged.load());
        CPPUNIT_ASSERT_EQUAL(kThreads * kGroups / 4, refused.load());
        s.assertCounts(kThreads * kGroups * 3 / 4, kThreads * kGroups * 9 / 4);
    }
};

ZOCO_TEST_ON_BOTH(GroupTest);

} // namespace zoco::gestorbbdd::test
