#include "core/AsyncFile.h"
#include "plugins/PluginManager.h"
#include "support/TempFolder.h"
#include "zoco/abi/executor.h"
#include "zoco/abi/services.h"

#include <cppunit/extensions/HelperMacros.h>

#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <memory>
#include <thread>

namespace zoco::host::test
{

namespace
{

/// A plugin without a library, which does nothing; `stop` is its own.
template <void (*Stop)(zoco_plugin*)>
zoco_plugin* make()
{
    static zoco_plugin plugin{sizeof(zoco_plugin),
                              nullptr,
                              [](zoco_plugin*, const zoco_host*) -> zoco_status { return ZOCO_OK; },
                              [](zoco_plugin*) -> zoco_status { return ZOCO_OK; },
                              Stop,
                              [](zoco_plugin*) {},
                              nullptr};
    return &plugin;
}

std::atomic<int> stopped{0};
void countStop(zoco_plugin*) { ++stopped; }
void hang(zoco_plugin*)
{
    while (true) ::pause();
}

PluginToRun plugin(const char* id, zoco_plugin* (*create)(), std::vector<std::string> provides,
                   std::vector<std::string> uses)
{
    PluginToRun out;
    out.library.identity.id = id;
    out.library.identity.provides = std::move(provides);
    out.library.identity.uses = std::move(uses);
    out.library.create = create;
    return out;
}

/// A serial provider with a task that goes on until it is let go.
namespace busy
{
std::atomic<bool> isRunning{false};
std::atomic<bool> mayEnd{false};

zoco_status resolve(zoco_provider*, void*, zoco_str, const zoco_str*, uint32_t, zoco_operation* out,
                    void (*)(void*, zoco_str), void*)
{
    *out = 1;
    return ZOCO_OK;
}
void detach(zoco_provider*, void*) {}
zoco_provider provider{sizeof(zoco_provider), nullptr, nullptr, &detach, &resolve, nullptr};

void work(void*)
{
    isRunning = true;
    while (!mayEnd) std::this_thread::yield();
}
/// `Number` tells apart two versions of it; the first one is busy.
template <int Number>
zoco_status init(zoco_plugin*, const zoco_host* host)
{
    const auto* services = static_cast<const zoco_services*>(host->get_interface(host, ZOCO_SERVICES));
    const auto* executor = static_cast<const zoco_executor*>(host->get_interface(host, ZOCO_EXECUTOR));
    if (Number == 1 && executor->post(executor->self, &work, nullptr) != ZOCO_OK) return ZOCO_E_FAILED;
    return services->provide(services->self, "busy/1", &provider);
}
template <int Number>
zoco_plugin* make()
{
    static zoco_plugin plugin{
        sizeof(zoco_plugin), nullptr, &init<Number>, [](zoco_plugin*) -> zoco_status { return ZOCO_OK; }, &countStop,
        [](zoco_plugin*) {}, nullptr};
    return &plugin;
}
} // namespace busy

/// Nobody sees the routes.
struct NoRoutes final : RoutePublisher
{
    bool prepare(std::vector<Route>, std::vector<PluginCommand>, std::vector<std::string>&) override { return true; }
    void commit() override {}
};

} // namespace

/// What happens to the others when one plugin never returns from its stop.
class StuckPluginTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(StuckPluginTest);
    CPPUNIT_TEST(testWhatItMayStillCallIsNotStopped);
    CPPUNIT_TEST(testReplacedProviderThatIsBusyIsStoppedToo);
    CPPUNIT_TEST_SUITE_END();

public:
    /// In a child: a thread that hangs can only be left behind by ending its process.
    void testWhatItMayStillCallIsNotStopped()
    {
        const zoco::test::TempFolder folder;
        const auto child = ::fork();
        CPPUNIT_ASSERT(child >= 0);
        if (child == 0) ::_exit(statesAfterStop(folder.path("files")));
        int status = 0;
        CPPUNIT_ASSERT_EQUAL(child, ::waitpid(child, &status, 0));
        CPPUNIT_ASSERT(WIFEXITED(status));
        CPPUNIT_ASSERT_EQUAL(0, WEXITSTATUS(status));
    }

    void testReplacedProviderThatIsBusyIsStoppedToo()
    {
        const zoco::test::TempFolder folder;
        AsyncFile file(folder.path("log"));
        const Log log(file, LogLevel::Error);
        TimerQueue timers;
        ServiceRegistry services;
        EventBus events(timers, log.source("host.events"));
        Metrics metrics;
        PluginManagerSettings settings;
        settings.filesRoot = folder.path("files");
        KeyRing keys(KeySet::fresh());
        PluginManager manager(settings, services, events, keys, metrics, timers, log);
        stopped = 0;
        const std::shared_ptr<void> freed(nullptr, [](void*) { busy::mayEnd = true; }); // should the test fail
        const auto plugins = [](zoco_plugin* (*provider)())
        {
            std::vector<PluginToRun> out{plugin("busy", provider, {"busy/1"}, {}),
                                         plugin("consumer", &make<&countStop>, {}, {"busy/1"})};
            out[0].library.identity.isSerial = true;
            return out;
        };
        NoRoutes routes;
        std::vector<PluginChange> done;
        std::vector<std::string> errors;
        CPPUNIT_ASSERT(manager.start(plugins(&busy::make<1>), errors));
        while (!busy::isRunning) std::this_thread::yield();
        CPPUNIT_ASSERT(manager.change(plugins(&busy::make<2>), routes, done, errors));
        std::thread later(
            []
            {
                for (int i = 0; i < 50; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(1));
                busy::mayEnd = true;
            });
        manager.stop();
        later.join();
        CPPUNIT_ASSERT_EQUAL(3, stopped.load());
        for (const auto& p : manager.status()) CPPUNIT_ASSERT(p.state == PluginState::Stopped);
    }

private:
    static int statesAfterStop(const std::string& files)
    {
        // Never freed: the thread that hangs still uses them.
        auto* log = new Log(*new AsyncFile("/dev/null"), LogLevel::Error);
        PluginManagerSettings settings;
        settings.stopTimeout = std::chrono::milliseconds(50);
        settings.filesRoot = files;
        auto* timers = new TimerQueue;
        auto* manager =
            new PluginManager(settings, *new ServiceRegistry, *new EventBus(*timers, log->source("host.events")),
                              *new KeyRing(KeySet::fresh()), *new Metrics, *timers, *log);
        std::vector<PluginToRun> plugins;
        plugins.push_back(plugin("deep", &make<&countStop>, {"deep/1"}, {}));
        plugins.push_back(plugin("called", &make<&countStop>, {"called/1"}, {"deep/1"}));
        plugins.push_back(plugin("other", &make<&countStop>, {"other/1"}, {}));
        plugins.push_back(plugin("hanging", &make<&hang>, {}, {"called/1"}));
        std::vector<std::string> errors;
        if (!manager->start(std::move(plugins), errors)) return 1;
        manager->stop();
        if (!manager->isStuck()) return 2;
        if (stopped != 1) return 3;
        for (const auto& p : manager->status())
        {
            const auto expected = p.id == "hanging" ? PluginState::Failed
                                  : p.id == "other" ? PluginState::Stopped
                                                    : PluginState::Serving;
            if (p.state != expected) return 4;
        }
        return 0;
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(StuckPluginTest);

} // namespace zoco::host::test
