#include "placement/process/HostedEvents.h"
#include "core/AsyncFile.h"
#include "core/Log.h"
#include "core/TimerQueue.h"
#include "services/EventMember.h"
#include "support/Eventually.h"
#include "support/TempFolder.h"
#include "zoco/Value.h"

#include <cppunit/extensions/HelperMacros.h>

#include <sys/socket.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace zoco::host::test
{

namespace
{

using zoco::test::eventually;

/// Holds up whoever passes, until it is opened.
class Gate
{
public:
    void open()
    {
        const std::lock_guard lock(_mutex);
        _isOpen = true;
        _changed.notify_all();
    }
    void pass()
    {
        std::unique_lock lock(_mutex);
        ++waiting;
        _changed.wait(lock, [&] { return _isOpen; });
    }
    std::atomic<int> waiting{0};

private:
    std::mutex _mutex;
    std::condition_variable _changed;
    bool _isOpen = false;
};

/// What the handler has got.
struct Heard
{
    std::mutex mutex;
    std::vector<std::int64_t> numbers;

    static zoco_status handle(void* self, const zoco_event* event)
    {
        auto& heard = *static_cast<Heard*>(self);
        const std::lock_guard lock(heard.mutex);
        heard.numbers.push_back(event->fields[0].value.as.i);
        return ZOCO_OK;
    }
    std::vector<std::int64_t> all()
    {
        const std::lock_guard lock(mutex);
        return numbers;
    }
};

} // namespace

/// Events on their way to a plugin's process, whose end of the connection is here too.
class HostedEventsTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(HostedEventsTest);
    CPPUNIT_TEST(testEventsWaitForAPoolThatIsFull);
    CPPUNIT_TEST_SUITE_END();

    static std::pair<UniqueFd, UniqueFd> connection()
    {
        int fds[2];
        CPPUNIT_ASSERT_EQUAL(0, ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, fds));
        return {UniqueFd(fds[0]), UniqueFd(fds[1])};
    }

public:
    void testEventsWaitForAPoolThatIsFull()
    {
        const zoco::test::TempFolder folder;
        AsyncFile file(folder.path("log"));
        const Log log(file, LogLevel::Error);
        TimerQueue timers;
        EventBus bus(timers, log.source("host.events"));
        auto [here, there] = connection();
        Peer host(std::move(here));
        Peer plugin(std::move(there));

        Gate gate;
        WorkerPool pool({"plugin", 1, 1, nullptr});
        const Task wait{[](void* at) { static_cast<Gate*>(at)->pass(); }, &gate};
        CPPUNIT_ASSERT(pool.post(wait));
        CPPUNIT_ASSERT(eventually([&] { return gate.waiting == 1; }));
        CPPUNIT_ASSERT(pool.post(wait)); // no room behind it

        Heard heard;
        HostedEvents hosted(plugin);
        const auto port = hosted.join("p", [&](Task task) { return pool.post(task); });
        std::string reason;
        const zoco_subscription raw{sizeof raw, ZOCO_COMPETING, str("a.b"), 0, &Heard::handle, &heard};
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, port->subscribe(raw, reason));

        const auto send = [&](std::size_t subscription, const zoco_event& event)
        {
            auto out = frame(Frame::Event, 0);
            out.number(subscription)
                .number(event.sequence)
                .integer(event.time_us)
                .number(event.number)
                .text(event.publisher);
            out.list(1).text(event.fields[0].name).value(event.fields[0].value);
            return host.send(out.finish());
        };
        EventMember member(bus, "p", EventMember::Send(send));
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, member.subscribe(raw, reason));
        member.activate();
        std::atomic<int> handedBack{0};
        std::thread process([&]
                            { (void)plugin.serve([&](Unpacker& in, std::string_view all) { hosted.take(in, all); }); });
        std::thread reader(
            [&]
            {
                const auto take = [&](Unpacker& in, std::string_view)
                {
                    const auto subscription = in.number();
                    const auto sequence = in.number();
                    if (in.boolean())
                        return member.finish(subscription, sequence, static_cast<zoco_status>(in.integer()));
                    ++handedBack;
                    member.handBack(subscription, sequence);
                };
                (void)host.serve(take);
            });
        for (std::int64_t n = 1; n <= 3; ++n)
        {
            const NamedValue field{"n", n};
            CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, bus.publish("q", "a.b", &field, 1));
        }
        const bool wasTriedAgain = eventually([&] { return handedBack >= 3; });
        const bool wasHeard = !heard.all().empty();
        gate.open();
        const bool isDone = eventually([&] { return bus.figures().handled == 3; });
        host.close();
        process.join();
        reader.join();
        member.deactivate();
        member.recall();
        CPPUNIT_ASSERT(wasTriedAgain && !wasHeard && isDone);
        CPPUNIT_ASSERT(heard.all() == std::vector<std::int64_t>({1, 2, 3}));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, bus.figures().lost);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(HostedEventsTest);

} // namespace zoco::host::test
