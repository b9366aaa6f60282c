#pragma once

#include "Support.h"
#include "TestEngine.h"

#include <cppunit/extensions/HelperMacros.h>

namespace zoco::gestorbbdd::test
{

/// A plugin with one operation of every sort, for tests of single calls.
class CallFixture : public EngineTest
{
protected:
    /// They run as long as they are let.
    static constexpr const char* kLongOnSqlite = R"sql(
-- operation: contar_hasta
-- params: fin int
-- returns: one
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :fin) SELECT COUNT(*) FROM n;
-- operation: llenar
-- params: fin int
-- returns: affected
INSERT INTO t_valores (i) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :fin)
SELECT i FROM n WHERE i < 0;
)sql";
    static constexpr const char* kLongOnMariaDb = R"sql(
-- operation: contar_hasta
-- params: fin int
-- returns: one
SELECT COUNT(*) FROM seq_1_to_1000000000000 WHERE seq <= :fin AND seq % 7 < 7;
-- operation: llenar
-- params: fin int
-- returns: affected
INSERT INTO t_valores (i) SELECT seq FROM seq_1_to_1000000000000 WHERE seq <= :fin AND seq % 7 > 7;
)sql";

    static Embedded embedded(bool isMariaDb)
    {
        return Embedded()
            .migration("V001__tablas.sqlite.sql",
                       "CREATE TABLE t_valores (i BIGINT, r DOUBLE, t TEXT, b BLOB, v INT, h BIGINT);\n"
                       "CREATE TABLE t_cosas (id INT NOT NULL PRIMARY KEY, nombre TEXT NOT NULL UNIQUE, "
                       "precio INT CHECK (precio > 0));\n"
                       "CREATE TABLE t_partes (cosa INT NOT NULL REFERENCES t_cosas (id));\n"
                       "CREATE TABLE t_tardias (cosa INT REFERENCES t_cosas (id) DEFERRABLE INITIALLY DEFERRED)")
            .migration("V001__tablas.mysql.sql",
                       "CREATE TABLE t_valores (i BIGINT, r DOUBLE, t TEXT, b BLOB, v INT, h BIGINT);\n"
                       "CREATE TABLE t_cosas (id INT NOT NULL PRIMARY KEY, nombre VARCHAR(200) NOT NULL UNIQUE, "
                       "precio INT CHECK (precio > 0));\n"
                       "CREATE TABLE t_partes (cosa INT NOT NULL REFERENCES t_cosas (id));\n"
                       "CREATE TABLE t_tardias (cosa INT REFERENCES t_cosas (id))")
            .operations("o.sql", R"sql(
-- operation: eco
-- params: i int?, r real?, t text?, b blob?, v bool?, h time?
-- returns: one
INSERT INTO t_valores VALUES (:i, :r, :t, :b, :v, :h) RETURNING i, r, t, b, v, h;
-- operation: exigente
-- params: i int, r real, t text, b blob, v bool, h time
-- returns: one
SELECT :i, :r, :t, :b, :v, :h;
-- operation: reflejo
-- params: i int?, r real?, t text?
-- returns: one
SELECT :i, :r, :t;
-- operation: lo_que_haya
-- params: i int?, t text?
-- returns: one
SELECT COALESCE(:i, :t);
-- operation: crear
-- params: id int, nombre text, precio int?
-- returns: affected
INSERT INTO t_cosas VALUES (:id, :nombre, :precio);
-- operation: crear_callado
-- params: id int, nombre text
-- returns: affected
INSERT INTO t_cosas VALUES (:id, :nombre, 1) RETURNING id;
-- operation: parte
-- params: cosa int
-- returns: affected
INSERT INTO t_partes VALUES (:cosa);
-- operation: tardia
-- params: cosa int
-- returns: affected
INSERT INTO t_tardias VALUES (:cosa);
-- operation: encarecer
-- params: de int
-- returns: affected
UPDATE t_cosas SET precio = precio + 1 WHERE id >= :de;
-- operation: encarecer_una
-- params: id int
-- returns: affected
UPDATE t_cosas SET precio = precio + 1 WHERE id = :id;
-- operation: precios
-- returns: many
SELECT precio FROM t_cosas;
-- operation: cosa
-- params: de int
-- returns: one
SELECT id, nombre FROM t_cosas WHERE id >= :de ORDER BY id;
-- operation: cosas
-- returns: many
SELECT id, nombre FROM t_cosas ORDER BY id;
)sql")
            .operations("largas.sql", isMariaDb ? kLongOnMariaDb : kLongOnSqlite);
    }

    static constexpr std::int64_t kForEver = 1'000'000'000'000;

    /// The plugin, one consumer, and short ways to call.
    struct Setup
    {
        Setup(const CallFixture& fixture, Configuration settings = {})
            : Setup(fixture.onEngine(std::move(settings)), fixture.isMariaDb())
        {
        }
        Setup(const Configuration& settings, bool isMariaDb)
            : gestor(settings), consumer(gestor, "t", embedded(isMariaDb)), service(consumer.service())
        {
            eco = service.operation("eco", {"i", "r", "t", "b", "v", "h"});
            exigente = service.operation("exigente", {"i", "r", "t", "b", "v", "h"});
            crear = service.operation("crear", {"id", "nombre", "precio"});
            cosa = service.operation("cosa", {"de"});
            cosas = service.operation("cosas");
            contarHasta = service.operation("contar_hasta", {"fin"});
            llenar = service.operation("llenar", {"fin"});
        }
        zoco_status call(Operation operation, std::initializer_list<Value> args, std::int64_t deadlineNs = 0)
        {
            CallContext context;
            context.deadlineNs = deadlineNs;
            return statusOf(service.call(context, operation, args));
        }
        static zoco_status statusOf(const Result<std::int64_t>& result)
        {
            return result.ok() ? zoco_status{ZOCO_OK} : result.problem().code;
        }
        std::int64_t rows(Operation operation, std::initializer_list<Value> args)
        {
            std::int64_t count = 0;
            CPPUNIT_ASSERT(service.call({}, operation, args, [&](const Row&) { ++count; }).ok());
            return count;
        }

        Gestor gestor;
        Consumer consumer;
        Service service;
        Operation eco, exigente, crear, cosa, cosas, contarHasta, llenar;
    };

    static void assertStatus(zoco_status expected, zoco_status actual, const std::string& what = "")
    {
        CPPUNIT_ASSERT_EQUAL_MESSAGE(what, expected, actual);
    }
};

} // namespace zoco::gestorbbdd::test
