#include "integration/Examples.h"
#include "integration/NodeProcess.h"
#include "integration/PluginProcesses.h"
#include "plugins/gestorbbdd/MariaDbServer.h"
#include "support/Eventually.h"
#include "support/RawClient.h"
#include "support/TempFolder.h"

#include <cppunit/extensions/HelperMacros.h>

#include <sys/stat.h>

#include <atomic>
#include <csignal>
#include <filesystem>
#include <future>
#include <optional>
#include <string>
#include <thread>
#include <vector>

using namespace zoco::test;
using zoco::gestorbbdd::test::MariaDbServer;

namespace
{

/// A host with the fixture that keeps its values sealed, on data that stay.
class Vault
{
public:
    explicit Vault(std::string url, std::string placement = "inproc", int page = 200, bool isPinned = true,
                   std::vector<std::pair<std::string, std::string>> more = {}, const std::string& keys = {})
        : _url(std::move(url)),
          _placement(std::move(placement)),
          _page(page),
          _isPinned(isPinned),
          _more(std::move(more))
    {
        if (!keys.empty()) std::filesystem::permissions(_folder.write("data/keys", keys), std::filesystem::perms(0600));
        if (!_isPinned) _folder.write("data/plugins.d/cofre.properties", "enabled = true\n");
        start();
    }

    HostOptions options() const
    {
        HostOptions out;
        out.defines = {{"plugins.default", "gestorbbdd"},
                       {"plugins.cofre.placement", _placement},
                       {"plugins.cofre.library", ZOCO_BUILD_DIR "/test/fixtures/cofre.so"},
                       {"plugins.cofre.pagina", std::to_string(_page)},
                       {"log.access", "off"}};
        out.defines.insert(out.defines.end(), _more.begin(), _more.end());
        if (_isPinned) out.defines.emplace_back("plugins.cofre.enabled", "true");
        if (!_url.empty()) out.defines.emplace_back("plugins.gestorbbdd.url", _url);
        out.dataDir = _folder.path("data");
        return out;
    }
    void start()
    {
        _host.reset();
        _host.emplace(options());
    }
    HostProcess& host() { return *_host; }
    void end() { _host.reset(); }

    int keep(int id, const std::string& value) const
    {
        return RawClient(_host->port()).request("PUT", "/Cofre/" + std::to_string(id), {}, value).status;
    }
    std::string read(int id) const { return get("/Cofre/" + std::to_string(id)); }
    std::string get(const std::string& target) const
    {
        const auto answer = RawClient(_host->port()).request("GET", target);
        return answer.status == 200 ? answer.body : "status " + std::to_string(answer.status);
    }
    /// "rows rows-under-the-active-key"
    std::string keys() const { return get("/Cofre/claves"); }

    /// `zoco keys …`
    ProcessResult zoco(std::vector<std::string> args) const
    {
        std::vector<std::string> argv{HostProcess::binary()};
        argv.insert(argv.end(), args.begin(), args.end());
        auto defines = options().defines;
        defines.emplace_back("data.dir", _folder.path("data"));
        for (const auto& [key, value] : defines) argv.insert(argv.end(), {"-D", key + "=" + value});
        return runProcess(argv);
    }
    std::string state() const { return readFile(_folder.path("data/keys.state")); }
    const TempFolder& folder() const { return _folder; }

    /// The ids of its keys, in their order.
    std::vector<std::string> ids() const
    {
        std::vector<std::string> out;
        const auto text = readFile(_folder.path("data/keys"));
        for (std::size_t at = 0; (at = text.find("\nkey ", at)) != text.npos; ++at)
            out.push_back(text.substr(at + 5, 8));
        return out;
    }

private:
    TempFolder _folder;
    std::string _url;
    std::string _placement;
    int _page;
    bool _isPinned; ///< an operator may not switch it off
    std::vector<std::pair<std::string, std::string>> _more;
    std::optional<HostProcess> _host;
};

std::string newUrl()
{
    auto& server = MariaDbServer::shared();
    return server.socketUrl(server.newDatabase());
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

} // namespace

/// Encryption against the real program: in every placement, with keys that change while the shop serves.
class EncryptionTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(EncryptionTest);
    CPPUNIT_TEST(testValuesAreSealedInEveryPlacement);
    CPPUNIT_TEST(testAPluginOnANodeHasTheGatewaysKeys);
    CPPUNIT_TEST(testEveryPlacementSealsUnderANewKeyAtOnce);
    CPPUNIT_TEST(testEventsAndAnswersLieSealedAndRotateOnSqlite);
    CPPUNIT_TEST(testEventsAndAnswersLieSealedAndRotateOnMariaDb);
    CPPUNIT_TEST(testAKeyThatAnEventNeedsStaysOnSqlite);
    CPPUNIT_TEST(testAKeyThatAnEventNeedsStaysOnMariaDb);
    CPPUNIT_TEST(testARotationSurvivesKill9OnSqlite);
    CPPUNIT_TEST(testARotationSurvivesKill9OnMariaDb);
    CPPUNIT_TEST(testAKeyIsRetiredOnlyWhenNothingIsSealedUnderIt);
    CPPUNIT_TEST(testARetirementFindsWhatARotationCouldNot);
    CPPUNIT_TEST(testTwoHostsChangeKeysTogether);
    CPPUNIT_TEST(testAPluginThatDoesNotRunHoldsARotationUp);
    CPPUNIT_TEST(testCommandsWithoutAHostThatServes);
    CPPUNIT_TEST(testAStartWithoutItsKeysIsRefused);
    CPPUNIT_TEST(testAHostWithOtherKeysIsRefused);
    CPPUNIT_TEST(testAReloadToADatabaseOfOtherKeysIsRefused);
    CPPUNIT_TEST(testAKeyStaysWhileTheDatabaseIsAway);
    CPPUNIT_TEST(testALostKeyCanBeGivenUp);
    CPPUNIT_TEST(testABackupBringsItsKeys);
    CPPUNIT_TEST_SUITE_END();

    static void fill(Vault& vault, int rows)
    {
        for (int i = 0; i < rows; ++i) CPPUNIT_ASSERT_EQUAL(204, vault.keep(i, "valor-secreto-" + std::to_string(i)));
    }

public:
    void testValuesAreSealedInEveryPlacement()
    {
        for (const std::string placement : {"inproc", "process"})
        {
            Vault vault({}, placement);
            fill(vault, 3);
            CPPUNIT_ASSERT_EQUAL(std::string("valor-secreto-1"), vault.read(1));
            CPPUNIT_ASSERT_EQUAL(std::string("1 "), vault.get("/Cofre?valor=valor-secreto-1"));
            CPPUNIT_ASSERT_EQUAL(std::string("3 3"), vault.keys());
            const auto sealed =
                RawClient(vault.host().port()).request("POST", "/Sellar", "X-Context: a\r\n", "ana").body;
            const auto open = [&](const std::string& context)
            {
                return RawClient(vault.host().port())
                    .request("POST", "/Abrir", "X-Context: " + context + "\r\n", sealed.substr(0, sealed.find(' ')));
            };
            CPPUNIT_ASSERT_EQUAL(std::string("ana"), open("a").body);
            CPPUNIT_ASSERT_EQUAL(500, open("b").status);
            vault.host().kill(); // all is on the disk
            for (const auto& entry : std::filesystem::recursive_directory_iterator(vault.folder().path()))
                if (entry.is_regular_file())
                    CPPUNIT_ASSERT_MESSAGE(entry.path().string(),
                                           !has(readFile(entry.path().string()), "valor-secreto"));
            vault.start();
            CPPUNIT_ASSERT_EQUAL(std::string("valor-secreto-2"), vault.read(2));
        }
    }

    void testAPluginOnANodeHasTheGatewaysKeys()
    {
        const Certificates ours;
        ours.issue("node", "IP:127.0.0.1", "serverAuth");
        ours.issue("gateway", "DNS:gateway", "clientAuth");
        const NodeProcess node(ours, "node", ours, {"cofre"});
        Vault vault({}, "remote", 200, true,
                    {{"plugins.cofre.address", node.address()},
                     {"host.remote_certificate", ours.certificate("gateway")},
                     {"host.remote_key", ours.key("gateway")},
                     {"host.remote_ca", ours.ca()}});
        fill(vault, 2);
        const auto rotated = vault.zoco({"keys", "rotate"});
        CPPUNIT_ASSERT_EQUAL_MESSAGE(rotated.error, 0, rotated.status.code);
        CPPUNIT_ASSERT_EQUAL(std::string("2 2"), vault.keys());
        CPPUNIT_ASSERT_EQUAL(0, vault.zoco({"keys", "retire", vault.ids()[0]}).status.code);
        CPPUNIT_ASSERT_EQUAL(std::string("valor-secreto-1"), vault.read(1));
    }

    /// Of the clear events and answers of before, too.
    static void sealsWhatTheHostKeeps(const std::string& url)
    {
        const std::string fixtures = ZOCO_BUILD_DIR "/test/fixtures/";
        Vault vault(url, "inproc", 200, true,
                    {{"plugins.boletin.enabled", "true"},
                     {"plugins.boletin.library", fixtures + "boletin.so"},
                     {"plugins.apuntes.enabled", "true"},
                     {"plugins.apuntes.library", fixtures + "notes.so"}});
        const auto tell = [&](int n, const std::string& mood, const std::string& more = {})
        {
            return RawClient(vault.host().port())
                .request("POST", "/Boletin/" + std::to_string(n), "X-Mood: " + mood + "\r\n" + more)
                .status;
        };
        const auto note = [&]
        {
            return RawClient(vault.host().port())
                .request("POST", "/Apuntes", "Idempotency-Key: k1\r\nContent-Type: text/plain\r\n", "apunte-secreto");
        };
        const auto first = note();
        CPPUNIT_ASSERT_EQUAL(201, first.status);
        CPPUNIT_ASSERT_EQUAL(204, tell(1, "bad")); // it will be put aside
        CPPUNIT_ASSERT_EQUAL(204, tell(2, "secreto"));
        for (const auto& entry : std::filesystem::recursive_directory_iterator(vault.folder().path("data/plugins")))
            if (entry.is_regular_file())
                for (const std::string part : {"animo", "\"texto\":"}) // names in an event and in an answer
                    CPPUNIT_ASSERT_MESSAGE(entry.path().string(), !has(readFile(entry.path().string()), part));
        CPPUNIT_ASSERT_EQUAL(204, tell(3, "secreto", "X-Clear: yes\r\n"));
        const auto events = [&] { return vault.zoco({"events", "--json"}).out; };
        CPPUNIT_ASSERT(eventually([&] { return has(events(), "\"apartados\":[{"); }));
        const auto heard = [&](const std::string& what)
        { return eventually([&] { return has(" " + vault.get("/Boletin/uno/uno"), what); }); };
        CPPUNIT_ASSERT(heard(":2 ") && heard(":3 "));

        CPPUNIT_ASSERT_EQUAL(0, vault.zoco({"keys", "rotate"}).status.code);
        const auto retired = vault.zoco({"keys", "retire", vault.ids()[0]});
        CPPUNIT_ASSERT_EQUAL_MESSAGE(retired.error, 0, retired.status.code);
        const auto again = note();
        CPPUNIT_ASSERT_EQUAL(std::string("true"), again.header("Idempotency-Replayed"));
        CPPUNIT_ASSERT_EQUAL(first.body, again.body);
        CPPUNIT_ASSERT_EQUAL(first.header("Location"), again.header("Location"));
        vault.folder().write("data/plugins/boletin/good", "");
        const auto replayed = vault.zoco({"events", "replay", "boletin", "1"});
        CPPUNIT_ASSERT_EQUAL_MESSAGE(replayed.error, 0, replayed.status.code);
        CPPUNIT_ASSERT(heard("1:1 "));
    }
    void testEventsAndAnswersLieSealedAndRotateOnSqlite() { sealsWhatTheHostKeeps({}); }
    void testEventsAndAnswersLieSealedAndRotateOnMariaDb() { sealsWhatTheHostKeeps(newUrl()); }

    /// A value within an event only its plugin could seal again; a mail's content the host seals itself.
    static void keepsTheKeysOfEvents(std::string url)
    {
        const std::string fixtures = ZOCO_BUILD_DIR "/test/fixtures/";
        Vault vault(std::move(url), "inproc", 200, true,
                    {{"plugins.boletin.enabled", "true"},
                     {"plugins.boletin.library", fixtures + "boletin.so"},
                     {"plugins.cartero.enabled", "true"},
                     {"plugins.cartero.library", fixtures + "cartero.so"},
                     {"host.events_keep_ms", "1000"}});
        const auto tell = [&](int n, const std::string& headers)
        { return RawClient(vault.host().port()).request("POST", "/Boletin/" + std::to_string(n), headers).status; };
        const auto mailed =
            RawClient(vault.host().port()).request("POST", "/Cartero", "X-Para: ana@example.org\r\n", "Hola");
        CPPUNIT_ASSERT_EQUAL(204, mailed.status);
        CPPUNIT_ASSERT_EQUAL(204, tell(1, "X-Mood: bad\r\nX-Sealed: secreto\r\n"));
        CPPUNIT_ASSERT_EQUAL(204, tell(2, "X-Mood: good\r\n"));
        CPPUNIT_ASSERT(eventually([&] { return has(vault.zoco({"events", "--json"}).out, "\"apartados\":[{"); }));
        CPPUNIT_ASSERT_EQUAL(0, vault.zoco({"keys", "rotate"}).status.code);

        const auto old = vault.ids()[0];
        const auto refused = vault.zoco({"keys", "retire", old});
        CPPUNIT_ASSERT(refused.status.code != 0);
        CPPUNIT_ASSERT_MESSAGE(refused.error, has(refused.error, "2 durable events hold")); // the second put aside
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, vault.ids().size());

        vault.folder().write("data/plugins/boletin/good", "");
        const auto aside = vault.zoco({"events", "--json"}).out;
        const auto at = aside.find("\"numero\":", aside.find("\"apartados\":[{")) + 9;
        const auto number = std::to_string(std::stoi(aside.substr(at)));
        const auto replayed = vault.zoco({"events", "replay", "boletin", number});
        CPPUNIT_ASSERT_EQUAL_MESSAGE(replayed.error + aside, 0, replayed.status.code);
        CPPUNIT_ASSERT(eventually([&] { return has(vault.get("/Boletin/uno/uno"), ":1 "); }));
        CPPUNIT_ASSERT(eventually(
            [&]
            {
                vault.start(); // forgets what all have read
                return vault.zoco({"keys", "retire", old}).status.code == 0;
            }));
    }
    void testAKeyThatAnEventNeedsStaysOnSqlite() { keepsTheKeysOfEvents({}); }
    void testAKeyThatAnEventNeedsStaysOnMariaDb() { keepsTheKeysOfEvents(newUrl()); }

    void testEveryPlacementSealsUnderANewKeyAtOnce()
    {
        for (const std::string placement : {"inproc", "process"})
        {
            Vault vault({}, placement);
            fill(vault, 2);
            const auto process = processOf(vault.host().pid(), "cofre");
            const auto added = vault.zoco({"keys", "add"});
            CPPUNIT_ASSERT_EQUAL_MESSAGE(added.error, 0, added.status.code);
            CPPUNIT_ASSERT_EQUAL(std::string("2 2"), vault.keys());
            CPPUNIT_ASSERT_EQUAL(0, vault.zoco({"keys", "activate", vault.ids().back()}).status.code);
            CPPUNIT_ASSERT_EQUAL(std::string("2 0"), vault.keys());
            CPPUNIT_ASSERT_EQUAL(204, vault.keep(7, "nuevo"));
            CPPUNIT_ASSERT_EQUAL(std::string("3 1"), vault.keys());
            CPPUNIT_ASSERT_EQUAL(std::string("valor-secreto-0"), vault.read(0));
            CPPUNIT_ASSERT_EQUAL(process, processOf(vault.host().pid(), "cofre"));
            if (process != 0) // and the process that takes its place has them too
            {
                ::kill(process, SIGKILL);
                CPPUNIT_ASSERT(eventually([&] { return vault.keys() == "3 1"; }));
            }
        }
    }

    static void rotates(Vault& vault)
    {
        constexpr int kRows = 1200;
        fill(vault, kRows);
        std::atomic<int> wrong{0}, asked{0};
        std::jthread shop; // reads and writes go on
        const auto go = [&]
        {
            shop = std::jthread(
                [&](const std::stop_token& stop)
                {
                    for (int i = 0; !stop.stop_requested(); ++i, ++asked)
                    {
                        const auto id = i * 7 % kRows;
                        const auto value = "valor-secreto-" + std::to_string(id);
                        if (i % 3 == 0) wrong += vault.keep(id, value) == 204 ? 0 : 1;
                        wrong += vault.read(id) == value ? 0 : 1;
                    }
                });
        };
        const auto rest = [&]
        {
            shop.request_stop();
            shop.join();
        };
        go();
        auto first = std::async(std::launch::async, [&] { return vault.zoco({"keys", "rotate"}); });
        CPPUNIT_ASSERT(eventually([&] { return has(vault.state(), "rotator cofre filas open 1"); }));
        rest();
        vault.host().kill();
        CPPUNIT_ASSERT(first.get().status.code != 0);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, vault.ids().size());
        CPPUNIT_ASSERT(has(vault.state(), "running"));
        vault.start(); // it goes on by itself
        go();
        const auto again = vault.zoco({"keys", "rotate"});
        CPPUNIT_ASSERT_EQUAL_MESSAGE(again.error, 0, again.status.code);
        rest();
        CPPUNIT_ASSERT_EQUAL_MESSAGE("no further key", std::size_t{2}, vault.ids().size());
        CPPUNIT_ASSERT_EQUAL(std::to_string(kRows) + " " + std::to_string(kRows), vault.keys());
        CPPUNIT_ASSERT_EQUAL(0, wrong.load());
        CPPUNIT_ASSERT(asked > 0);
        CPPUNIT_ASSERT(has(vault.state(), "over"));
        CPPUNIT_ASSERT_EQUAL(std::string("17 "), vault.get("/Cofre?valor=valor-secreto-17"));
        const auto retired = vault.zoco({"keys", "retire", vault.ids()[0]});
        CPPUNIT_ASSERT_EQUAL_MESSAGE(retired.error, 0, retired.status.code);
        vault.start();
        for (int i = 0; i < kRows; i += 100) CPPUNIT_ASSERT_EQUAL("valor-secreto-" + std::to_string(i), vault.read(i));
    }

    void testARotationSurvivesKill9OnSqlite()
    {
        Vault vault({}, "inproc", 10);
        rotates(vault);
    }
    void testARotationSurvivesKill9OnMariaDb()
    {
        Vault vault(newUrl(), "process", 10);
        rotates(vault);
    }

    void testAKeyIsRetiredOnlyWhenNothingIsSealedUnderIt()
    {
        Vault vault({});
        fill(vault, 20);
        const auto first = vault.ids()[0];
        CPPUNIT_ASSERT(has(vault.zoco({"keys", "retire", first}).error, "is active"));
        CPPUNIT_ASSERT_EQUAL(0, vault.zoco({"keys", "add"}).status.code);
        CPPUNIT_ASSERT_EQUAL(0, vault.zoco({"keys", "activate", vault.ids()[1]}).status.code);
        const auto refused = vault.zoco({"keys", "retire", first});
        CPPUNIT_ASSERT_EQUAL(1, refused.status.code);
        CPPUNIT_ASSERT(has(refused.error, "zoco keys rotate has to be over first"));
        CPPUNIT_ASSERT(has(vault.zoco({"keys", "list"}).out, "not everything is sealed under the active key"));
        CPPUNIT_ASSERT_EQUAL(0, vault.zoco({"keys", "rotate"}).status.code);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, vault.ids().size());
        CPPUNIT_ASSERT_EQUAL(0, vault.zoco({"keys", "retire", first}).status.code);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, vault.ids().size());
        CPPUNIT_ASSERT_EQUAL(std::string("valor-secreto-9"), vault.read(9));
        for (const auto* id : {"", "zz", "00000000", "12345678"})
            CPPUNIT_ASSERT_MESSAGE(id, vault.zoco({"keys", "retire", id}).status.code != 0);
        CPPUNIT_ASSERT_EQUAL(2, vault.zoco({"keys", "nothing"}).status.code);
    }

    /// A request that sealed its value before a rotation, and writes it after its end.
    void testARetirementFindsWhatARotationCouldNot()
    {
        Vault vault({});
        fill(vault, 3);
        const auto ask = [&](const std::string& method, const std::string& target, const std::string& header)
        { return RawClient(vault.host().port()).request(method, target, header + "\r\n", "tardio"); };
        const auto sealed = ask("POST", "/Sellar", "X-Context: cofre.valor:1").body;
        CPPUNIT_ASSERT_EQUAL(0, vault.zoco({"keys", "rotate"}).status.code);
        CPPUNIT_ASSERT_EQUAL(204, ask("PUT", "/Cofre/1", "X-Sealed: " + sealed.substr(0, sealed.find(' '))).status);
        CPPUNIT_ASSERT_EQUAL(std::string("3 2"), vault.keys());
        CPPUNIT_ASSERT_EQUAL(0, vault.zoco({"keys", "retire", vault.ids()[0]}).status.code);
        CPPUNIT_ASSERT_EQUAL(std::string("3 3"), vault.keys());
        CPPUNIT_ASSERT_EQUAL(std::string("tardio"), vault.read(1));
    }

    void testTwoHostsChangeKeysTogether()
    {
        const auto url = newUrl();
        Vault one(url);
        fill(one, 5);
        Vault other(url, "inproc", 200, true, {}, readFile(one.folder().path("data/keys")));
        const auto give = [&]
        {
            std::filesystem::copy_file(one.folder().path("data/keys"), other.folder().path("data/keys"),
                                       std::filesystem::copy_options::overwrite_existing);
        };
        CPPUNIT_ASSERT_EQUAL(std::string("valor-secreto-1"), other.read(1));

        CPPUNIT_ASSERT_EQUAL(0, one.zoco({"keys", "add"}).status.code);
        give();
        CPPUNIT_ASSERT(has(other.zoco({"keys", "reload"}).out, "read anew"));
        CPPUNIT_ASSERT_EQUAL(0, one.zoco({"keys", "activate", one.ids()[1]}).status.code);
        CPPUNIT_ASSERT_EQUAL(204, one.keep(9, "nueve"));
        CPPUNIT_ASSERT_EQUAL(std::string("nueve"), other.read(9));
        CPPUNIT_ASSERT_EQUAL(0, other.zoco({"keys", "activate", one.ids()[1]}).status.code);
        CPPUNIT_ASSERT_EQUAL(0, one.zoco({"keys", "rotate"}).status.code);
        CPPUNIT_ASSERT_EQUAL(0, other.zoco({"keys", "rotate"}).status.code);
        CPPUNIT_ASSERT_EQUAL(std::string("6 6"), other.keys());
        for (auto* vault : {&one, &other})
            CPPUNIT_ASSERT_EQUAL(
                0, vault->zoco({"keys", "retire", one.ids()[0] == vault->ids()[0] ? vault->ids()[0] : other.ids()[0]})
                       .status.code);
        CPPUNIT_ASSERT_EQUAL(std::string("valor-secreto-1"), one.read(1));
        CPPUNIT_ASSERT_EQUAL(std::string("valor-secreto-1"), other.read(1));
    }

    void testAPluginThatDoesNotRunHoldsARotationUp()
    {
        Vault vault({}, "inproc", 200, false);
        fill(vault, 3);
        const auto off =
            RawClient(vault.host().socketPath()).request("PUT", "/_zoco/plugins/cofre", {}, R"({"activo":false})");
        CPPUNIT_ASSERT_EQUAL(200, off.status);
        auto rotation = std::async(std::launch::async, [&] { return vault.zoco({"keys", "rotate"}); });
        CPPUNIT_ASSERT(eventually(
            [&] {
                return has(vault.zoco({"keys", "list"}).out, "it waits: cofre filas does not run");
            }));
        const auto on =
            RawClient(vault.host().socketPath()).request("PUT", "/_zoco/plugins/cofre", {}, R"({"activo":true})");
        CPPUNIT_ASSERT_EQUAL(200, on.status);
        const auto rotated = rotation.get();
        CPPUNIT_ASSERT_EQUAL_MESSAGE(rotated.error, 0, rotated.status.code);
        CPPUNIT_ASSERT_EQUAL(std::string("3 3"), vault.keys());
    }

    void testCommandsWithoutAHostThatServes()
    {
        Vault vault({});
        fill(vault, 5);
        CPPUNIT_ASSERT(vault.host().stop().has_value());
        const auto rotated = vault.zoco({"keys", "rotate"});
        CPPUNIT_ASSERT_EQUAL_MESSAGE(rotated.error, 0, rotated.status.code);
        CPPUNIT_ASSERT(has(vault.zoco({"keys", "list"}).out, vault.ids()[1]));
        CPPUNIT_ASSERT(has(vault.zoco({"keys"}).out, "zoco keys retire ID"));
        vault.start();
        CPPUNIT_ASSERT_EQUAL(std::string("5 5"), vault.keys());
    }

    void testABackupBringsItsKeys()
    {
        Vault vault({});
        fill(vault, 3);
        const auto copy = vault.folder().path("copia");
        const auto made = vault.zoco({"backup", copy});
        CPPUNIT_ASSERT_EQUAL_MESSAGE(made.error, 0, made.status.code);
        auto options = vault.options();
        options.dataDir = vault.folder().path("otra");
        std::vector<std::string> argv{HostProcess::binary(), "restore", copy, "--data-dir", options.dataDir};
        for (const auto& [key, value] : options.defines) argv.insert(argv.end(), {"-D", key + "=" + value});
        const auto restored = runProcess(argv);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(restored.error, 0, restored.status.code);
        const HostProcess other(options);
        CPPUNIT_ASSERT_EQUAL(std::string("valor-secreto-1"), RawClient(other.port()).request("GET", "/Cofre/1").body);
    }

    /// Of two hosts on one database: the second has a data folder, and so keys, of its own.
    void testAHostWithOtherKeysIsRefused()
    {
        const auto url = newUrl();
        Vault first(url);
        fill(first, 1);
        int row = 70; // that each would keep while it starts
        const auto refusal = [&](const std::string& keys)
        {
            const TempFolder folder;
            folder.write("data/keys", keys);
            std::filesystem::permissions(folder.path("data/keys"), std::filesystem::perms(0600));
            auto options = first.options();
            options.dataDir = folder.path("data");
            options.defines.emplace_back("plugins.cofre.al_empezar", std::to_string(row++));
            try
            {
                const HostProcess second(options);
            }
            catch (const std::runtime_error& e)
            {
                return std::string(e.what());
            }
            return std::string("it serves");
        };
        const auto keys = readFile(first.folder().path("data/keys"));
        const auto id = first.ids()[0];
        auto other = keys, otherIndex = keys, renamed = keys;
        const auto flip = [](std::string& text, std::size_t at) { text[at] = text[at] == '0' ? '1' : '0'; };
        flip(other, keys.find("key " + id) + 13);
        flip(otherIndex, keys.find("index ") + 6);
        for (auto at = renamed.find(id); at != renamed.npos; at = renamed.find(id)) renamed.replace(at, 8, "0000abcd");
        CPPUNIT_ASSERT_EQUAL(std::string("it serves"), refusal(keys));
        const auto says = [&](const std::string& text, const std::string& what)
        { CPPUNIT_ASSERT_MESSAGE(text, has(text, "the keys file") && has(text, what)); };
        says(refusal(other), "another key " + id);
        says(refusal(otherIndex), "another index key");
        says(refusal(renamed), "under the key " + id + ", which this one does not have");
        CPPUNIT_ASSERT_EQUAL(std::string("2 2"), first.keys()); // those that are refused had kept nothing before
        // A retired key is nobody's any more.
        CPPUNIT_ASSERT_EQUAL(0, first.zoco({"keys", "rotate"}).status.code);
        says(refusal(keys), "which this one does not have");
        CPPUNIT_ASSERT_EQUAL(0, first.zoco({"keys", "retire", id}).status.code);
        CPPUNIT_ASSERT_EQUAL(std::string("it serves"), refusal(readFile(first.folder().path("data/keys"))));
        first.start();
        CPPUNIT_ASSERT_EQUAL(std::string("valor-secreto-0"), first.read(0));
    }

    void testAReloadToADatabaseOfOtherKeysIsRefused()
    {
        const auto url = newUrl();
        Vault first(url);
        fill(first, 1);
        Vault second({});
        CPPUNIT_ASSERT_EQUAL(204, second.keep(5, "propio"));
        second.folder().write("data/plugins.d/gestorbbdd.properties", "url = " + url + "\n");
        const auto reloaded = second.zoco({"reload"});
        CPPUNIT_ASSERT(reloaded.status.code != 0);
        CPPUNIT_ASSERT_MESSAGE(reloaded.error, has(reloaded.error, "another index key than this one"));
        CPPUNIT_ASSERT_EQUAL(std::string("propio"), second.read(5)); // everything is as before
        CPPUNIT_ASSERT_EQUAL(204, second.keep(6, "propio"));
        CPPUNIT_ASSERT_EQUAL(std::string("1 1"), first.keys());
    }

    void testAKeyStaysWhileTheDatabaseIsAway()
    {
        Vault vault({}, "inproc", 200, false, {{"plugins.cofre.enabled", "false"}});
        CPPUNIT_ASSERT_EQUAL(0, vault.zoco({"keys", "rotate"}).status.code);
        const auto old = vault.ids()[0];
        vault.end();
        const auto off = vault.folder().write("data/plugins.d/gestorbbdd.properties", "enabled = false\n");
        vault.start();
        const auto refused = vault.zoco({"keys", "retire", old});
        CPPUNIT_ASSERT(refused.status.code != 0);
        CPPUNIT_ASSERT_MESSAGE(refused.error, has(refused.error, "no plugin keeps data now"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, vault.ids().size());
        vault.end();
        std::filesystem::remove(off);
        vault.start();
        const auto retired = vault.zoco({"keys", "retire", old});
        CPPUNIT_ASSERT_EQUAL_MESSAGE(retired.error, 0, retired.status.code);
    }

    /// By the steps that README names.
    void testALostKeyCanBeGivenUp()
    {
        auto& server = MariaDbServer::shared();
        const auto database = server.newDatabase();
        Vault vault(server.socketUrl(database));
        fill(vault, 2);
        CPPUNIT_ASSERT_EQUAL(0, vault.zoco({"keys", "add"}).status.code);
        const auto lost = vault.ids()[0], other = vault.ids()[1];
        CPPUNIT_ASSERT_EQUAL(0, vault.zoco({"keys", "activate", other}).status.code);
        CPPUNIT_ASSERT_EQUAL(204, vault.keep(7, "nuevo"));
        vault.end();
        const auto without = [&](const std::string& name)
        {
            const auto text = readFile(vault.folder().path("data/" + name));
            const auto at = text.find("key " + lost);
            CPPUNIT_ASSERT(at != text.npos);
            vault.folder().write("data/" + name, text.substr(0, at) + text.substr(text.find('\n', at) + 1), 0600);
        };
        const auto refusal = [&]() -> std::string
        {
            try
            {
                vault.start();
                return "it serves";
            }
            catch (const std::runtime_error& e)
            {
                return e.what();
            }
        };
        without("keys");
        CPPUNIT_ASSERT(has(refusal(), "the key " + lost + " is missing"));
        without("keys.state");
        CPPUNIT_ASSERT(has(refusal(), "under the key " + lost + ", which this one does not have"));
        server.execute("DELETE FROM gestorbbdd_claves WHERE id = CONV('" + lost + "', 16, 10)", database);
        CPPUNIT_ASSERT_EQUAL(std::string("it serves"), refusal());
        CPPUNIT_ASSERT_EQUAL(std::string("nuevo"), vault.read(7));
        CPPUNIT_ASSERT_EQUAL(std::string("status 500"), vault.read(0)); // lost with its key, and alone
    }

    void testAStartWithoutItsKeysIsRefused()
    {
        Vault vault({});
        fill(vault, 1);
        vault.end();
        const auto file = vault.folder().path("data/keys");
        const auto refusal = [&]() -> std::string
        {
            try
            {
                vault.start();
                return {};
            }
            catch (const std::runtime_error& e)
            {
                return e.what();
            }
        };
        ::chmod(file.c_str(), 0644);
        CPPUNIT_ASSERT(has(refusal(), file + " may be read by others than its owner"));
        CPPUNIT_ASSERT(has(vault.zoco({"check"}).error, file + " may be read by others than its owner"));
        ::chmod(file.c_str(), 0600);
        std::filesystem::rename(file, file + ".away");
        CPPUNIT_ASSERT(has(refusal(), file + ": it is gone"));
        std::filesystem::rename(file + ".away", file);
        CPPUNIT_ASSERT_EQUAL(std::string(), refusal());
        const auto log = vault.host().log();
        const auto secret = readFile(file);
        CPPUNIT_ASSERT(!has(log, secret.substr(secret.find("\nkey ") + 14, 64)));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(EncryptionTest);
