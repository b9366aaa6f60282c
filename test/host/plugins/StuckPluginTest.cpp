#include "core/AsyncFile.h"
#include "plugins/PluginManager.h"
#include "support/TempFolder.h"

#include <cppunit/extensions/HelperMacros.h>

#include <sys/wait.h>
#include <unistd.h>

#include <atomic>

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

} // namespace

/// What happens to the others when one plugin never returns from its stop.
class StuckPluginTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(StuckPluginTest);
    CPPUNIT_TEST(testWhatItMayStillCallIsNotStopped);
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
                              *new Metrics, *timers, *log);
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
