#include "integration/Certificates.h"
#include "support/ChildProcess.h"
#include "support/HostProcess.h"

#include <cppunit/extensions/HelperMacros.h>

#include <filesystem>

using namespace zoco::test;

/// `zoco check` and the other commands of one who operates a gateway that does not run.
class CheckTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(CheckTest);
    CPPUNIT_TEST(testGoodConfigurationShowsServicesAndRoutes);
    CPPUNIT_TEST(testEveryMistakeIsNamedWithFileLineAndKey);
    CPPUNIT_TEST(testEveryFaultOfCertificatesAndKeysIsNamed);
    CPPUNIT_TEST(testPluginThatIsNoLibraryIsNamed);
    CPPUNIT_TEST(testEveryPlacementIsChecked);
    CPPUNIT_TEST(testChecksWriteNothing);
    CPPUNIT_TEST(testRoutesWithoutAServerAreThoseOfAStart);
    CPPUNIT_TEST(testHelpIsShownAndWrongUsageIsRefused);
    CPPUNIT_TEST(testUnknownCommandSuggestsTheNearest);
    CPPUNIT_TEST_SUITE_END();

    TempFolder _folder;

    ProcessResult zoco(std::vector<std::string> words)
    {
        words.insert(words.begin(), HostProcess::binary());
        words.insert(words.end(), {"-D", "data.dir=" + _folder.path("data")});
        return runProcess(words);
    }

    ProcessResult checkFile(const std::string& text)
    {
        const auto off = "# nothing of the shop\nplugins.default =\n";
        return zoco({"check", "-c", _folder.write("zoco.properties", off + text)});
    }

    static bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

public:
    void testGoodConfigurationShowsServicesAndRoutes()
    {
        const auto result = checkFile("plugins.hola.enabled = true\n");
        CPPUNIT_ASSERT_EQUAL_MESSAGE(result.error, 0, result.status.code);
        CPPUNIT_ASSERT(has(result.out, "/Hola/{nombre}"));
        CPPUNIT_ASSERT(has(result.out, "1 plugins enabled"));
    }

    void testEveryMistakeIsNamedWithFileLineAndKey()
    {
        const struct
        {
            const char* text;
            const char* expected;
        } kCases[] = {
            {"host.listn = 127.0.0.1:1\n", "zoco.properties:3: host.listn: unknown key; did you mean host.listen?"},
            {"\nhost.workers = many\n", "zoco.properties:4: host.workers: must be a whole number"},
            {"host.workers = 0\n", "zoco.properties:3: host.workers: must be at least 1"},
            {"host.listen = 127.0.0.1:99999\n", "zoco.properties:3: host.listen: "},
            {"log.level = infos\n", "zoco.properties:3: log.level: must be one of"},
            {"\nhost.form_targets = https://bank.example, http://bank.example\n",
             "zoco.properties:4: host.form_targets: "},
            {"host.public_url = http://shop.example\n", "zoco.properties:3: host.public_url: "},
            {"host.public_url = http://127.0.0.1.shop.example\n", "zoco.properties:3: host.public_url: "},
            {"just words\n", "zoco.properties:3: expected 'key = value'"},
            {"host.loops = 1\nhost.loops = 2\n", "zoco.properties:4: host.loops: set twice"},
            {"plugins.hola.enabled = true\nplugins.hola.greting = Hi\n",
             "zoco.properties:4: plugins.hola.greting: unknown key; did you mean greeting?"},
            {"plugins.hol.enabled = true\n", "zoco.properties:3: plugins.hol: no hol.so"},
        };
        for (const auto& c : kCases)
        {
            const auto result = checkFile(c.text);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(c.text, 2, result.status.code);
            CPPUNIT_ASSERT_MESSAGE(std::string(c.expected) + " is not in: " + result.error,
                                   has(result.error, c.expected));
        }
    }

    void testEveryFaultOfCertificatesAndKeysIsNamed()
    {
        const Certificates ours;
        for (const auto* name : {"a", "b"}) ours.issue(name, "IP:127.0.0.1", "serverAuth");
        const auto pair = [&](const std::string& certificate, const std::string& key)
        {
            return checkFile("host.listen = https://127.0.0.1:0\nhost.tls_certificate = " + certificate +
                             "\nhost.tls_key = " + key + "\n");
        };
        const auto good = pair(ours.certificate("a"), ours.key("a"));
        CPPUNIT_ASSERT_EQUAL_MESSAGE(good.error, 0, good.status.code);
        const auto open = _folder.write("open.key", readFile(ours.key("a")));
        std::filesystem::permissions(open, std::filesystem::perms(0644));
        const auto none = _folder.path("none.pem"), text = _folder.write("text.pem", "no certificate");
        const std::string certificate = "zoco.properties:4: host.tls_certificate: ",
                          key = "zoco.properties:5: host.tls_key: ";
        const struct
        {
            std::string certificate, key, expected;
        } kCases[] = {
            {none, ours.key("a"), certificate + "cannot read " + none + ": No such file"},
            {text, ours.key("a"), certificate + text + ": no certificate can be read"},
            {ours.certificate("a"), none, key + "cannot read " + none},
            {ours.certificate("a"), open, key + open + " may be read by others"},
            {ours.certificate("a"), ours.key("b"), key + ours.key("b") + ": it does not belong to the certificate"},
        };
        for (const auto& c : kCases)
        {
            const auto result = pair(c.certificate, c.key);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(c.expected, 2, result.status.code);
            CPPUNIT_ASSERT_MESSAGE(c.expected + " is not in: " + result.error, has(result.error, c.expected));
        }
    }

    void testPluginThatIsNoLibraryIsNamed()
    {
        const auto path = _folder.write("falso.so", "no library at all");
        const auto result = checkFile("plugins.falso.enabled = true\nplugins.falso.library = " + path + "\n");
        CPPUNIT_ASSERT_EQUAL(2, result.status.code);
        CPPUNIT_ASSERT(has(result.error, "zoco.properties:3: plugins.falso: " + path + ": it is not an ELF file"));
    }

    void testEveryPlacementIsChecked()
    {
        for (const auto* placement : {"inproc", "process"})
        {
            const auto result =
                checkFile(std::string("plugins.hola.enabled = true\nplugins.hola.placement = ") + placement + '\n');
            CPPUNIT_ASSERT_EQUAL_MESSAGE(result.error, 0, result.status.code);
            CPPUNIT_ASSERT(has(result.out, "/Hola/{nombre}"));
        }
    }

    void testChecksWriteNothing()
    {
        CPPUNIT_ASSERT_EQUAL(0, checkFile("plugins.hola.enabled = true\n").status.code);
        CPPUNIT_ASSERT(!std::filesystem::exists(_folder.path("data")));
    }

    void testRoutesWithoutAServerAreThoseOfAStart()
    {
        const auto result = zoco({"routes", "-D", "plugins.hola.enabled=true", "-D", "plugins.default="});
        CPPUNIT_ASSERT_EQUAL(0, result.status.code);
        CPPUNIT_ASSERT(has(result.out, "/Hola/{nombre}"));
        CPPUNIT_ASSERT(has(result.error, "no process serves"));
    }

    void testHelpIsShownAndWrongUsageIsRefused()
    {
        const auto help = runProcess({HostProcess::binary(), "--help"});
        CPPUNIT_ASSERT_EQUAL(0, help.status.code);
        CPPUNIT_ASSERT(has(help.out, "serve"));
        CPPUNIT_ASSERT_EQUAL(2, runProcess({HostProcess::binary()}).status.code);
        CPPUNIT_ASSERT_EQUAL(2, runProcess({HostProcess::binary(), "serve", "--wrong"}).status.code);
        CPPUNIT_ASSERT_EQUAL(2, runProcess({HostProcess::binary(), "serve", "-D"}).status.code);
    }

    void testUnknownCommandSuggestsTheNearest()
    {
        const auto result = zoco({"chek", "-D", "plugins.default="});
        CPPUNIT_ASSERT_EQUAL(2, result.status.code);
        CPPUNIT_ASSERT(has(result.error, "did you mean check?"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CheckTest);
