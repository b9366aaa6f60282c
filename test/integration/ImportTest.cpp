#include "support/ChildProcess.h"
#include "support/HostProcess.h"
#include "support/RawClient.h"

#include <cppunit/extensions/HelperMacros.h>

#include <filesystem>
#include <string>
#include <vector>

using namespace zoco::test;

/// `zoco import productos`: a command that a plugin brings, with and without a serving process, and the shop
/// afterwards.
class ImportTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(ImportTest);
    CPPUNIT_TEST(testImportIntoAServingShopIsSeenAtOnce);
    CPPUNIT_TEST(testImportWithoutAServerIsThereAtTheNextStart);
    CPPUNIT_TEST(testFaultyFileChangesNothingAndNamesThePlace);
    CPPUNIT_TEST(testDryRunChangesNothing);
    CPPUNIT_TEST(testHelpListsTheCommand);
    CPPUNIT_TEST(testHelpWithoutAServerStartsNothing);
    CPPUNIT_TEST(testAcknowledgedImportSurvivesAKill);
    CPPUNIT_TEST_SUITE_END();

    TempFolder _folder;

    HostOptions shop()
    {
        HostOptions options;
        options.dataDir = _folder.path("data");
        options.defines = {{"plugins.catalogo.demo", "false"}};
        return options;
    }

    /// Started in the test's folder, so that file names are relative to it.
    ProcessResult zoco(std::vector<std::string> words)
    {
        words.insert(words.begin(), HostProcess::binary());
        words.insert(words.end(), {"-D", "data.dir=" + _folder.path("data"), "-D", "plugins.catalogo.demo=false"});
        return runProcess(words, {{}, _folder.path()});
    }

    static int total(const HostProcess& host)
    {
        const auto body = RawClient(host.port()).request("GET", "/Catalogo/productos").body;
        const auto at = body.find("\"total\":");
        CPPUNIT_ASSERT_MESSAGE(body, at != std::string::npos);
        return std::stoi(body.substr(at + 8));
    }

    static bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

public:
    void setUp() override
    {
        _folder.write("dos.csv", "sku,nombre,precio,existencias\nA-1,Ñandú de peluche,12.50,3\nA-2,Camión,7,0\n");
        _folder.write("mal.tsv", "sku\tnombre\tprecio\nB-1\tBueno\t1.00\nB-2\tMalo\tmucho\n");
    }

    void testImportIntoAServingShopIsSeenAtOnce()
    {
        HostProcess host(shop());
        CPPUNIT_ASSERT_EQUAL(0, total(host));
        const auto result = zoco({"import", "productos", "dos.csv"});
        CPPUNIT_ASSERT_EQUAL_MESSAGE(result.error, 0, result.status.code);
        CPPUNIT_ASSERT_EQUAL(2, total(host));
        const auto found = RawClient(host.port()).request("GET", "/Catalogo/productos?q=nandu").body;
        CPPUNIT_ASSERT_MESSAGE(found, has(found, "Ñandú de peluche") && has(found, "\"importe\":1250"));
        CPPUNIT_ASSERT(
            has(RawClient(host.port()).request("GET", "/Catalogo/productos/A-2").body, "\"disponible\":false"));
    }

    void testImportWithoutAServerIsThereAtTheNextStart()
    {
        const auto result = zoco({"import", "productos", "dos.csv"});
        CPPUNIT_ASSERT_EQUAL_MESSAGE(result.error, 0, result.status.code);
        HostProcess host(shop());
        CPPUNIT_ASSERT_EQUAL(2, total(host));
    }

    void testFaultyFileChangesNothingAndNamesThePlace()
    {
        HostProcess host(shop());
        const auto result = zoco({"import", "productos", "mal.tsv"});
        CPPUNIT_ASSERT_EQUAL(1, result.status.code);
        CPPUNIT_ASSERT_MESSAGE(result.error, has(result.error, "mal.tsv:3:10: precio"));
        CPPUNIT_ASSERT_EQUAL(0, total(host));
    }

    void testDryRunChangesNothing()
    {
        HostProcess host(shop());
        CPPUNIT_ASSERT_EQUAL(0, zoco({"import", "productos", "--dry-run", "dos.csv"}).status.code);
        CPPUNIT_ASSERT_EQUAL(0, total(host));
    }

    void testHelpWithoutAServerStartsNothing()
    {
        CPPUNIT_ASSERT(has(zoco({"help"}).out, "import productos"));
        const auto help = zoco({"import", "productos", "--help"});
        CPPUNIT_ASSERT_EQUAL(0, help.status.code);
        CPPUNIT_ASSERT(has(help.out, "--dry-run"));
        CPPUNIT_ASSERT_EQUAL(2, zoco({"importar"}).status.code);
        CPPUNIT_ASSERT(!std::filesystem::exists(_folder.path("data")));
    }

    void testHelpListsTheCommand()
    {
        HostProcess host(shop());
        CPPUNIT_ASSERT(has(zoco({"help"}).out, "import productos"));
        CPPUNIT_ASSERT(has(zoco({"import", "productos", "--help"}).out, "--dry-run"));
        CPPUNIT_ASSERT(has(zoco({"import", "producto", "dos.csv"}).error, "did you mean import productos?"));
    }

    void testAcknowledgedImportSurvivesAKill()
    {
        {
            HostProcess host(shop());
            CPPUNIT_ASSERT_EQUAL(0, zoco({"import", "productos", "dos.csv"}).status.code);
            host.kill();
        }
        HostProcess again(shop());
        CPPUNIT_ASSERT_EQUAL(2, total(again));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ImportTest);
