#include "Settings.h"
#include "TestEngine.h"
#include "support/TempFolder.h"

namespace zoco::gestorbbdd::test
{

/// The way to the server: settings, accounts, encryption, copies.
class MariaDbServerTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(MariaDbServerTest);
    CPPUNIT_TEST(testUrlsThatAreUnderstood);
    CPPUNIT_TEST(testOtherUrlsAreRefused);
    CPPUNIT_TEST(testSettingsThatDoNotFitAreRefused);
    CPPUNIT_TEST(testServerThatIsNotThereFailsTheStart);
    CPPUNIT_TEST(testWrongPasswordFailsTheStart);
    CPPUNIT_TEST(testDatabaseThatComparesOtherwiseIsRefused);
    CPPUNIT_TEST(testTextsAreComparedAsBytes);
    CPPUNIT_TEST(testRunningAccountNeedsNoRightToChangeTables);
    CPPUNIT_TEST(testConnectionsAreEncryptedWhenAsked);
    CPPUNIT_TEST(testServerMustProveItsNameWhenAsked);
    CPPUNIT_TEST(testReadsGoToCopiesAndFallBack);
    CPPUNIT_TEST(testTypesThatAreNotReadAreRefused);
    CPPUNIT_TEST(testNumbersAreExactOrRefused);
    CPPUNIT_TEST(testLongTextsComeWhole);
    CPPUNIT_TEST(testEstado);
    CPPUNIT_TEST_SUITE_END();

    static constexpr const char* kTable = "CREATE TABLE t_t (i BIGINT, t LONGTEXT)";
    static constexpr const char* kOperations = R"sql(
-- operation: poner
-- params: i int, t text
-- returns: affected
INSERT INTO t_t VALUES (:i, :t);
-- operation: contar
-- params: t text
-- returns: one
SELECT COUNT(*) FROM t_t WHERE t = :t;
-- operation: leer
-- returns: many
-- replica: true
SELECT i, t FROM t_t ORDER BY i
)sql";

    static Embedded embedded() { return Embedded().migration("V1__t.sql", kTable).operations("o.sql", kOperations); }

    static std::string failureOf(const Configuration& settings)
    {
        try
        {
            const Gestor gestor(settings);
            return {};
        }
        catch (const std::exception& e)
        {
            return e.what();
        }
    }
    static void assertHas(const std::string& text, const std::string& part)
    {
        CPPUNIT_ASSERT_MESSAGE(part + " in " + text, text.find(part) != std::string::npos);
    }

    void testUrlsThatAreUnderstood()
    {
        mariadb::Settings a;
        CPPUNIT_ASSERT_EQUAL(std::string(), mariadb::parseUrl("mysql://u@h.example:3307/tienda-1", a));
        CPPUNIT_ASSERT(a.running.user == "u" && a.primary.host == "h.example" && a.primary.port == 3307 &&
                       a.database == "tienda-1" && a.primary.socket.empty());
        mariadb::Settings b;
        CPPUNIT_ASSERT_EQUAL(std::string(), mariadb::parseUrl("mysql://u@localhost/t?socket=/run/m.sock", b));
        CPPUNIT_ASSERT(b.primary.socket == "/run/m.sock" && b.primary.port == 3306);
        mariadb::Settings c;
        CPPUNIT_ASSERT_EQUAL(std::string(), mariadb::parseUrl("mysql://u@[::1]:3307/t", c));
        CPPUNIT_ASSERT(c.primary.host == "::1" && c.primary.port == 3307);
        std::vector<mariadb::Endpoint> list;
        CPPUNIT_ASSERT_EQUAL(std::string(), mariadb::parseReplicas("a:1, b ,[::2]:3", list));
        CPPUNIT_ASSERT(list.size() == 3 && list[0].port == 1 && list[1].host == "b" && list[2].host == "::2");
    }

    void testOtherUrlsAreRefused()
    {
        for (const auto* url :
             {"mysql:", "mysql://", "mysql://h/t", "mysql://@h/t", "mysql://u@/t", "mysql://u@h", "mysql://u@h/",
              "mysql://u@h:0/t", "mysql://u@h:x/t", "mysql://u@h:70000/t", "mysql://u@h/t;x", "mysql://u@h/t`",
              "mysql://u@h/t?ssl=1", "mysql://u@h/t?socket=x", "mysql://u:clave@h/t"})
        {
            mariadb::Settings out;
            const auto fault = mariadb::parseUrl(url, out);
            CPPUNIT_ASSERT_MESSAGE(url, !fault.empty() && fault.find("clave") == std::string::npos);
            CPPUNIT_ASSERT_MESSAGE(url, failureOf({{"url", url}}).rfind("init failed: url: ", 0) == 0);
        }
    }

    void testSettingsThatDoNotFitAreRefused()
    {
        const std::pair<const char*, const char*> cases[] = {
            {"replicas", "a:b"}, {"tls_ca", "/no/such/file"}, {"tls_ca", "/etc/passwd"}, {"migration_password", "x"}};
        for (const auto& [key, value] : cases)
            assertHas(failureOf({{"url", "mysql://u@127.0.0.1/t"}, {key, value}}), "init failed: " + std::string(key));
    }

    void testServerThatIsNotThereFailsTheStart()
    {
        assertHas(failureOf({{"url", "mysql://u@127.0.0.1:1/t"}}), "start failed: the database: ");
    }

    void testWrongPasswordFailsTheStart()
    {
        auto& server = MariaDbServer::shared();
        const auto database = server.newDatabase();
        server.execute("CREATE USER cerrado@localhost IDENTIFIED BY 'clave'; GRANT ALL ON " + database +
                       ".* TO cerrado@localhost");
        const auto url = server.socketUrl(database, "cerrado");
        assertHas(failureOf({{"url", url}}), "start failed: ");
        const auto wrong = failureOf({{"url", url}, {"password", "falsa"}});
        CPPUNIT_ASSERT(!wrong.empty() && wrong.find("falsa") == std::string::npos);
        CPPUNIT_ASSERT_EQUAL(std::string(), failureOf({{"url", url}, {"password", "clave"}}));
    }

    void testDatabaseThatComparesOtherwiseIsRefused()
    {
        auto& server = MariaDbServer::shared();
        const auto database = server.newDatabase();
        server.execute("CREATE TABLE ajena (i INT)", database);
        assertHas(failureOf({{"url", server.socketUrl(database)}}), "must be compared by utf8mb4_nopad_bin");
        server.execute("DROP TABLE ajena", database);
        CPPUNIT_ASSERT_EQUAL(std::string(), failureOf({{"url", server.socketUrl(database)}}));
    }

    static std::int64_t count(Service service, const char* text)
    {
        std::int64_t out = -1;
        CPPUNIT_ASSERT(
            service.call({}, service.operation("contar", {"t"}), {text}, [&](const Row& row) { row.read(out); }).ok());
        return out;
    }

    void testTextsAreComparedAsBytes()
    {
        auto& server = MariaDbServer::shared();
        Gestor gestor(Configuration{{"url", server.socketUrl(server.newDatabase())}});
        Consumer consumer(gestor, "t", embedded());
        auto service = consumer.service();
        CPPUNIT_ASSERT(service.call({}, service.operation("poner", {"i", "t"}), {1, "Camión"}).ok());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, count(service, "Camión"));
        for (const auto* other : {"camión", "Camion", "Camión ", ""})
            CPPUNIT_ASSERT_EQUAL_MESSAGE(other, std::int64_t{0}, count(service, other));
    }

    void testRunningAccountNeedsNoRightToChangeTables()
    {
        auto& server = MariaDbServer::shared();
        const auto database = server.newDatabase();
        server.execute("CREATE USER corre@localhost IDENTIFIED BY 'c'; CREATE USER migra@localhost IDENTIFIED BY 'm';"
                       "GRANT SELECT, INSERT, UPDATE, DELETE ON " +
                       database + ".* TO corre@localhost; GRANT ALL ON " + database + ".* TO migra@localhost");
        Configuration settings{{"url", server.socketUrl(database, "corre")}, {"password", "c"}};
        CPPUNIT_ASSERT(!failureOf(settings).empty());
        settings.emplace_back("migration_user", "migra");
        settings.emplace_back("migration_password", "m");
        Gestor gestor(settings);
        Consumer consumer(gestor, "t", embedded());
        auto service = consumer.service();
        CPPUNIT_ASSERT(service.call({}, service.operation("poner", {"i", "t"}), {1, "a"}).ok());
        CPPUNIT_ASSERT_EQUAL(200, gestor.host.http().get("/GestorBBDD/migraciones").status());
    }

    /// A certificate for this name, signed by itself.
    static std::vector<std::string> certificate(const zoco::test::TempFolder& folder, const std::string& name)
    {
        const auto made = zoco::test::runProcess({"openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days",
                                                  "2", "-subj", "/CN=" + name, "-addext", "subjectAltName=IP:127.0.0.1",
                                                  "-keyout", folder.path("key"), "-out", folder.path("cert")});
        CPPUNIT_ASSERT_EQUAL_MESSAGE(made.error, 0, made.status.code);
        return {"--ssl-cert=" + folder.path("cert"), "--ssl-key=" + folder.path("key")};
    }

    void testConnectionsAreEncryptedWhenAsked()
    {
        const zoco::test::TempFolder folder;
        MariaDbServer server(certificate(folder, "otro"));
        const auto database = server.newDatabase();
        server.execute("CREATE USER seguro@'127.0.0.1' REQUIRE SSL; GRANT ALL ON " + database +
                       ".* TO seguro@'127.0.0.1'");
        const auto url = server.portUrl(database, "seguro");
        CPPUNIT_ASSERT(!failureOf({{"url", url}}).empty());
        Gestor gestor(Configuration{{"url", url}, {"tls", "required"}});
        Consumer consumer(gestor, "t", embedded());
        auto service = consumer.service();
        const std::string longText(3'000'000, 'x');
        CPPUNIT_ASSERT(service.call({}, service.operation("poner", {"i", "t"}), {1, longText}).ok());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, count(service, longText.c_str()));
        MariaDbServer plain;
        CPPUNIT_ASSERT(!failureOf({{"url", plain.portUrl(plain.newDatabase())}, {"tls", "required"}}).empty());
    }

    void testServerMustProveItsNameWhenAsked()
    {
        const zoco::test::TempFolder folder;
        MariaDbServer server(certificate(folder, "127.0.0.1"));
        const auto database = server.newDatabase();
        server.execute("CREATE USER seguro@'127.0.0.1' REQUIRE SSL; GRANT ALL ON " + database +
                       ".* TO seguro@'127.0.0.1'");
        Configuration settings{{"url", server.portUrl(database, "seguro")}, {"tls", "verify"}};
        CPPUNIT_ASSERT(!failureOf(settings).empty());
        settings.emplace_back("tls_ca", folder.path("cert"));
        CPPUNIT_ASSERT_EQUAL(std::string(), failureOf(settings));
        const zoco::test::TempFolder foreign;
        (void)certificate(foreign, "127.0.0.1");
        settings.back().second = foreign.path("cert");
        CPPUNIT_ASSERT(!failureOf(settings).empty());
    }

    static int rows(Service service)
    {
        int out = 0;
        CPPUNIT_ASSERT(service.call({}, service.operation("leer"), {}, [&](const Row&) { ++out; }).ok());
        return out;
    }

    /// A second server with other rows stands for a copy that is behind.
    void testReadsGoToCopiesAndFallBack()
    {
        auto& server = MariaDbServer::shared();
        MariaDbServer copy;
        const auto database = server.newDatabase();
        copy.execute("CREATE DATABASE " + database + "; USE " + database + "; " + kTable);
        const auto account = "CREATE USER lector@'127.0.0.1'; GRANT ALL ON " + database + ".* TO lector@'127.0.0.1'";
        server.execute(account);
        copy.execute(account);
        Gestor gestor(Configuration{{"url", server.portUrl(database, "lector")},
                                    {"replicas", "127.0.0.1:" + std::to_string(copy.port())}});
        Consumer consumer(gestor, "t", embedded());
        auto service = consumer.service();
        CPPUNIT_ASSERT(service.call({}, service.operation("poner", {"i", "t"}), {1, "a"}).ok());
        CPPUNIT_ASSERT_EQUAL(0, rows(service));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, count(service, "a"));
        Group group(service);
        int grouped = 0;
        group.add(service.operation("leer"), {});
        group.add(service.operation("leer"), {});
        CPPUNIT_ASSERT(group.run({}, [&](std::uint32_t, const Row&) { ++grouped; }).ok());
        CPPUNIT_ASSERT_EQUAL(2, grouped);
        copy.kill();
        CPPUNIT_ASSERT_EQUAL(1, rows(service));
    }

    void testTypesThatAreNotReadAreRefused()
    {
        auto& server = MariaDbServer::shared();
        Gestor gestor(Configuration{{"url", server.socketUrl(server.newDatabase())}});
        const auto why =
            refusalOf(gestor, "u",
                      Embedded()
                          .migration("V1__t.sql", "CREATE TABLE u_t (cuando DATETIME(6), g GEOMETRY)")
                          .operations("o.sql", "-- operation: x\n-- returns: many\nSELECT cuando FROM u_t;\n"
                                               "-- operation: y\n-- returns: many\nSELECT g FROM u_t"));
        assertHas(why, "o.sql:1: the column 'cuando'");
        assertHas(why, "o.sql:4: the column 'g'");
    }

    void testNumbersAreExactOrRefused()
    {
        auto& server = MariaDbServer::shared();
        Gestor gestor(Configuration{{"url", server.socketUrl(server.newDatabase())}});
        Consumer consumer(gestor, "t", Embedded().migration("V1__t.sql", kTable).operations("o.sql", R"sql(
-- operation: exactos
-- returns: one
SELECT CAST(9223372036854775807 AS DECIMAL(30)), CAST(1.25 AS DECIMAL(10, 2)), 1e300, CAST(-5 AS SIGNED), NULL;
-- operation: decimal_grande
-- returns: one
SELECT CAST(9223372036854775808 AS DECIMAL(30));
-- operation: sin_signo_grande
-- returns: one
SELECT CAST(18446744073709551615 AS UNSIGNED)
)sql"));
        auto service = consumer.service();
        bool isSeen = false;
        CPPUNIT_ASSERT(service
                           .call({}, service.operation("exactos"), {},
                                 [&](const Row& row)
                                 {
                                     isSeen = row[0].integer() == 9223372036854775807 && row[1].real() == 1.25 &&
                                              row[2].real() == 1e300 && row[3].integer() == -5 && row[4].isNull();
                                 })
                           .ok());
        CPPUNIT_ASSERT(isSeen);
        for (const auto* name : {"decimal_grande", "sin_signo_grande"})
            CPPUNIT_ASSERT_MESSAGE(name, !service.call({}, service.operation(name), {}).ok());
    }

    void testLongTextsComeWhole()
    {
        auto& server = MariaDbServer::shared();
        Gestor gestor(Configuration{{"url", server.socketUrl(server.newDatabase())}});
        Consumer consumer(gestor, "t", embedded());
        auto service = consumer.service();
        const std::size_t sizes[] = {0, 255, 256, 257, 100'000, 1, 5'000'000, 300};
        int number = 0;
        for (const auto size : sizes)
            CPPUNIT_ASSERT(service
                               .call({}, service.operation("poner", {"i", "t"}),
                                     {++number, std::string(size, static_cast<char>('a' + number))})
                               .ok());
        number = 0;
        CPPUNIT_ASSERT(service
                           .call({}, service.operation("leer"), {},
                                 [&](const Row& row)
                                 {
                                     const auto size = sizes[number++];
                                     CPPUNIT_ASSERT(row[1].text() ==
                                                    std::string(size, static_cast<char>('a' + number)));
                                 })
                           .ok());
        CPPUNIT_ASSERT_EQUAL(8, number);
    }

    void testEstado()
    {
        auto& server = MariaDbServer::shared();
        Gestor gestor(Configuration{{"url", server.socketUrl(server.newDatabase())}, {"connections", "5"}});
        const auto body = gestor.host.http().get("/GestorBBDD/estado").body();
        assertHas(body, R"("motor":"mariadb","version":"10.)");
        assertHas(body, R"("lectores":{"total":5,"ocupados":0})");
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MariaDbServerTest);

} // namespace zoco::gestorbbdd::test
