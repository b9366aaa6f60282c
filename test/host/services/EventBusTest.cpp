#include "EventListeners.h"

#include <algorithm>
#include <thread>

namespace zoco::host::test
{

class EventBusTest : public EventBusFixture
{
    CPPUNIT_TEST_SUITE(EventBusTest);
    CPPUNIT_TEST(testEachPluginGetsEachEventInOrder);
    CPPUNIT_TEST(testInstancesThatCompeteShareTheEvents);
    CPPUNIT_TEST(testBroadcastReachesEachInstance);
    CPPUNIT_TEST(testEventsAreKeptUntilTheInstanceServes);
    CPPUNIT_TEST(testTakeOverNeitherLosesNorDoubles);
    CPPUNIT_TEST(testTakeOverOfBroadcastMissesNothing);
    CPPUNIT_TEST(testChangesUnderTrafficNeitherLoseNorDouble);
    CPPUNIT_TEST(testFullQueueRefusesForAll);
    CPPUNIT_TEST(testQueueThatNobodyReadsLosesItsOldest);
    CPPUNIT_TEST(testProcessThatIsReplacedRefusesNobody);
    CPPUNIT_TEST(testEventThatIsHandedBackComesAgainFirst);
    CPPUNIT_TEST(testFullPoolIsTriedAgain);
    CPPUNIT_TEST(testLeavingWaitsForTheHandler);
    CPPUNIT_TEST(testFailingHandlerIsCountedAndTheNextEventComes);
    CPPUNIT_TEST(testHandlerMayPublish);
    CPPUNIT_TEST(testValuesAreCopied);
    CPPUNIT_TEST(testWhatIsNoEventIsRefused);
    CPPUNIT_TEST(testWhatIsNoSubscriptionIsRefused);
    CPPUNIT_TEST(testAWatchHearsItsTopicBeforeThePublisherGoesOn);
    CPPUNIT_TEST_SUITE_END();

    void testAWatchHearsItsTopicBeforeThePublisherGoesOn()
    {
        struct Watch final : EventWatch
        {
            zoco_status heard(std::string_view publisher, std::span<const zoco_field> fields) override
            {
                seen += std::string(publisher) + std::to_string(Value(fields[0].value).integer());
                return answer;
            }
            std::string seen;
            zoco_status answer = ZOCO_OK;
        } watch;
        _bus.setWatch("a.b", watch);
        Listener listener(_bus, "first");
        listener.subscribe("a.b", ZOCO_COMPETING);
        listener.member.activate();
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, publish(1));
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, publish(2, "a.c"));
        watch.answer = ZOCO_E_MISUSE;
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_MISUSE}, publish(3));
        CPPUNIT_ASSERT_EQUAL(std::string("otro1otro3"), watch.seen);
        watch.answer = ZOCO_OK;
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, publish(4));
        CPPUNIT_ASSERT(listener.gets({1, 4}));
    }

    void testEachPluginGetsEachEventInOrder()
    {
        Listener first(_bus, "first"), second(_bus, "second"), deaf(_bus, "deaf");
        first.subscribe("a.b", ZOCO_COMPETING);
        second.subscribe("a.b", ZOCO_COMPETING);
        deaf.subscribe("a.c", ZOCO_COMPETING);
        std::vector<std::int64_t> all;
        for (auto* listener : {&first, &second, &deaf}) listener->member.activate();
        for (int i = 0; i < 100; ++i)
        {
            CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, publish(i));
            all.push_back(i);
        }
        CPPUNIT_ASSERT(first.gets(all) && second.gets(all));
        CPPUNIT_ASSERT(deaf.got().empty());
    }

    void testInstancesThatCompeteShareTheEvents()
    {
        Listener first(_bus, "p"), second(_bus, "p");
        for (auto* listener : {&first, &second})
        {
            listener->subscribe("a.b", ZOCO_COMPETING);
            listener->member.activate();
        }
        for (int i = 0; i < 10; ++i) publish(i);
        CPPUNIT_ASSERT(eventually([&] { return _bus.figures().handled == 10; }));
        CPPUNIT_ASSERT_EQUAL(std::size_t{5}, first.got().size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{5}, second.got().size());
    }

    void testBroadcastReachesEachInstance()
    {
        Listener first(_bus, "p"), second(_bus, "p");
        for (auto* listener : {&first, &second})
        {
            listener->subscribe("a.b", ZOCO_BROADCAST);
            listener->member.activate();
        }
        publish(1);
        publish(2);
        CPPUNIT_ASSERT(first.gets({1, 2}) && second.gets({1, 2}));
    }

    void testEventsAreKeptUntilTheInstanceServes()
    {
        Listener listener(_bus, "p");
        listener.subscribe("a.b", ZOCO_COMPETING);
        publish(1);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, _bus.figures().waiting);
        CPPUNIT_ASSERT(listener.got().empty());
        listener.member.activate();
        CPPUNIT_ASSERT(listener.gets({1}));
    }

    void testTakeOverNeitherLosesNorDoubles()
    {
        Listener old(_bus, "p"), next(_bus, "p");
        old.subscribe("a.b", ZOCO_COMPETING);
        old.member.activate();
        old.hold();
        for (int i = 1; i <= 3; ++i) publish(i);
        CPPUNIT_ASSERT(eventually([&] { return old.inside == 1; }));
        next.subscribe("a.b", ZOCO_COMPETING);
        takeOver(old, next);
        publish(4);
        old.open();
        CPPUNIT_ASSERT(next.gets({2, 3, 4})); // after the one that the old generation had begun
        CPPUNIT_ASSERT(old.gets({1}));
    }

    void testTakeOverOfBroadcastMissesNothing()
    {
        Listener old(_bus, "p"), next(_bus, "p");
        old.subscribe("a.b", ZOCO_BROADCAST);
        old.member.activate();
        old.hold();
        publish(1);
        CPPUNIT_ASSERT(eventually([&] { return old.inside == 1; }));
        next.subscribe("a.b", ZOCO_BROADCAST); // it reads its data from here on
        publish(2);
        takeOver(old, next);
        publish(3);
        old.open();
        CPPUNIT_ASSERT(next.gets({2, 3}));
        CPPUNIT_ASSERT(old.gets({1}));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, _bus.figures().lost);
    }

    void testChangesUnderTrafficNeitherLoseNorDouble()
    {
        constexpr int kEvents = 5'000;
        auto current = std::make_unique<Listener>(_bus, "p");
        current->subscribe("a.b", ZOCO_COMPETING, kEvents);
        current->member.activate();
        std::thread publisher(
            [&]
            {
                for (int i = 0; i < kEvents; ++i) publish(i);
            });
        std::vector<std::int64_t> got;
        const auto retire = [&](std::unique_ptr<Listener> old)
        {
            old->pool.shutdown(); // the drain: what was handed out is finished
            const auto its = old->got();
            got.insert(got.end(), its.begin(), its.end());
        };
        for (int change = 0; change < 50; ++change)
        {
            auto next = std::make_unique<Listener>(_bus, "p");
            next->subscribe("a.b", ZOCO_COMPETING, kEvents);
            takeOver(*current, *next);
            retire(std::exchange(current, std::move(next)));
        }
        publisher.join();
        CPPUNIT_ASSERT(eventually([&] { return _bus.figures().handled == kEvents; }));
        retire(std::move(current));
        CPPUNIT_ASSERT_EQUAL(std::size_t{kEvents}, got.size());
        std::sort(got.begin(), got.end());
        for (int i = 0; i < kEvents; ++i) CPPUNIT_ASSERT_EQUAL(std::int64_t{i}, got[static_cast<std::size_t>(i)]);
    }

    void testFullQueueRefusesForAll()
    {
        Listener slow(_bus, "slow"), quick(_bus, "quick");
        slow.subscribe("a.b", ZOCO_COMPETING, 1);
        quick.subscribe("a.b", ZOCO_COMPETING);
        slow.hold();
        slow.member.activate();
        quick.member.activate();
        publish(1);
        CPPUNIT_ASSERT(eventually([&] { return slow.inside == 1; }));
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, publish(2));
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_UNAVAILABLE}, publish(3));
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, publish(4, "a.c")); // no affair of the slow one
        slow.open();
        CPPUNIT_ASSERT(slow.gets({1, 2}) && quick.gets({1, 2}));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, _bus.figures().refused);
        CPPUNIT_ASSERT_EQUAL(1, logged("events are refused"));
    }

    void testQueueThatNobodyReadsLosesItsOldest()
    {
        Listener listener(_bus, "p");
        listener.subscribe("a.b", ZOCO_COMPETING, 2);
        for (int i = 1; i <= 4; ++i) CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, publish(i));
        listener.member.activate();
        CPPUNIT_ASSERT(listener.gets({3, 4}));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, _bus.figures().lost);
        CPPUNIT_ASSERT_EQUAL(1, logged("events are lost"));
    }

    void testProcessThatIsReplacedRefusesNobody()
    {
        Elsewhere p(_bus, 2);
        for (int i = 1; i <= 3; ++i) CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, publish(i));
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_UNAVAILABLE}, publish(4)); // it serves, and is too slow
        p.member.pause();
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, publish(5)); // instead of 2
        p.member.recall();
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, publish(6)); // instead of 1, which came back, and 3
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, _bus.figures().waiting);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{3}, _bus.figures().lost);
        CPPUNIT_ASSERT_EQUAL(1, logged("events are lost"));
        CPPUNIT_ASSERT(p.gets({1}));
        p.member.resume();
        CPPUNIT_ASSERT(p.gets({1, 5}));
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, publish(7));
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, publish(8)); // instead of 6: it has not made up for its absence
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_UNAVAILABLE}, publish(9));
        for (const std::int64_t next : {7, 8})
        {
            p.member.finish(0, p.last(), ZOCO_OK);
            CPPUNIT_ASSERT_EQUAL(next, p.got().back());
        }
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{4}, _bus.figures().lost);
    }

    void testEventThatIsHandedBackComesAgainFirst()
    {
        Elsewhere p(_bus, 0);
        publish(1);
        publish(2);
        for (int i = 0; i < 3; ++i)
        {
            p.member.handBack(0, p.last());
            CPPUNIT_ASSERT(p.gets(std::vector<std::int64_t>(static_cast<std::size_t>(i) + 2, 1)));
        }
        p.member.finish(0, p.last(), ZOCO_OK);
        CPPUNIT_ASSERT(p.gets({1, 1, 1, 1, 2}));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, _bus.figures().handled);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, _bus.figures().lost);
    }

    void testFullPoolIsTriedAgain()
    {
        Listener listener(_bus, "p", 1);
        listener.subscribe("a.b", ZOCO_COMPETING);
        listener.subscribe("a.c", ZOCO_COMPETING);
        listener.subscribe("a.d", ZOCO_COMPETING);
        listener.member.activate();
        listener.hold();
        publish(1, "a.b");
        CPPUNIT_ASSERT(eventually([&] { return listener.inside == 1; }));
        publish(2, "a.c"); // waits in the pool's queue
        publish(3, "a.d"); // finds it full
        listener.open();
        CPPUNIT_ASSERT(listener.gets({1, 2, 3}));
    }

    void testLeavingWaitsForTheHandler()
    {
        struct Slow
        {
            std::atomic<bool> isInside{false};
            std::atomic<bool> mayEnd{false};
            std::atomic<bool> hasEnded{false};
            static zoco_status handle(void* self, const zoco_event*)
            {
                auto& slow = *static_cast<Slow*>(self);
                slow.isInside = true;
                while (!slow.mayEnd) std::this_thread::yield();
                for (int i = 0; i < 1'000; ++i) std::this_thread::yield();
                slow.hasEnded = true;
                return ZOCO_OK;
            }
        } slow;
        WorkerPool pool({"test", 1, 4});
        auto member = std::make_unique<EventMember>(_bus, "p", [&](Task task) { return pool.post(task); });
        std::string reason;
        const zoco_subscription raw{sizeof raw, ZOCO_COMPETING, str("a.b"), 0, &Slow::handle, &slow};
        member->subscribe(raw, reason);
        member->activate();
        publish(1);
        publish(2);
        CPPUNIT_ASSERT(eventually([&] { return slow.isInside.load(); }));
        member->deactivate();
        slow.mayEnd = true;
        member.reset();
        CPPUNIT_ASSERT(slow.hasEnded);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, _bus.figures().handled);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, _bus.figures().lost);
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, publish(3)); // nobody listens
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, _bus.figures().waiting);
    }

    void testFailingHandlerIsCountedAndTheNextEventComes()
    {
        Listener listener(_bus, "p");
        listener.answer = ZOCO_E_FAILED;
        listener.subscribe("a.b", ZOCO_COMPETING);
        listener.member.activate();
        publish(1);
        publish(2);
        CPPUNIT_ASSERT(eventually([&] { return _bus.figures().failed == 2; }));
        CPPUNIT_ASSERT(listener.gets({1, 2}));
    }

    void testHandlerMayPublish()
    {
        Listener echo(_bus, "echo");
        WorkerPool pool({"test", 1, 4});
        struct Relay
        {
            EventBus& bus;
            static zoco_status handle(void* self, const zoco_event* e)
            {
                return static_cast<Relay*>(self)->bus.publish("relay", "a.c", e->fields, e->field_count);
            }
        } relay{_bus};
        EventMember member(_bus, "relay", [&](Task task) { return pool.post(task); });
        std::string reason;
        const zoco_subscription raw{sizeof raw, ZOCO_COMPETING, str("a.b"), 0, &Relay::handle, &relay};
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, member.subscribe(raw, reason));
        echo.subscribe("a.c", ZOCO_COMPETING);
        echo.member.activate();
        member.activate();
        publish(7);
        CPPUNIT_ASSERT(echo.gets({7}));
    }

    void testValuesAreCopied()
    {
        std::string text = "uno", name = "nombre", topic = "a.b";
        const Value items[] = {Value(text), Value(2)};
        const NamedValue fields[] = {{name, text}, {"lista", Value::list(items)}, {"nada", nullptr}};
        const auto event = StoredEvent::copy("p", topic, fields, 3);
        CPPUNIT_ASSERT(event != nullptr);
        text = "xxx";
        name = "xxxxxx";
        topic = "xxx";
        const auto& raw = event->raw();
        CPPUNIT_ASSERT_EQUAL(std::string("a.b p nombre"), std::string(view(raw.topic)) + " " +
                                                              std::string(view(raw.publisher)) + " " +
                                                              std::string(view(raw.fields[0].name)));
        CPPUNIT_ASSERT_EQUAL(std::string("uno"), std::string(view(raw.fields[0].value.as.b)));
        CPPUNIT_ASSERT_EQUAL(2u, raw.fields[1].value.aux);
        CPPUNIT_ASSERT_EQUAL(std::string("uno"), std::string(view(raw.fields[1].value.as.list[0].as.b)));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, raw.fields[1].value.as.list[1].as.i);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{ZOCO_NULL}, raw.fields[2].value.kind);
    }

    void testWhatIsNoEventIsRefused()
    {
        for (const auto* topic : {"", "A", "1", "a b", "a/b", "ñ"})
            CPPUNIT_ASSERT_EQUAL_MESSAGE(topic, zoco_status{ZOCO_E_INVALID}, publish(1, topic));
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_INVALID}, publish(1, std::string(101, 'a')));
        const std::string large(StoredEvent::kMostBytes, 'x');
        const Value deep[] = {Value::list({})};
        const zoco_value unknown{99, 0, {0}};
        for (const auto& value :
             {Value(large), Value::ref(0, "id"), Value::list(deep), Value(unknown), Value(zoco_value{0, 0, {0}})})
        {
            const NamedValue field{"n", value};
            CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_INVALID}, _bus.publish("p", "a.b", &field, 1));
        }
        const std::vector<NamedValue> many(65, NamedValue{"n", 1});
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_INVALID}, _bus.publish("p", "a.b", many.data(), 65));
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, _bus.publish("p", "a.b", many.data(), 64));
    }

    void testWhatIsNoSubscriptionIsRefused()
    {
        Listener listener(_bus, "p");
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_INVALID}, listener.subscribe("A", ZOCO_COMPETING));
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_INVALID}, listener.subscribe("a.b", 3));
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_INVALID}, listener.subscribe("a.b", ZOCO_COMPETING, 100'001));
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, listener.subscribe("a.b", ZOCO_COMPETING));
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_INVALID}, listener.subscribe("a.b", ZOCO_BROADCAST));
        const zoco_subscription none{sizeof none, ZOCO_COMPETING, str("a.c"), 0, nullptr, nullptr};
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_INVALID}, listener.member.subscribe(none, listener.reason));
        CPPUNIT_ASSERT(!listener.reason.empty());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(EventBusTest);

} // namespace zoco::host::test
