#include "core/AsyncFile.h"
#include "placement/PluginContext.h"
#include "services/EventBus.h"
#include "support/TempFolder.h"
#include "zoco/Problem.h"

#include <cppunit/extensions/HelperMacros.h>

#include <atomic>
#include <thread>

namespace zoco::host::test
{

/// A plugin that declares itself serial: its tasks, and the calls to its services by other plugins' threads, which come
/// and go meanwhile.
class SerialPluginTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(SerialPluginTest);
    CPPUNIT_TEST(testTasksAndCallsOfItsServicesNeverOverlap);
    CPPUNIT_TEST_SUITE_END();

    static constexpr int kTimes = 2000;

    zoco::test::TempFolder _folder;
    AsyncFile _file{_folder.path("log")};
    Log _log{_file, LogLevel::Error};
    ServiceRegistry _registry;
    TimerQueue _timers;
    Metrics _metrics;
    EventBus _events{_timers, _log.source("host.events")};
    KeyRing _keys{KeySet::fresh()};
    std::atomic<int> _inside{0};
    std::atomic<int> _runs{0};
    std::atomic<bool> _didOverlap{false};

    void work() noexcept
    {
        if (++_inside > 1) _didOverlap = true;
        for (int i = 0; i < 3; ++i) std::this_thread::yield();
        --_inside;
        ++_runs;
    }
    static void task(void* self) { static_cast<SerialPluginTest*>(self)->work(); }
    static SerialPluginTest& self(zoco_provider* provider) { return *static_cast<SerialPluginTest*>(provider->self); }
    static zoco_status attach(zoco_provider* provider, const zoco_consumer*, void**, void (*)(void*, zoco_str), void*)
    {
        self(provider).work();
        return ZOCO_OK;
    }
    static void detach(zoco_provider* provider, void*) { self(provider).work(); }
    static zoco_status resolve(zoco_provider* provider, void*, zoco_str, const zoco_str*, uint32_t, zoco_operation* out,
                               void (*)(void*, zoco_str), void*)
    {
        self(provider).work();
        *out = 1;
        return ZOCO_OK;
    }
    static zoco_status call(zoco_provider* provider, void*, const zoco_call*, zoco_sink*)
    {
        self(provider).work();
        return ZOCO_OK;
    }

public:
    void testTasksAndCallsOfItsServicesNeverOverlap()
    {
        PluginIdentity identity;
        identity.id = "serial";
        identity.isSerial = true;
        identity.provides = {"a/1", "b/1"};
        PluginContext context(
            identity, Config(),
            {_timers, _metrics, _events, _keys, _log.source("plugin.serial"), "/", {"serial", 4, kTimes}});
        zoco_provider provider{sizeof(zoco_provider), this, &attach, &detach, &resolve, &call};
        const auto* services =
            static_cast<const zoco_services*>(context.host()->get_interface(context.host(), ZOCO_SERVICES));
        context.enter(PluginContext::Step::Init);
        for (const auto* id : {"a/1", "b/1"})
            CPPUNIT_ASSERT_EQUAL(ZOCO_OK + 0, services->provide(services->self, id, &provider));
        context.enter(PluginContext::Step::Serving);

        std::string reason;
        ServiceChange change(_registry, {});
        for (const auto& offer : context.registration().offers) CPPUNIT_ASSERT(change.offer(offer));
        const auto first = change.attach("a/1", {"x", "1", 1, nullptr, {}}, reason);
        const auto second = change.attach("b/1", {"y", "1", 1, nullptr, {}}, reason);
        for (int i = 0; i < kTimes; ++i) CPPUNIT_ASSERT(context.pool().post({&task, this}));
        const auto callOften = [](ServiceHandle& handle)
        {
            zoco_step step{0, nullptr, 0, -1};
            CPPUNIT_ASSERT_EQUAL(ZOCO_OK + 0,
                                 handle.table()->resolve(handle.table(), str("work"), nullptr, 0, &step.operation));
            const zoco_call raw{sizeof raw, 1, &step, 0, {}, {}};
            for (int i = 0; i < kTimes; ++i) (void)handle.table()->call(handle.table(), &raw, nullptr);
        };
        std::thread one([&] { callOften(*first); });
        std::thread other([&] { callOften(*second); });
        for (int i = 0; i < kTimes / 10; ++i)
        {
            const auto guest = change.attach("a/1", {"z", "1", 1, nullptr, {}}, reason);
            zoco_operation operation = 0;
            (void)guest->table()->resolve(guest->table(), str("work"), nullptr, 0, &operation);
        }
        one.join();
        other.join();
        context.quiesce();
        CPPUNIT_ASSERT_EQUAL(2 * 2 + 3 * kTimes + 3 * (kTimes / 10), _runs.load());
        CPPUNIT_ASSERT(!_didOverlap);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SerialPluginTest);

} // namespace zoco::host::test
