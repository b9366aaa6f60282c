#include "Support.h"
#include "TestEngine.h"
#include "engine/MonotonicClock.h"

#include <algorithm>
#include <limits>
#include <map>

namespace zoco::gestorbbdd::test
{

/// Groups of writes that come again, which are one statement then: nobody notices but the server.
class MariaDbGroupTest : public EngineTest
{
    CPPUNIT_TEST_SUITE(MariaDbGroupTest);
    CPPUNIT_TEST(testOutcomesAreThoseOfStepByStep);
    CPPUNIT_TEST(testErrorThatIsNotOfTheDataIsFoundStepByStep);
    CPPUNIT_TEST(testGroupThatComesAgainIsOneStatementAndOneCommit);
    CPPUNIT_TEST(testCountsAreKnownAfterAGuardThatWasNotMet);
    CPPUNIT_TEST(testTablesMayBeAltered);
    CPPUNIT_TEST(testColumnThatIsGoneFailsAndIsFoundWhenItIsBack);
    CPPUNIT_TEST(testDeadlineEndsIt);
    CPPUNIT_TEST(testWhatDoesNotFitRunsStepByStep);
    CPPUNIT_TEST(testStatementThatIsNotPreparedRunsStepByStep);
    CPPUNIT_TEST(testManyGroupsKeepFewStatements);
    CPPUNIT_TEST(testRightsOnRowsAreEnough);
    CPPUNIT_TEST(testEachStepIsInTheFigures);
    CPPUNIT_TEST_SUITE_END();

    bool isMariaDb() const override { return true; }

    static Embedded embedded()
    {
        return Embedded()
            .migration("V001__t.sql",
                       "CREATE TABLE g_cosas (id INT NOT NULL PRIMARY KEY, nombre VARCHAR(8) NOT NULL UNIQUE, "
                       "n INT CHECK (n >= 0), quien VARCHAR(20));\n"
                       "CREATE TABLE g_partes (cosa INT NOT NULL REFERENCES g_cosas (id));\n"
                       "CREATE TABLE g_diario (id INT NOT NULL);\n"
                       "CREATE TRIGGER g_apunta AFTER INSERT ON g_cosas FOR EACH ROW INSERT INTO g_diario "
                       "VALUES (NEW.id), (NEW.id);\n"
                       "CREATE TRIGGER g_guarda BEFORE DELETE ON g_diario FOR EACH ROW SIGNAL SQLSTATE '45000'")
            .operations("o.sql", R"sql(
-- operation: crear
-- params: id int, nombre text, n int?
-- returns: affected
INSERT INTO g_cosas (id, nombre, n) VALUES (:id, :nombre, :n);
-- operation: sumar
-- params: id int, n int
-- returns: affected
UPDATE g_cosas SET n = n + :n /* negative ones too */ WHERE id = :id AND n + :n >= 0 -- not below 0
;
-- operation: sumar_sin_mirar
-- params: id int, n int
-- returns: affected
UPDATE g_cosas SET n = n + :n WHERE id = :id;
-- operation: sumar_a_varias
-- params: ids int list, menos int?
-- returns: affected
UPDATE g_cosas SET n = n + 1 WHERE id IN (:ids) {menos? AND id <> :menos};
-- operation: firmar
-- params: id int
-- returns: affected
UPDATE g_cosas SET quien = :caller WHERE id = :id;
-- operation: guardar
-- params: id int, nombre text, n int
-- returns: affected
INSERT INTO g_cosas (id, nombre, n) VALUES (:id, :nombre, :n) ON DUPLICATE KEY UPDATE n = :n;
-- operation: crear_si_falta
-- params: id int, nombre text
-- returns: affected
INSERT IGNORE INTO g_cosas (id, nombre, n) VALUES (:id, :nombre, 1);
-- operation: reemplazar
-- params: id int, nombre text
-- returns: affected
REPLACE INTO g_cosas (id, nombre, n) VALUES (:id, :nombre, 1);
-- operation: copiar
-- params: mas int
-- returns: affected
INSERT INTO g_cosas (id, nombre, n) SELECT id + :mas, CONCAT('c', id + :mas), n FROM g_cosas WHERE id < :mas;
-- operation: quitar
-- params: id int
-- returns: affected
DELETE FROM g_cosas WHERE id = :id;
-- operation: parte
-- params: cosa int
-- returns: affected
INSERT INTO g_partes VALUES (:cosa);
-- operation: borrar_diario
-- returns: affected
DELETE FROM g_diario;
-- operation: dividir
-- params: id int, entre int
-- returns: affected
UPDATE g_cosas SET n = n / :entre WHERE id = :id;
-- operation: esperar
-- params: fin int
-- returns: affected
INSERT INTO g_diario SELECT seq FROM seq_1_to_1000000000000 WHERE seq <= :fin AND seq % 7 > 7;
-- operation: crear_y_decir
-- params: id int, nombre text
-- returns: one
INSERT INTO g_cosas (id, nombre, n) VALUES (:id, :nombre, 1) RETURNING id, nombre;
)sql");
    }

    /// A step as it is written down.
    struct Step
    {
        std::string operation;
        std::vector<Value> args;
        std::int32_t expectRows = -1;
    };
    using Steps = std::vector<Step>;

    /// How a group ended, as its caller, the log and the tables tell.
    struct Outcome
    {
        zoco_status status = ZOCO_OK;
        std::int64_t changed = 0;
        std::string failed{}; ///< the operation
        std::string code{};   ///< the server's
        std::vector<std::vector<std::string>> rows{};
        friend bool operator==(const Outcome&, const Outcome&) = default;
    };

    /// The plugin on one connection.
    struct Setup
    {
        explicit Setup(const std::string& name, const std::string& user = "root")
            : database(name),
              gestor(Configuration{{"url", server.socketUrl(name, user)},
                                   {"migration_user", "root"},
                                   {"migration_password", ""},
                                   {"connections", "1"}}),
              consumer(gestor, "g", embedded()),
              service(consumer.service())
        {
            const auto know = [&](const char* operation, std::initializer_list<std::string_view> params)
            { operations[operation] = service.operation(operation, params); };
            know("crear", {"id", "nombre", "n"});
            know("sumar", {"id", "n"});
            know("sumar_sin_mirar", {"id", "n"});
            know("sumar_a_varias", {"ids", "menos"});
            know("firmar", {"id"});
            know("guardar", {"id", "nombre", "n"});
            know("crear_si_falta", {"id", "nombre"});
            know("reemplazar", {"id", "nombre"});
            know("copiar", {"mas"});
            know("quitar", {"id"});
            know("parte", {"cosa"});
            know("borrar_diario", {});
            know("dividir", {"id", "entre"});
            know("esperar", {"fin"});
            know("crear_y_decir", {"id", "nombre"});
            reset();
        }
        /// Three things: 1, 2 and 3.
        void reset()
        {
            server.execute("TRUNCATE g_diario; DELETE FROM g_partes; DELETE FROM g_cosas; INSERT INTO g_cosas (id, "
                           "nombre, n) VALUES (1, 'a', 10), (2, 'b', 20), (3, 'c', 30)",
                           database);
        }
        Outcome run(const Steps& steps, const CallContext& context = {})
        {
            const auto told = gestor.host.log().records().size();
            Group group(service);
            for (const auto& step : steps) group.add(operations.at(step.operation), step.args, step.expectRows);
            const auto result = group.run(context);
            Outcome out;
            if (result)
                out.changed = result.value();
            else
                out.status = result.problem().code;
            const auto log = gestor.host.log().records();
            for (auto i = told; i < log.size(); ++i)
                if (const auto& fields = log[i].fields; fields.contains("engine_code"))
                {
                    out.failed = fields.at("operation");
                    out.code = fields.at("engine_code");
                }
            out.rows = server.session(database).rows(
                "SELECT id, nombre, n, quien FROM g_cosas UNION ALL SELECT cosa, 'parte', 0, '' FROM g_partes UNION "
                "ALL SELECT COUNT(*), 'diario', 0, '' FROM g_diario ORDER BY 1, 2");
            return out;
        }
        /// Statements that are prepared: each step by step, or one for a group.
        std::int64_t executions() { return server.counter("COM_STMT_EXECUTE"); }

        MariaDbServer& server = MariaDbServer::shared();
        const std::string database;
        Gestor gestor;
        Consumer consumer;
        Service service;
        std::map<std::string, Operation> operations;
    };

    struct Case
    {
        const char* name;
        Steps steps;
        zoco_status status;
        std::int64_t changed;
        const char* failed; ///< the operation
        const char* code;
        std::int64_t ran; ///< steps that are executed
    };

    static std::vector<Case> cases()
    {
        static const std::array<Value, 3> kIds{1, 2, 3};
        const auto ids = Value::list(kIds);
        return {
            {"guarded", {{"sumar", {1, -1}, 1}, {"sumar", {2, -1}, 1}}, ZOCO_OK, 2, "", "", 2},
            {"not guarded", {{"sumar", {1, 1}}, {"sumar", {9, 1}}}, ZOCO_OK, 1, "", "", 2},
            {"both", {{"sumar_a_varias", {ids, nullptr}}, {"sumar", {1, 1}, 1}}, ZOCO_OK, 4, "", "", 2},
            {"optional part",
             {{"sumar_a_varias", {ids, 3}}, {"sumar", {1, 1}, 1}, {"copiar", {10}}},
             ZOCO_OK,
             6,
             "",
             "",
             3},
            {"guard for many", {{"sumar_a_varias", {ids, nullptr}, 3}, {"copiar", {10}, 3}}, ZOCO_OK, 6, "", "", 2},
            {"guard for none", {{"sumar", {9, 1}, 0}, {"quitar", {3}, 1}}, ZOCO_OK, 1, "", "", 2},
            {"caller", {{"firmar", {1}, 1}, {"firmar", {2}}}, ZOCO_OK, 2, "", "", 2},
            {"rows that stay as they are", {{"sumar", {1, 0}, 1}, {"sumar", {2, 0}}}, ZOCO_OK, 2, "", "", 2},
            {"inserts by key",
             {{"guardar", {4, "d", 4}}, {"guardar", {1, "a", 11}}, {"guardar", {2, "b", 20}}},
             ZOCO_OK,
             4,
             "",
             "",
             3},
            {"inserts that may be left out",
             {{"crear_si_falta", {1, "a"}}, {"crear_si_falta", {5, "e"}, 1}},
             ZOCO_OK,
             1,
             "",
             "",
             2},
            {"replaced", {{"reemplazar", {1, "a"}}, {"reemplazar", {6, "f"}, 1}}, ZOCO_OK, 3, "", "", 2},
            {"NULL", {{"crear", {7, "g", nullptr}, 1}, {"crear", {8, "h", 8}, 1}}, ZOCO_OK, 2, "", "", 2},
            {"guard, first step", {{"sumar", {1, -11}, 1}, {"quitar", {2}}}, ZOCO_E_GUARD, 0, "g.sumar", "0", 1},
            {"guard, last step", {{"quitar", {2}}, {"sumar", {1, -11}, 1}}, ZOCO_E_GUARD, 0, "g.sumar", "0", 2},
            {"guard, all guarded", {{"quitar", {2}, 1}, {"sumar", {1, -11}, 1}}, ZOCO_E_GUARD, 0, "g.sumar", "0", 2},
            {"guard, too many",
             {{"sumar_a_varias", {ids, nullptr}, 2}, {"quitar", {2}, 1}},
             ZOCO_E_GUARD,
             0,
             "g.sumar_a_varias",
             "0",
             1},
            {"duplicate", {{"sumar", {1, 1}, 1}, {"crear", {1, "z", 1}, 1}}, ZOCO_E_DUPLICATE, 0, "g.crear", "1062", 2},
            {"duplicate, first step",
             {{"crear", {9, "a", 1}}, {"sumar", {1, 1}, 1}},
             ZOCO_E_DUPLICATE,
             0,
             "g.crear",
             "1062",
             1},
            {"foreign key", {{"sumar", {1, 1}}, {"parte", {9}, 1}}, ZOCO_E_CONSTRAINT, 0, "g.parte", "1452", 2},
            {"foreign key, referred",
             {{"parte", {1}}, {"quitar", {1}, 1}},
             ZOCO_E_CONSTRAINT,
             0,
             "g.quitar",
             "1451",
             2},
            {"check",
             {{"sumar", {2, 1}, 1}, {"sumar_sin_mirar", {1, -11}, 1}},
             ZOCO_E_CONSTRAINT,
             0,
             "g.sumar_sin_mirar",
             "4025",
             2},
            {"too long",
             {{"sumar", {1, 1}, 1}, {"crear", {9, "123456789", 1}}},
             ZOCO_E_CONSTRAINT,
             0,
             "g.crear",
             "1406",
             2},
            {"out of range",
             {{"sumar", {1, 1}, 1}, {"crear", {9, "n", 5'000'000'000}}},
             ZOCO_E_CONSTRAINT,
             0,
             "g.crear",
             "1264",
             2},
            {"refused by a trigger",
             {{"crear", {9, "n", 1}, 1}, {"borrar_diario", {}}},
             ZOCO_E_CONSTRAINT,
             0,
             "g.borrar_diario",
             "1644",
             2},
        };
    }

    /// Met for the first time a group runs step by step, then as one statement.
    void testOutcomesAreThoseOfStepByStep()
    {
        const auto database = MariaDbServer::shared().newDatabase();
        for (const auto& c : cases())
        {
            Setup s(database);
            Outcome first;
            for (int sight = 1; sight <= 3; ++sight)
            {
                const auto what = c.name + (" " + std::to_string(sight));
                s.reset();
                const auto before = s.executions();
                auto outcome = s.run(c.steps);
                CPPUNIT_ASSERT_EQUAL_MESSAGE(what, sight == 1 ? c.ran : 1, s.executions() - before);
                CPPUNIT_ASSERT_EQUAL_MESSAGE(what, c.status, outcome.status);
                CPPUNIT_ASSERT_EQUAL_MESSAGE(what, c.changed, outcome.changed);
                CPPUNIT_ASSERT_EQUAL_MESSAGE(what, std::string(c.failed), outcome.failed);
                CPPUNIT_ASSERT_EQUAL_MESSAGE(what, std::string(c.code), outcome.code);
                if (sight == 1) first = outcome;
                CPPUNIT_ASSERT_MESSAGE(what, first == outcome);
            }
        }
    }

    /// It might come of the statement itself, which is forgotten.
    void testErrorThatIsNotOfTheDataIsFoundStepByStep()
    {
        Setup s(MariaDbServer::shared().newDatabase());
        const Outcome expected{ZOCO_E_FAILED, 0, "g.dividir", "1365", s.run({{"sumar", {9, 1}, 0}}).rows};
        for (const std::int64_t executions : {2, 3, 2, 3})
        {
            const auto before = s.executions();
            CPPUNIT_ASSERT(expected == s.run({{"sumar", {1, 1}, 1}, {"dividir", {2, 0}}, {"sumar", {3, 1}, 1}}));
            CPPUNIT_ASSERT_EQUAL(executions, s.executions() - before);
        }
    }

    void testGroupThatComesAgainIsOneStatementAndOneCommit()
    {
        Setup s(MariaDbServer::shared().newDatabase());
        const Steps steps{{"sumar", {1, 1}, 1}, {"sumar", {2, 1}, 1}, {"sumar", {3, 1}}};
        for (int i = 0; i < 2; ++i) CPPUNIT_ASSERT_EQUAL(std::int64_t{3}, s.run(steps).changed);
        auto watch = s.server.session();
        const auto questions = [&]
        {
            return std::stoll(watch.execute("SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS WHERE "
                                            "VARIABLE_NAME = 'QUESTIONS'"));
        };
        auto fewest = std::numeric_limits<long long>::max(); // other sessions of the server may ask something meanwhile
        for (int i = 0; i < 5; ++i)
        {
            const auto before = questions();
            Group group(s.service);
            for (const auto& step : steps) group.add(s.operations.at(step.operation), step.args, step.expectRows);
            CPPUNIT_ASSERT_EQUAL(std::int64_t{3}, group.run({}).value());
            fewest = std::min(fewest, questions() - before - 1); // and this one
        }
        CPPUNIT_ASSERT_EQUAL(2LL, fewest);
    }

    /// The server knows of no type for a count that was never set.
    void testCountsAreKnownAfterAGuardThatWasNotMet()
    {
        Setup s(MariaDbServer::shared().newDatabase());
        const auto steps = [](int less) {
            return Steps{{"sumar", {1, -less}, 1}, {"sumar", {2, 1}}, {"copiar", {10}}};
        };
        CPPUNIT_ASSERT_EQUAL(std::int64_t{5}, s.run(steps(1)).changed);
        for (int round = 0; round < 2; ++round)
        {
            s.reset();
            CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_GUARD}, s.run(steps(99)).status);
            CPPUNIT_ASSERT_EQUAL(std::int64_t{5}, s.run(steps(1)).changed);
        }
    }

    /// By another node, which brings a newer migration.
    void testTablesMayBeAltered()
    {
        Setup s(MariaDbServer::shared().newDatabase());
        int id = 10;
        const auto run = [&](const std::string& what)
        {
            ++id;
            const auto before = s.executions();
            const auto name = "x" + std::to_string(id);
            const auto outcome = s.run({{"crear", {id, name, 1}, 1},
                                        {"sumar", {id, 4}, 1},
                                        {"sumar", {1, 1}},
                                        {"guardar", {id, name, 7}},
                                        {"copiar", {0}}});
            CPPUNIT_ASSERT_EQUAL_MESSAGE(what, zoco_status{ZOCO_OK}, outcome.status);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(what, std::int64_t{5}, outcome.changed);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(what, std::int64_t{id == 11 ? 5 : 1}, s.executions() - before);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(
                what, std::string("7"),
                s.server.execute("SELECT n FROM g_cosas WHERE id = " + std::to_string(id), s.database));
        };
        for (const auto* change :
             {"SELECT 1", "SELECT 1", "ALTER TABLE g_cosas ADD COLUMN nueva INT", "SELECT 1",
              "ALTER TABLE g_cosas ADD COLUMN primera INT DEFAULT 5 FIRST", "ALTER TABLE g_cosas MODIFY n BIGINT",
              "ALTER TABLE g_cosas MODIFY nombre VARCHAR(100) NOT NULL AFTER n",
              "ALTER TABLE g_cosas DROP COLUMN nueva", "CREATE INDEX g_otro ON g_cosas (n)",
              "DROP INDEX g_otro ON g_cosas",
              "CREATE TABLE otra LIKE g_diario; RENAME TABLE g_diario TO vieja, otra TO g_diario", "FLUSH TABLES"})
        {
            s.server.execute(change, s.database);
            run(change);
            run(change);
        }
    }

    void testColumnThatIsGoneFailsAndIsFoundWhenItIsBack()
    {
        Setup s(MariaDbServer::shared().newDatabase());
        const Steps steps{{"sumar", {1, 1}, 1}, {"firmar", {1}, 1}};
        for (int i = 0; i < 3; ++i) CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, s.run(steps).status);
        s.server.execute("ALTER TABLE g_cosas RENAME COLUMN quien TO de", s.database);
        for (int i = 0; i < 3; ++i)
        {
            Group group(s.service);
            for (const auto& step : steps) group.add(s.operations.at(step.operation), step.args, step.expectRows);
            CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_FAILED}, group.run({}).problem().code);
            const auto told = s.gestor.host.log().records().back().fields;
            CPPUNIT_ASSERT_EQUAL(std::string("g.firmar"), told.at("operation"));
            CPPUNIT_ASSERT_EQUAL(std::string("1054"), told.at("engine_code"));
        }
        s.server.execute("ALTER TABLE g_cosas RENAME COLUMN de TO quien", s.database);
        for (int i = 0; i < 3; ++i) CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, s.run(steps).status);
        const auto before = s.executions();
        CPPUNIT_ASSERT_EQUAL(std::string("17"), s.run(steps).rows[0][2]); // seven of them
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, s.executions() - before);
    }

    void testDeadlineEndsIt()
    {
        Setup s(MariaDbServer::shared().newDatabase());
        const auto steps = [](std::int64_t until) { return Steps{{"sumar", {1, 1}, 1}, {"esperar", {until}}}; };
        for (int round = 0; round < 2; ++round)
        {
            for (int i = 0; i < 2; ++i) CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, s.run(steps(1)).status);
            CallContext context;
            context.deadlineNs = monotonicNs() + 50'000'000;
            const auto outcome = s.run(steps(1'000'000'000'000), context);
            CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_DEADLINE}, outcome.status);
            CPPUNIT_ASSERT_EQUAL(std::to_string(12 + 2 * round), outcome.rows[0][2]);
        }
    }

    void testWhatDoesNotFitRunsStepByStep()
    {
        Setup s(MariaDbServer::shared().newDatabase());
        const std::string large(300'000, 'x');
        Steps many;
        for (int i = 0; i < 65; ++i) many.push_back({"sumar", {1, 1}, 1});
        const std::tuple<const char*, Steps, zoco_status> all[] = {
            {"many steps", many, ZOCO_OK},
            {"large values", {{"sumar", {1, 1}, 1}, {"crear", {9, large, 1}}}, ZOCO_E_CONSTRAINT},
            {"yields rows", {{"sumar", {1, 1}, 1}, {"crear_y_decir", {5, "e"}}}, ZOCO_OK},
            {"a reference", {{"crear_y_decir", {5, "e"}}, {"sumar", {Value::ref(0, "id"), 1}, 1}}, ZOCO_OK}};
        for (const auto& [name, steps, status] : all)
            for (int i = 0; i < 3; ++i)
            {
                s.reset();
                const auto before = s.executions();
                CPPUNIT_ASSERT_EQUAL_MESSAGE(name, status, s.run(steps).status);
                CPPUNIT_ASSERT_EQUAL_MESSAGE(name, static_cast<std::int64_t>(steps.size()), s.executions() - before);
            }
    }

    void testStatementThatIsNotPreparedRunsStepByStep()
    {
        Setup s(MariaDbServer::shared().newDatabase());
        const Steps steps{{"sumar", {1, 1}, 1}, {"sumar", {2, 1}, 1}};
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, s.run(steps).status);
        const auto limit = s.server.execute("SELECT @@max_prepared_stmt_count");
        const auto now = s.server.counter("PREPARED_STMT_COUNT");
        s.server.execute("SET GLOBAL max_prepared_stmt_count = " + std::to_string(now));
        const auto outcome = s.run(steps);
        s.server.execute("SET GLOBAL max_prepared_stmt_count = " + limit);
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, outcome.status);
        const auto before = s.executions();
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, s.run(steps).status);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, s.executions() - before);
    }

    void testManyGroupsKeepFewStatements()
    {
        Setup s(MariaDbServer::shared().newDatabase());
        const auto before = s.server.counter("PREPARED_STMT_COUNT");
        for (int round = 0; round < 2; ++round)
            for (std::size_t size = 2; size <= 40; ++size)
                for (int i = 0; i < 2; ++i)
                {
                    Steps steps;
                    for (std::size_t n = 0; n < size; ++n) steps.push_back({"sumar", {1, 1}, 1});
                    CPPUNIT_ASSERT_EQUAL(static_cast<std::int64_t>(size), s.run(steps).changed);
                }
        // Of 256 steps in all: "sumar" itself and, for the last ones, 40 + 39 + 38 + ... steps.
        CPPUNIT_ASSERT_EQUAL(before + 1 + 6, s.server.counter("PREPARED_STMT_COUNT"));
    }

    void testRightsOnRowsAreEnough()
    {
        auto& server = MariaDbServer::shared();
        const auto database = server.newDatabase();
        server.execute("CREATE USER IF NOT EXISTS justo@localhost; GRANT SELECT, INSERT, UPDATE, DELETE ON " +
                       database + ".* TO justo@localhost");
        Setup s(database, "justo");
        for (int i = 0; i < 3; ++i)
        {
            const auto before = s.executions();
            CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, s.run({{"sumar", {1, 1}, 1}, {"sumar", {2, 1}}}).status);
            CPPUNIT_ASSERT_EQUAL(std::int64_t{i == 0 ? 2 : 1}, s.executions() - before);
        }
    }

    void testEachStepIsInTheFigures()
    {
        Setup s(MariaDbServer::shared().newDatabase());
        for (int i = 0; i < 3; ++i) (void)s.run({{"sumar", {1, 1}, 1}, {"quitar", {2}}, {"sumar", {9, 1}, 1}});
        const auto told = s.gestor.host.http().get("/GestorBBDD/operaciones").body();
        const auto figures = [&](const std::string& operation)
        {
            const auto at = told.find('"' + operation + '"');
            return told.substr(at, told.find("operacion", at) - at);
        };
        CPPUNIT_ASSERT_MESSAGE(told, figures("g.quitar").find(R"("llamadas":3)") != std::string::npos);
        CPPUNIT_ASSERT_MESSAGE(told, figures("g.sumar").find(R"("llamadas":6)") != std::string::npos);
        CPPUNIT_ASSERT_MESSAGE(told, figures("g.sumar").find(R"("ZOCO_E_GUARD":3)") != std::string::npos);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MariaDbGroupTest);

} // namespace zoco::gestorbbdd::test
