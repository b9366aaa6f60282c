#include "plugins/gestorbbdd/MariaDbServer.h"
#include "support/ChildProcess.h"
#include "support/HostProcess.h"

#include <cppunit/extensions/HelperMacros.h>

#include <filesystem>

using namespace zoco::test;
using zoco::gestorbbdd::test::MariaDbServer;

/// `zoco check --migrations`: what a start would do to the tables, on the real program.
class CheckMigrationsTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(CheckMigrationsTest);
    CPPUNIT_TEST(testNewShopWouldGetAllAndNothingIsWritten);
    CPPUNIT_TEST(testServingShopIsAsked);
    CPPUNIT_TEST(testKilledShopIsLookedAtWithoutBeingChanged);
    CPPUNIT_TEST(testWithoutDataThereIsNothingToMigrate);
    CPPUNIT_TEST(testMariaDb);
    CPPUNIT_TEST_SUITE_END();

    TempFolder _folder;
    std::vector<std::pair<std::string, std::string>> _settings;

    ProcessResult check()
    {
        std::vector<std::string> words{HostProcess::binary(),
                                       "check",
                                       "--migrations",
                                       "-D",
                                       "data.dir=" + _folder.path("data"),
                                       "-D",
                                       "plugins.default=gestorbbdd, catalogo"};
        for (const auto& [key, value] : _settings) words.insert(words.end(), {"-D", key + "=" + value});
        return runProcess(words);
    }
    HostOptions shop()
    {
        HostOptions options;
        options.dataDir = _folder.path("data");
        options.defines = _settings;
        return options;
    }

    static bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

    void assertTold(const std::string& part)
    {
        const auto result = check();
        CPPUNIT_ASSERT_EQUAL_MESSAGE(result.error, 0, result.status.code);
        CPPUNIT_ASSERT_MESSAGE(result.out, has(result.out, part));
    }

public:
    void testNewShopWouldGetAllAndNothingIsWritten()
    {
        const auto result = check();
        CPPUNIT_ASSERT_EQUAL_MESSAGE(result.error, 0, result.status.code);
        CPPUNIT_ASSERT_MESSAGE(result.out, has(result.out, "catalogo") && has(result.out, "would run\n"));
        CPPUNIT_ASSERT(!has(result.out, "applied"));
        CPPUNIT_ASSERT(!std::filesystem::exists(_folder.path("data")));
    }

    void testServingShopIsAsked()
    {
        for (const auto* placement : {"inproc", "process"})
        {
            _settings = {{"plugins.gestorbbdd.placement", placement}};
            HostProcess host(shop());
            assertTold("no migration would run on sqlite");
        }
        for (const auto& entry : std::filesystem::directory_iterator(_folder.path("data")))
            CPPUNIT_ASSERT_MESSAGE(entry.path().string(), !has(entry.path().filename().string(), "check"));
    }

    void testKilledShopIsLookedAtWithoutBeingChanged()
    {
        {
            HostProcess host(shop());
            host.kill();
        }
        const auto log = _folder.path("data/plugins/gestorbbdd/zoco.db-wal");
        const auto before = readFile(log);
        CPPUNIT_ASSERT(!before.empty());
        assertTold("no migration would run on sqlite");
        CPPUNIT_ASSERT(before == readFile(log));
    }

    void testWithoutDataThereIsNothingToMigrate()
    {
        _settings = {{"plugins.default", ""}};
        assertTold("nothing to migrate");
    }

    void testMariaDb()
    {
        auto& server = MariaDbServer::shared();
        const auto database = server.newDatabase();
        _settings = {{"plugins.gestorbbdd.url", server.socketUrl(database)}};
        assertTold("would run on mysql");
        CPPUNIT_ASSERT_EQUAL(std::string("0"), server.execute("SELECT COUNT(*) FROM information_schema.TABLES WHERE "
                                                              "TABLE_SCHEMA = DATABASE()",
                                                              database));
        HostProcess host(shop());
        assertTold("no migration would run on mysql");
        host.stop();
        assertTold("no migration would run on mysql");
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CheckMigrationsTest);
