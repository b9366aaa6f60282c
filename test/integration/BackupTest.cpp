#include "plugins/gestorbbdd/MariaDbServer.h"
#include "plugins/gestorbbdd/OnBoth.h"
#include "support/ChildProcess.h"
#include "support/Eventually.h"
#include "support/HostProcess.h"
#include "support/RawClient.h"

#include <cppunit/extensions/HelperMacros.h>

#include <csignal>
#include <filesystem>
#include <regex>
#include <set>

using namespace zoco::test;
using zoco::gestorbbdd::test::MariaDbServer;

/// `zoco backup` and `zoco restore`: a shop with its demonstration catalogue and its pictures, brought to another
/// folder and another database.
class BackupTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(BackupTest);
    CPPUNIT_TEST(testRestoredShopIsTheSame);
    CPPUNIT_TEST(testShopThatDoesNotServeIsBackedUpAsItLies);
    CPPUNIT_TEST(testDamageIsNamedAndNothingIsWritten);
    CPPUNIT_TEST(testFolderWithDataIsKept);
    CPPUNIT_TEST(testKilledRestoreServesNothingAndIsDoneAgain);
    CPPUNIT_TEST(testBackupThatCannotBeMadeLeavesNothing);
    CPPUNIT_TEST(testBackupIntoWhatItCopiesIsRefused);
    CPPUNIT_TEST(testLinkedConfigurationIsCopied);
    CPPUNIT_TEST(testRestoreMindsWhatOperatorsChanged);
    CPPUNIT_TEST(testWrongUsageIsRefused);
    CPPUNIT_TEST_SUITE_END();

    TempFolder _folder;
    std::string _url;    ///< of the shop's database
    std::string _newUrl; ///< of the one that it is brought to

    static std::string newUrl()
    {
        auto& server = MariaDbServer::shared();
        return server.socketUrl(server.newDatabase());
    }

    /// `-D`, in the place of what the configuration says of the database.
    std::vector<std::string> words(std::vector<std::string> out, const std::string& url) const
    {
        out.insert(out.begin(), HostProcess::binary());
        if (!url.empty()) out.insert(out.end(), {"-D", "plugins.gestorbbdd.url=" + url});
        return out;
    }
    ProcessResult backup(const std::string& target = "copia")
    {
        return runProcess(words({"backup", target, "-c", _folder.path("etc/zoco.properties"), "-D",
                                 "data.dir=" + _folder.path("data")},
                                _url),
                          {{}, _folder.path()});
    }
    std::vector<std::string> restoreWords(const std::string& dataDir, std::vector<std::string> more = {}) const
    {
        std::vector<std::string> out{"restore", _folder.path("copia"), "--data-dir", _folder.path(dataDir)};
        out.insert(out.end(), more.begin(), more.end());
        return words(out, _newUrl);
    }
    ProcessResult restore(const std::string& dataDir, std::vector<std::string> more = {})
    {
        return runProcess(restoreWords(dataDir, std::move(more)), {{}, _folder.path()});
    }

    HostOptions serving(const std::string& dataDir, const std::string& url) const
    {
        HostOptions options;
        options.configFile = _folder.path("etc/zoco.properties");
        options.dataDir = _folder.path(dataDir);
        if (!url.empty()) options.defines = {{"plugins.gestorbbdd.url", url}};
        return options;
    }

    /// All that a visitor sees of products and pictures.
    static std::string shopOf(const HostProcess& host)
    {
        RawClient client(host.port());
        auto out = client.request("GET", "/Catalogo/productos?limite=100").body;
        const std::regex picture("/Catalogo/imagenes/[^\"\\\\]+");
        std::set<std::string> names;
        for (auto at = std::sregex_iterator(out.begin(), out.end(), picture); at != std::sregex_iterator(); ++at)
            names.insert(at->str());
        CPPUNIT_ASSERT_MESSAGE(out, names.size() > 3);
        for (const auto& name : names)
        {
            const auto answer = client.request("GET", name);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(name, 200, answer.status);
            out += answer.body;
        }
        return out;
    }
    std::string shopAt(const std::string& dataDir, const std::string& url)
    {
        const HostProcess host(serving(dataDir, url));
        return shopOf(host);
    }

    static bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }
    static void assertDone(const ProcessResult& result)
    {
        CPPUNIT_ASSERT_EQUAL_MESSAGE(result.out + result.error, 0, result.status.code);
    }
    void assertFails(const ProcessResult& result, const std::string& what)
    {
        CPPUNIT_ASSERT_EQUAL_MESSAGE(what + '\n' + result.out, 1, result.status.code);
        CPPUNIT_ASSERT_MESSAGE(what + " is not in: " + result.error, has(result.error, what));
    }

    /// A backup of a shop that has served; returns what a visitor saw.
    std::string madeBackup()
    {
        const HostProcess host(serving("data", _url));
        auto out = shopOf(host);
        assertDone(backup());
        return out;
    }
    std::string restoreMark(const std::string& dataDir) const { return _folder.path(dataDir + "/restoring"); }
    /// The database of the next restore.
    void renew()
    {
        if (isMariaDb()) _newUrl = newUrl();
    }

protected:
    virtual bool isMariaDb() const { return false; }

public:
    void setUp() override
    {
        if (isMariaDb()) _url = newUrl();
        renew();
        _folder.write("etc/zoco.properties", "log.access = off\n");
        _folder.write("etc/plugins.d/catalogo.properties", "moneda = USD\n");
    }

    void testRestoredShopIsTheSame()
    {
        HostProcess host(serving("data", _url));
        const auto changed = RawClient(host.socketPath())
                                 .request("PUT", "/_zoco/plugins/catalogo", "Content-Type: application/json\r\n",
                                          R"({"ajustes": {"moneda": "SEK"}})");
        CPPUNIT_ASSERT_EQUAL_MESSAGE(changed.body, 200, changed.status);
        const auto before = shopOf(host);
        assertDone(backup());
        CPPUNIT_ASSERT(before == shopOf(host));
        assertDone(runProcess({"sha256sum", "-c", "manifest.json.sha256"}, {{}, _folder.path("copia")}));
        for (const auto& entry : std::filesystem::recursive_directory_iterator(_folder.path("copia")))
            CPPUNIT_ASSERT_EQUAL_MESSAGE(entry.path().string(), 0u,
                                         static_cast<unsigned>(entry.status().permissions()) & 077u);
        host.stop();

        const auto result = restore("nueva", {"--config-dir", _folder.path("nueva-etc")});
        assertDone(result);
        CPPUNIT_ASSERT_MESSAGE(result.out, has(result.out, isMariaDb() ? "mariadb" : "sqlite"));
        CPPUNIT_ASSERT(before == shopAt("nueva", _newUrl));
        for (const auto* file :
             {"/plugins.d/catalogo.properties", "-etc/zoco.properties", "-etc/plugins.d/catalogo.properties"})
        {
            const auto old =
                std::string(file).starts_with("-etc") ? std::string(file).substr(1) : "data" + std::string(file);
            CPPUNIT_ASSERT_EQUAL(_folder.read(old), _folder.read("nueva" + std::string(file)));
        }
    }

    void testShopThatDoesNotServeIsBackedUpAsItLies()
    {
        std::string before;
        {
            HostProcess host(serving("data", _url));
            before = shopOf(host);
            host.kill();
        }
        assertDone(backup());
        assertDone(restore("nueva"));
        CPPUNIT_ASSERT(before == shopAt("nueva", _newUrl));
        CPPUNIT_ASSERT(before == shopAt("data", _url));
    }

    void testDamageIsNamedAndNothingIsWritten()
    {
        const auto before = madeBackup();
        std::string picture;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(_folder.path("copia/data")))
            if (has(entry.path().string(), "imagenes/"))
                picture = entry.path().string().substr(_folder.path().size() + 1);
        const struct
        {
            std::string file;
            std::function<void(std::string&)> damage; ///< none: the file is taken away
        } kCases[] = {
            {picture, [](std::string& text) { text[text.size() / 2] ^= 1; }},
            {picture, {}},
            {"copia/parts/database", [](std::string& text) { text.resize(text.size() / 2); }},
            {"copia/parts/database", [](std::string& text) { text.back() ^= 1; }},
            {"copia/config/zoco.properties", [](std::string& text) { text += "data.dir = /\n"; }},
            {"copia/manifest.json", [](std::string& text) { text.resize(text.size() - 20); }},
            {"copia/manifest.json", [](std::string& text) { text[text.find("sha256") + 12] ^= 1; }},
            {"copia/manifest.json.sha256", {}},
            {"copia/data/intruso", [](std::string& text) { text = "x"; }},
        };
        for (const auto& c : kCases)
        {
            const bool isThere = std::filesystem::exists(_folder.path(c.file));
            const auto whole = isThere ? _folder.read(c.file) : std::string();
            auto text = whole;
            if (c.damage) c.damage(text);
            std::filesystem::remove(_folder.path(c.file));
            if (c.damage) _folder.write(c.file, text);
            assertFails(restore("nueva"), c.file + ": ");
            CPPUNIT_ASSERT(!std::filesystem::exists(_folder.path("nueva")));
            std::filesystem::remove(_folder.path(c.file));
            if (isThere) _folder.write(c.file, whole);
        }
        assertDone(restore("nueva"));
        CPPUNIT_ASSERT(before == shopAt("nueva", _newUrl));
    }

    void testFolderWithDataIsKept()
    {
        const auto before = madeBackup();
        {
            const HostProcess host(serving("data", _url));
            assertFails(restore("data"), "in use");
        }
        renew();
        assertFails(restore("data"), "holds data");
        assertDone(restore("nueva"));
        assertFails(restore("nueva"), "holds data");
        CPPUNIT_ASSERT(before == shopAt("nueva", _newUrl));
        if (!isMariaDb()) return;
        assertFails(restore("otra"), "holds data");
        CPPUNIT_ASSERT(before == shopAt("nueva", _newUrl));
    }

    void testKilledRestoreServesNothingAndIsDoneAgain()
    {
        const auto before = madeBackup();
        int halves = 0;
        for (const std::ptrdiff_t files : {0, 1, 5, 15, 25, 1000})
        {
            renew();
            const auto name = "nueva" + std::to_string(files);
            {
                ChildProcess restoring(restoreWords(name), {{}, _folder.path()});
                (void)eventually([&] { return filesBelow(name) > files || !restoring.isRunning(); });
                restoring.signal(SIGKILL);
                (void)restoring.wait(std::chrono::minutes(1));
            }
            if (std::filesystem::exists(restoreMark(name)))
            {
                ++halves;
                CPPUNIT_ASSERT_THROW(HostProcess(serving(name, _newUrl)), std::runtime_error);
                assertDone(restore(name));
            }
            else if (filesBelow(name) == 0)
                assertDone(restore(name));
            CPPUNIT_ASSERT_MESSAGE(name, before == shopAt(name, _newUrl));
        }
        CPPUNIT_ASSERT(halves > 0);
    }

    /// But the lock, and a mark that is being written.
    std::ptrdiff_t filesBelow(const std::string& name) const
    {
        std::error_code none;
        std::ptrdiff_t out = 0;
        for (auto at = std::filesystem::recursive_directory_iterator(_folder.path(name), none);
             at != std::filesystem::recursive_directory_iterator(); at.increment(none))
            if (at->is_regular_file(none) && at->path().filename() != "zoco.lock" &&
                at->path().filename() != "restoring.tmp")
                ++out;
        return out;
    }

    void testBackupThatCannotBeMadeLeavesNothing()
    {
        (void)madeBackup();
        assertFails(backup(), "already");
        assertFails(backup("no/such/copia"), "no/such/copia");
        std::filesystem::remove_all(_folder.path("copia"));
        if (isMariaDb()) _url = MariaDbServer::shared().socketUrl("nada");
        if (!isMariaDb()) std::filesystem::remove(_folder.path("data/plugins/gestorbbdd/zoco.db"));
        assertFails(backup(), "database");
        for (const auto& entry : std::filesystem::directory_iterator(_folder.path()))
            CPPUNIT_ASSERT_MESSAGE(entry.path().string(), !has(entry.path().filename().string(), "copia"));
    }

    void testBackupIntoWhatItCopiesIsRefused()
    {
        (void)madeBackup();
        assertFails(backup("data/copia"), "it lies in data.dir");
        assertFails(backup("data/plugins/copia"), "it lies in data.dir");
    }

    void testLinkedConfigurationIsCopied()
    {
        (void)madeBackup();
        std::filesystem::remove_all(_folder.path("copia"));
        std::filesystem::rename(_folder.path("etc/zoco.properties"), _folder.path("etc/original"));
        std::filesystem::create_symlink("original", _folder.path("etc/zoco.properties"));
        assertDone(backup());
        CPPUNIT_ASSERT(std::filesystem::is_regular_file(
            std::filesystem::symlink_status(_folder.path("copia/config/zoco.properties"))));
    }

    /// The database that the restored host will use is the one that is filled, or refused: here the old one, in use.
    void testRestoreMindsWhatOperatorsChanged()
    {
        const auto url = isMariaDb() ? _url : "sqlite:" + _folder.path("otra.db");
        std::filesystem::create_directories(_folder.path("data/plugins.d"));
        std::ofstream(_folder.path("data/plugins.d/gestorbbdd.properties")) << "url = " << url << '\n';
        _url.clear();
        _newUrl.clear();
        (void)shopAt("data", {});
        assertDone(backup());
        const auto result = restore("nueva");
        CPPUNIT_ASSERT_EQUAL_MESSAGE(result.out, 1, result.status.code);
    }

    void testWrongUsageIsRefused()
    {
        for (const auto& line : std::vector<std::vector<std::string>>{{"backup"},
                                                                      {"backup", "--rapido"},
                                                                      {"restore"},
                                                                      {"restore", "copia"},
                                                                      {"restore", "--data-dir", "d"},
                                                                      {"restore", "copia", "otra", "--data-dir", "d"},
                                                                      {"restore", "copia", "--data-dir"}})
            CPPUNIT_ASSERT_EQUAL_MESSAGE(line.back(), 2, runProcess(words(line, {}), {{}, _folder.path()}).status.code);
        for (const auto* command : {"backup", "restore"})
            CPPUNIT_ASSERT(has(runProcess(words({command, "--help"}, {})).out, "manifest"));
        CPPUNIT_ASSERT(has(runProcess(words({"help"}, {})).out, "backup database"));
    }
};

ZOCO_TEST_ON_BOTH(BackupTest);
