#include "Settings.h"
#include "Support.h"
#include "sqlite/Connection.h"

#include <cppunit/extensions/HelperMacros.h>

#include <filesystem>
#include <fstream>
#include <sqlite3.h>
#include <sys/stat.h>

namespace zoco::gestorbbdd::test
{

/// Settings, life and endpoints.
class GestorBBDDPluginTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(GestorBBDDPluginTest);
    CPPUNIT_TEST(testUrlsThatAreUnderstood);
    CPPUNIT_TEST(testOtherUrlsAreRefusedAtInit);
    CPPUNIT_TEST(testPasswordOfAnUrlIsNotTold);
    CPPUNIT_TEST(testFileThatCannotBeMadeFailsTheStart);
    CPPUNIT_TEST(testFolderThatIsNotThereIsToldAtInit);
    CPPUNIT_TEST(testFileThatIsNoDatabaseFailsTheStart);
    CPPUNIT_TEST(testFileIsItsOwnersOnly);
    CPPUNIT_TEST(testDataOutliveARestart);
    CPPUNIT_TEST(testDurabilityIsNotWeakened);
    CPPUNIT_TEST(testFileIsMappedAsFarAsSaid);
    CPPUNIT_TEST(testEndpointsAreForOperators);
    CPPUNIT_TEST(testEstado);
    CPPUNIT_TEST(testOperaciones);
    CPPUNIT_TEST_SUITE_END();

    static Embedded cosas()
    {
        return Embedded()
            .migration("V001__t.sql", "CREATE TABLE t_cosas (id INT PRIMARY KEY)")
            .operations("o.sql", "-- operation: crear\n-- params: id int\n-- returns: affected\n"
                                 "INSERT INTO t_cosas VALUES (:id);\n"
                                 "-- operation: contar\n-- returns: one\nSELECT COUNT(*) FROM t_cosas");
    }

    static std::string failureOf(const std::string& url)
    {
        testing::FakeHost host;
        host.config().set("url", url);
        testing::Instance plugin(host, zoco_entry);
        try
        {
            plugin.start();
            return {};
        }
        catch (const std::runtime_error& e)
        {
            return e.what();
        }
    }

    void testUrlsThatAreUnderstood()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("/datos/zoco.db"), sqlitePathOf("sqlite:", "/datos"));
        CPPUNIT_ASSERT_EQUAL(std::string("/srv/tienda.db"), sqlitePathOf("sqlite:/srv/tienda.db", "/datos"));
    }

    void testOtherUrlsAreRefusedAtInit()
    {
        for (const auto* url : {"", "sqlite", "sqlite:tienda.db", "sqlite:/srv/", "postgres://u@h/b", "/srv/tienda.db",
                                "SQLITE:", "sqlite:../x"})
        {
            const auto why = failureOf(url);
            CPPUNIT_ASSERT_MESSAGE(url, why.rfind("init failed: ", 0) == 0);
            CPPUNIT_ASSERT_MESSAGE(url, why.find("sqlite:/absolute/path") != std::string::npos);
        }
    }

    void testPasswordOfAnUrlIsNotTold()
    {
        CPPUNIT_ASSERT(failureOf("mysql://u:clave@h/b").find("clave") == std::string::npos);
    }

    void testFileThatCannotBeMadeFailsTheStart()
    {
        CPPUNIT_ASSERT(failureOf("sqlite:/proc/zoco.db").rfind("start failed: the database", 0) == 0);
    }

    void testFolderThatIsNotThereIsToldAtInit()
    {
        CPPUNIT_ASSERT(failureOf("sqlite:/no/such/folder/zoco.db").rfind("init failed: url: ", 0) == 0);
    }

    void testFileThatIsNoDatabaseFailsTheStart()
    {
        CPPUNIT_ASSERT(failureOf("sqlite:/etc/passwd").rfind("start failed: the database", 0) == 0);
    }

    void testFileIsItsOwnersOnly()
    {
        Gestor gestor;
        Consumer consumer(gestor, "t", cosas());
        for (const auto& entry : std::filesystem::directory_iterator(gestor.host.files().folder()))
        {
            struct stat info
            {
            };
            CPPUNIT_ASSERT_EQUAL(0, ::stat(entry.path().c_str(), &info));
            CPPUNIT_ASSERT_EQUAL_MESSAGE(entry.path().string(), ::mode_t{0600}, info.st_mode & ::mode_t{0777});
        }
    }

    void testDataOutliveARestart()
    {
        testing::FakeFiles files;
        const Configuration settings{{"url", "sqlite:" + files.folder() + "/x.db"}};
        for (int round = 0; round < 3; ++round)
        {
            Gestor gestor(settings);
            Consumer consumer(gestor, "t", cosas());
            auto service = consumer.service();
            int count = -1;
            CPPUNIT_ASSERT(
                service.call({}, service.operation("contar"), {}, [&](const Row& row) { row.read(count); }).ok());
            CPPUNIT_ASSERT_EQUAL(round, count);
            CPPUNIT_ASSERT(service.call({}, service.operation("crear", {"id"}), {round}).ok());
        }
    }

    static std::int64_t pragma(Connection& connection, const std::string& name)
    {
        Statement statement(connection.raw(), "PRAGMA " + name);
        CPPUNIT_ASSERT(statement.step());
        return statement.row()[0].as.i;
    }

    void testDurabilityIsNotWeakened()
    {
        Gestor gestor;
        const auto path = gestor.host.files().folder() + "/zoco.db";
        Connection writer(path, Connection::Role::Writer, 1000);
        Connection reader(path, Connection::Role::Reader, 1000);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, pragma(writer, "synchronous"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, pragma(writer, "foreign_keys"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, pragma(reader, "query_only"));
        Statement mode(reader.raw(), "PRAGMA journal_mode");
        CPPUNIT_ASSERT(mode.step());
        CPPUNIT_ASSERT_EQUAL(std::string("wal"), std::string(view(mode.row()[0].as.b)));
    }

    /// Whether a database has been mapped into this process, once something was read from it.
    static bool isMapped(const Configuration& settings)
    {
        Gestor gestor(settings);
        Consumer consumer(gestor, "t", cosas());
        const auto service = consumer.service();
        const auto file = gestor.host.files().folder() + "/zoco.db";
        Connection(file, Connection::Role::Writer, 1000).execute("PRAGMA wal_checkpoint(TRUNCATE)"); // out of the log
        CPPUNIT_ASSERT(service.call({}, service.operation("contar", {}), {}, [](const Row&) {}).ok());
        std::ifstream maps("/proc/self/maps");
        for (std::string line; std::getline(maps, line);)
            if (line.ends_with(file)) return true;
        return false;
    }

    void testFileIsMappedAsFarAsSaid()
    {
        CPPUNIT_ASSERT(isMapped({}));
        CPPUNIT_ASSERT(!isMapped({{"map_mb", "0"}}));
    }

    void testEndpointsAreForOperators()
    {
        Gestor gestor;
        for (const auto* path : {"/GestorBBDD/estado", "/GestorBBDD/migraciones", "/GestorBBDD/operaciones"})
        {
            const auto& route = gestor.host.http().route("GET", path);
            CPPUNIT_ASSERT_EQUAL(std::uint32_t{ZOCO_AUTH_ROLE}, route.raw.auth);
            CPPUNIT_ASSERT_EQUAL(std::string("operador"), route.role);
            // SQLite checks JSON well.
            Connection json(gestor.host.files().folder() + "/zoco.db", Connection::Role::Reader, 1000);
            Statement valid(json.raw(), "SELECT json_valid(?) AND json_extract(?1, '$.summary') <> '' AND "
                                        "json_type(?1, '$.responses.200') = 'object'");
            valid.bind(1, Value(route.openapi));
            CPPUNIT_ASSERT(valid.step());
            CPPUNIT_ASSERT_EQUAL_MESSAGE(path, std::int64_t{1}, valid.row()[0].as.i);
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, gestor.host.http().routes().size());
    }

    static void assertHas(const std::string& body, const std::string& part)
    {
        CPPUNIT_ASSERT_MESSAGE(part + " in " + body, body.find(part) != std::string::npos);
    }

    void testEstado()
    {
        Gestor gestor(Configuration{{"readers", "3"}});
        Consumer consumer(gestor, "t", cosas());
        auto service = consumer.service();
        const auto crear = service.operation("crear", {"id"});
        CPPUNIT_ASSERT(service.call({}, crear, {1}).ok());
        CPPUNIT_ASSERT(!service.call({}, crear, {1}).ok());
        const auto& call = gestor.host.http().get("/GestorBBDD/estado");
        CPPUNIT_ASSERT_EQUAL(200, call.status());
        assertHas(call.body(), R"("motor":"sqlite","version":")" + std::string(sqlite3_libversion()));
        assertHas(call.body(), R"("lectores":{"total":3,"ocupados":0})");
        assertHas(call.body(), R"("escritura":{"cola":0,"grupos":1,"confirmaciones":1})");
        CPPUNIT_ASSERT(call.body().find(R"("bytes":0,)") == std::string::npos);
        CPPUNIT_ASSERT(call.body().find(R"("wal":0)") == std::string::npos);
    }

    void testOperaciones()
    {
        Gestor gestor;
        Consumer consumer(gestor, "t", cosas());
        auto service = consumer.service();
        const auto crear = service.operation("crear", {"id"});
        CPPUNIT_ASSERT(service.call({}, crear, {1}).ok());
        CPPUNIT_ASSERT(!service.call({}, crear, {1}).ok());
        const auto& call = gestor.host.http().get("/GestorBBDD/operaciones");
        CPPUNIT_ASSERT_EQUAL(200, call.status());
        assertHas(call.body(), R"({"operacion":"t.crear","llamadas":2,"errores":1,)"
                               R"("errores_por_estado":{"ZOCO_E_DUPLICATE":1},"microsegundos":{"total":)");
        assertHas(call.body(), R"({"operacion":"t.contar","llamadas":0,"errores":0,"errores_por_estado":{},)"
                               R"("microsegundos":{"total":0,"maximo":0,"p50":0,"p99":0}})");
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(GestorBBDDPluginTest);

} // namespace zoco::gestorbbdd::test
