#include "integration/Examples.h"
#include "integration/Footprint.h"
#include "support/RawClient.h"

#include <cppunit/extensions/HelperMacros.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <thread>
#include <vector>

using namespace zoco::test;

namespace
{

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int kFew = 2; ///< changes there take ten times as long
#else
constexpr int kFew = 10;
#endif

/// Clients that ask the same again and again over kept connections, and never twice for one answer.
class Load
{
public:
    Load(std::uint16_t port, std::vector<std::string> targets)
    {
        for (const auto& target : targets)
            for (int i = 0; i < 2; ++i) _threads.emplace_back([this, port, target] { run(port, target); });
    }
    ~Load() { stop(); }
    Load(const Load&) = delete;
    Load& operator=(const Load&) = delete;

    void stop()
    {
        _isOver = true;
        for (auto& thread : _threads)
            if (thread.joinable()) thread.join();
    }
    std::size_t answered() const { return _answered; }
    std::size_t failed() const { return _failed; }
    std::string firstFailure() const { return _failure; } ///< after `stop`

private:
    void run(std::uint16_t port, const std::string& target)
    {
        try
        {
            RawClient client(port);
            while (!_isOver)
            {
                const auto answer = client.request("GET", target);
                ++_answered;
                if (answer.status != 200) note(target + ": " + std::to_string(answer.status) + " " + answer.body);
            }
        }
        catch (const std::exception& e)
        {
            note(target + ": " + e.what());
        }
    }
    void note(const std::string& what)
    {
        if (_failed++ == 0) _failure = what;
    }

    std::atomic<bool> _isOver{false};
    std::atomic<std::size_t> _answered{0};
    std::atomic<std::size_t> _failed{0};
    std::string _failure;
    std::vector<std::thread> _threads;
};

} // namespace

/// Plugins change again and again while clients ask: none of them notices but by the new answers. ZOCO_LONG=1 does it
/// as often as a host that runs for months would.
class ChangeUnderLoadTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(ChangeUnderLoadTest);
    CPPUNIT_TEST(testReconfigurationsInProcess);
    CPPUNIT_TEST(testUpgradesInProcess);
    CPPUNIT_TEST(testReconfigurationsInAProcess);
    CPPUNIT_TEST(testUpgradesInAProcess);
    CPPUNIT_TEST(testProviderIsReplacedUnderItsConsumer);
    CPPUNIT_TEST(testExpandingMigrationAndBack);
    CPPUNIT_TEST_SUITE_END();

    const bool _isLong = std::getenv("ZOCO_LONG") != nullptr;
    TempFolder _folder;

    HostOptions options()
    {
        HostOptions out;
        out.configFile = _folder.write("etc/zoco.properties",
                                       "plugins.path = ../lib:" ZOCO_BUILD_DIR "/plugins\nlog.access = off\n");
        out.dataDir = _folder.path("data");
        return out;
    }
    void install(const std::string& fixture)
    {
        std::filesystem::create_directories(_folder.path("lib"));
        std::filesystem::copy_file(ZOCO_BUILD_DIR "/test/fixtures/upgrade_" + fixture + ".so",
                                   _folder.path("lib/subida.so"), std::filesystem::copy_options::overwrite_existing);
    }
    void useUpgrades(const std::string& placement)
    {
        install("1");
        _folder.write("etc/plugins.d/subida.properties", "enabled = true\nplacement = " + placement + "\n");
    }
    static void set(RawClient& operators, const std::string& plugin, const std::string& key, const std::string& value)
    {
        const auto answer =
            operators.request("PUT", "/_zoco/plugins/" + plugin, {}, R"({"ajustes":{")" + key + R"(":)" + value + "}}");
        CPPUNIT_ASSERT_EQUAL_MESSAGE(answer.body, 200, answer.status);
    }
    /// Waits until what was replaced is gone, so that footprints can be compared.
    static void settle(const HostProcess& host)
    {
        RawClient operators(host.socketPath());
        CPPUNIT_ASSERT_EQUAL(200, operators.request("POST", "/_zoco/recarga", {}, "{}").status);
        CPPUNIT_ASSERT_EQUAL(200, operators.request("POST", "/_zoco/recarga", {}, "{}").status);
    }
    static void print(const std::string& what, const Footprint& before, const Footprint& after, const Load& load)
    {
        std::printf("%s: %zu answers, %zu failed; threads %zu -> %zu, descriptors %zu -> %zu, resident %zu -> %zu kB, "
                    "plugin code %zu -> %zu kB\n",
                    what.c_str(), load.answered(), load.failed(), before.threads, after.threads, before.descriptors,
                    after.descriptors, before.residentKb, after.residentKb, before.codeKb, after.codeKb);
    }

    void reconfigure(const std::string& placement)
    {
        useUpgrades(placement);
        HostProcess host(options());
        Load load(host.port(), {"/Subida", "/healthz"});
        RawClient operators(host.socketPath());
        RawClient client(host.port());
        const int changes = _isLong ? 1000 : kFew * 4;
        Footprint before;
        for (int i = 0; i < changes + 20; ++i)
        {
            if (i == 20)
            {
                settle(host);
                before = Footprint::of(host);
            }
            set(operators, "subida", "palabra", "\"n" + std::to_string(i) + "\"");
            CPPUNIT_ASSERT_EQUAL(R"({"version":"1.0.0","palabra":"n)" + std::to_string(i) + "\"}",
                                 client.request("GET", "/Subida").body);
        }
        settle(host);
        const auto after = Footprint::of(host);
        load.stop();
        print(std::to_string(changes) + " reconfigurations, " + placement, before, after, load);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(load.firstFailure(), std::size_t(0), load.failed());
        CPPUNIT_ASSERT(load.answered() > static_cast<std::size_t>(changes));
        CPPUNIT_ASSERT(areFlat(before, after));
        CPPUNIT_ASSERT_EQUAL(before.codeKb, after.codeKb);
        CPPUNIT_ASSERT(after.isMemoryFlatSince(before));
    }
    /// A pool starts another of its few threads when work waits, whenever that happens.
    static bool areFlat(const Footprint& before, const Footprint& after)
    {
        return after.threads <= before.threads + 8 && after.descriptors <= before.descriptors + 4;
    }

    void upgrade(const std::string& placement)
    {
        useUpgrades(placement);
        HostProcess host(options());
        Load load(host.port(), {"/Subida", "/healthz"});
        RawClient operators(host.socketPath());
        RawClient client(host.port());
        const int changes = _isLong ? 50 : kFew;
        settle(host);
        const auto before = Footprint::of(host);
        for (int i = 0; i < changes; ++i)
        {
            const std::string version = i % 2 == 0 ? "2" : "1";
            install(version);
            const auto answer = operators.request("POST", "/_zoco/recarga", {}, "{}");
            CPPUNIT_ASSERT_EQUAL_MESSAGE(answer.body, 200, answer.status);
            CPPUNIT_ASSERT_EQUAL("{\"version\":\"" + version + ".0.0\",\"palabra\":\"hola\"}",
                                 client.request("GET", "/Subida").body);
        }
        settle(host);
        const auto after = Footprint::of(host);
        load.stop();
        print(std::to_string(changes) + " upgrades, " + placement, before, after, load);
        std::printf("  each upgrade keeps %.1f kB of code mapped, %.1f kB resident\n",
                    double(after.codeKb - before.codeKb) / changes,
                    (double(after.residentKb) - double(before.residentKb)) / changes);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(load.firstFailure(), std::size_t(0), load.failed());
        CPPUNIT_ASSERT(areFlat(before, after));
    }

public:
    void testReconfigurationsInProcess() { reconfigure("inproc"); }
    void testUpgradesInProcess() { upgrade("inproc"); }
    void testReconfigurationsInAProcess() { reconfigure("process"); }
    void testUpgradesInAProcess() { upgrade("process"); }

    /// gestorbbdd gets other settings while catalogo asks it.
    void testProviderIsReplacedUnderItsConsumer()
    {
        HostProcess host(options());
        Load load(host.port(), {"/Catalogo/productos?limite=5", "/Catalogo/productos?q=aceite", "/"});
        RawClient operators(host.socketPath());
        RawClient client(host.port());
        const int changes = _isLong ? 200 : kFew * 2;
        for (int i = 0; i < changes; ++i)
        {
            set(operators, "gestorbbdd", "readers", std::to_string(2 + i % 3));
            const auto answer = client.request("GET", "/Catalogo/productos?limite=1");
            CPPUNIT_ASSERT_EQUAL_MESSAGE(answer.body, 200, answer.status);
        }
        settle(host);
        const auto plugins = operators.request("GET", "/_zoco/plugins").body;
        load.stop();
        std::printf("%d replacements of gestorbbdd: %zu answers, %zu failed\n", changes, load.answered(),
                    load.failed());
        CPPUNIT_ASSERT_EQUAL_MESSAGE(load.firstFailure(), std::size_t(0), load.failed());
        CPPUNIT_ASSERT_MESSAGE(plugins,
                               plugins.find("\"generacion\":" + std::to_string(changes + 1)) != std::string::npos);
        CPPUNIT_ASSERT_MESSAGE(plugins, plugins.find("draining") == std::string::npos);
    }

    /// An upgrade expands the table of a plugin that writes meanwhile; the version before goes on with it afterwards.
    void testExpandingMigrationAndBack()
    {
        const auto use = [&](const std::string& version)
        {
            _folder.write("etc/plugins.d/libros.properties",
                          "enabled = true\nlibrary = " ZOCO_BUILD_DIR "/test/fixtures/books_" + version + ".so\n");
        };
        use("1");
        HostProcess host(options());
        Load load(host.port(), {"/Libros"});
        std::atomic<bool> isOver{false};
        std::atomic<int> kept{0};
        std::atomic<int> refused{0};
        std::thread writer(
            [&]
            {
                RawClient client(host.port());
                for (int i = 0; !isOver; ++i)
                {
                    const auto status = client.request("POST", "/Libros/b" + std::to_string(i), {}, "").status;
                    ++(status == 204 ? kept : refused);
                }
            });
        RawClient operators(host.socketPath());
        RawClient client(host.port());
        std::string problem;
        for (const std::string version : {"2", "1", "2", "1"})
        {
            use(version);
            const auto answer = operators.request("POST", "/_zoco/recarga", {}, "{}");
            const auto seen = client.request("GET", "/Libros").body;
            if (answer.status != 200 || seen.find("\"version\":\"" + version) == std::string::npos)
                problem += answer.body + seen;
        }
        isOver = true;
        writer.join();
        load.stop();
        CPPUNIT_ASSERT_EQUAL(std::string(), problem);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(load.firstFailure(), std::size_t(0), load.failed());
        CPPUNIT_ASSERT_EQUAL(0, refused.load());
        const auto count = client.request("GET", "/Libros").body;
        CPPUNIT_ASSERT_MESSAGE(count, count.find("\"titulos\":" + std::to_string(kept)) != std::string::npos);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ChangeUnderLoadTest);
