#include "EventListeners.h"

namespace zoco::host::test
{

/// Notes what the bus tells of durable events.
class Notes final : public DurableEvents
{
public:
    void opened(std::uint64_t queue, const EventSubscriber& s) override { add("opened " + s.plugin, queue); }
    void closed(std::uint64_t queue) override { add("closed", queue); }
    void abandoned(std::uint64_t) override { serving += "abandoned "; }
    void served(std::uint64_t) override { serving += "served "; }
    void handled(std::uint64_t queue, std::uint64_t number, std::size_t) override { add("handled", queue, number); }
    void failed(std::uint64_t queue, std::uint64_t number, std::uint32_t) override { add("failed", queue, number); }
    void gaveUp(std::uint64_t queue, std::uint64_t number, std::uint32_t, std::int32_t) override
    {
        add("gave up", queue, number);
    }
    void wake() override { add("woken", 0); }

    bool has(const std::vector<std::string>& what)
    {
        return eventually(
            [&]
            {
                const std::lock_guard lock(_mutex);
                return _told == what;
            });
    }
    std::uint64_t last = 0; ///< queue that was opened
    std::string serving;    ///< what it was told of who serves

private:
    void add(std::string what, std::uint64_t id, std::uint64_t number = 0)
    {
        const std::lock_guard lock(_mutex);
        if (what.starts_with("opened")) last = id;
        _told.push_back(std::move(what) + (number == 0 ? "" : " " + std::to_string(number)));
    }

    std::mutex _mutex;
    std::vector<std::string> _told;
};

/// What the bus does with durable events, and tells of them.
class DurableQueueTest : public EventBusFixture
{
    CPPUNIT_TEST_SUITE(DurableQueueTest);
    CPPUNIT_TEST(testDurableEventsAreToldOf);
    CPPUNIT_TEST(testDurableEventThatFailsComesAgainBeforeTheNext);
    CPPUNIT_TEST(testDurableEventIsGivenUpAfterFiveTries);
    CPPUNIT_TEST(testWithdrawnEventsAreNotHandedOut);
    CPPUNIT_TEST(testDurableEventsAreNotDroppedForOthers);
    CPPUNIT_TEST(testPublishedTopicWakes);
    CPPUNIT_TEST(testPluginThatServesNoMoreIsToldOf);
    CPPUNIT_TEST_SUITE_END();

    /// Durable events with these numbers, which are their "n" as well.
    static std::vector<std::shared_ptr<StoredEvent>> stored(std::initializer_list<std::int64_t> numbers)
    {
        std::vector<std::shared_ptr<StoredEvent>> out;
        for (const auto n : numbers)
        {
            const NamedValue field{"n", n};
            out.push_back(StoredEvent::copy("p", "a.b", &field, 1));
            out.back()->stampDurable(static_cast<std::uint64_t>(n), 1);
        }
        return out;
    }

    void testDurableEventsAreToldOf()
    {
        Notes notes;
        _bus.setDurable(notes);
        {
            Listener listener(_bus, "uno");
            listener.subscribe("a.b", ZOCO_COMPETING);
            _bus.deliver(notes.last, stored({7, 8}));
            listener.member.activate();
            CPPUNIT_ASSERT(listener.gets({7, 8}));
            CPPUNIT_ASSERT(notes.has({"opened uno", "handled 7", "handled 8"}));
        }
        CPPUNIT_ASSERT(notes.has({"opened uno", "handled 7", "handled 8", "closed"}));
    }

    void testDurableEventThatFailsComesAgainBeforeTheNext()
    {
        Notes notes;
        _bus.setDurable(notes);
        Listener listener(_bus, "uno");
        listener.subscribe("a.b", ZOCO_COMPETING);
        listener.member.activate();
        listener.answer = ZOCO_E_FAILED;
        _bus.deliver(notes.last, stored({7, 8}));
        CPPUNIT_ASSERT(notes.has({"opened uno", "failed 7"}));
        listener.answer = ZOCO_OK;
        CPPUNIT_ASSERT(notes.has({"opened uno", "failed 7", "handled 7", "handled 8"}));
        CPPUNIT_ASSERT(listener.gets({7, 7, 8}));
    }

    void testDurableEventIsGivenUpAfterFiveTries()
    {
        Notes notes;
        _bus.setDurable(notes);
        Listener listener(_bus, "uno");
        listener.subscribe("a.b", ZOCO_COMPETING);
        listener.member.activate();
        listener.answer = ZOCO_E_FAILED;
        _bus.deliver(notes.last, stored({7}));
        CPPUNIT_ASSERT(notes.has({"opened uno", "failed 7", "failed 7", "failed 7", "failed 7", "gave up 7"}));
    }

    void testWithdrawnEventsAreNotHandedOut()
    {
        Notes notes;
        _bus.setDurable(notes);
        Listener listener(_bus, "uno");
        listener.subscribe("a.b", ZOCO_COMPETING);
        listener.member.activate();
        listener.hold();
        _bus.deliver(notes.last, stored({7, 8}));
        CPPUNIT_ASSERT(eventually([&] { return listener.inside == 1; }));
        CPPUNIT_ASSERT(_bus.isHandling(notes.last));
        _bus.withdraw(notes.last);
        listener.open();
        CPPUNIT_ASSERT(notes.has({"opened uno", "handled 7"}));
        publish(9);
        CPPUNIT_ASSERT(listener.gets({7, 9}));
    }

    void testDurableEventsAreNotDroppedForOthers()
    {
        Notes notes;
        _bus.setDurable(notes);
        Listener listener(_bus, "uno");
        listener.subscribe("a.b", ZOCO_COMPETING, 2);
        _bus.deliver(notes.last, stored({70, 80}));
        for (int n = 1; n <= 3; ++n) publish(n);
        listener.member.activate();
        CPPUNIT_ASSERT(listener.gets({70, 80, 2, 3}));
    }

    void testPublishedTopicWakes()
    {
        Notes notes;
        _bus.setDurable(notes);
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, publish(1, "gestorbbdd.publicado"));
        CPPUNIT_ASSERT(notes.has({"woken"}));
    }

    void testPluginThatServesNoMoreIsToldOf()
    {
        Notes notes;
        _bus.setDurable(notes);
        {
            Listener first(_bus, "p");
            Listener second(_bus, "p");
            for (auto* one : {&first, &second})
                CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, one->subscribe("a.b", ZOCO_COMPETING));
            first.member.activate();
            second.member.activate();
            first.member.deactivate(); // the other one goes on
            CPPUNIT_ASSERT_EQUAL(std::string("served "), notes.serving);
            second.member.deactivate();
            second.member.activate();
            CPPUNIT_ASSERT_EQUAL(std::string("served abandoned served "), notes.serving);
        }
        CPPUNIT_ASSERT_EQUAL(std::string("served abandoned served abandoned "), notes.serving);
        CPPUNIT_ASSERT(notes.has({"opened p", "closed"}));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(DurableQueueTest);

} // namespace zoco::host::test
