#include "engine/FairSlots.h"

#include "Support.h"
#include "engine/MonotonicClock.h"

#include <cppunit/extensions/HelperMacros.h>

#include <optional>

namespace zoco::gestorbbdd::test
{

class FairSlotsTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(FairSlotsTest);
    CPPUNIT_TEST(testOnePluginNeverHoldsAll);
    CPPUNIT_TEST(testOnlySlotIsForAnybody);
    CPPUNIT_TEST(testWaitingEndsAtItsTime);
    CPPUNIT_TEST(testThoseWhoWaitAreServedInOrder);
    CPPUNIT_TEST(testWaitingForTheOwnShareHindersNobody);
    CPPUNIT_TEST_SUITE_END();

    static constexpr std::int64_t kSecond = 1'000'000'000;

    void testOnePluginNeverHoldsAll()
    {
        FairSlots slots(8);
        CPPUNIT_ASSERT_EQUAL(6u, slots.share());
        std::vector<FairSlots::Slot> greedy;
        for (int i = 0; i < 6; ++i) CPPUNIT_ASSERT(greedy.emplace_back(slots.acquire("a", 0)));
        CPPUNIT_ASSERT(!slots.acquire("a", 0));
        const auto first = slots.acquire("b", 0);
        const auto second = slots.acquire("c", 0);
        CPPUNIT_ASSERT(first && second);
        CPPUNIT_ASSERT(!slots.acquire("d", 0));
        CPPUNIT_ASSERT_EQUAL(8u, slots.used());
    }

    void testOnlySlotIsForAnybody()
    {
        FairSlots slots(1);
        for (const auto* plugin : {"a", "a", "b"})
        {
            const auto slot = slots.acquire(plugin, 0);
            CPPUNIT_ASSERT(slot);
            CPPUNIT_ASSERT(!slots.acquire("c", 0));
        }
        CPPUNIT_ASSERT_EQUAL(0u, slots.used());
    }

    void testWaitingEndsAtItsTime()
    {
        FairSlots slots(1);
        const auto slot = slots.acquire("a", 0);
        const auto begin = monotonicNs();
        CPPUNIT_ASSERT(!slots.acquire("b", begin + kSecond / 50));
        CPPUNIT_ASSERT(monotonicNs() - begin >= kSecond / 50);
        CPPUNIT_ASSERT_EQUAL(0u, slots.waiting());
    }

    void testThoseWhoWaitAreServedInOrder()
    {
        FairSlots slots(1);
        std::vector<int> order;
        std::vector<std::jthread> threads;
        {
            const auto slot = slots.acquire("a", 0);
            for (int i = 0; i < 5; ++i)
            {
                threads.emplace_back(
                    [&, i]
                    {
                        const auto own = slots.acquire("p" + std::to_string(i), monotonicNs() + 10 * kSecond);
                        order.push_back(i); // alone, with the only slot
                    });
                CPPUNIT_ASSERT(eventually([&] { return slots.waiting() == static_cast<std::uint32_t>(i) + 1; }));
            }
        }
        threads.clear();
        CPPUNIT_ASSERT(order == std::vector<int>({0, 1, 2, 3, 4}));
    }

    void testWaitingForTheOwnShareHindersNobody()
    {
        FairSlots slots(2);
        std::optional<FairSlots::Slot> held(slots.acquire("a", 0));
        std::jthread waiting([&] { CPPUNIT_ASSERT(slots.acquire("a", monotonicNs() + 10 * kSecond)); });
        CPPUNIT_ASSERT(eventually([&] { return slots.waiting() == 1; }));
        CPPUNIT_ASSERT(slots.acquire("b", 0));
        CPPUNIT_ASSERT_EQUAL(1u, slots.waiting());
        held.reset();
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(FairSlotsTest);

} // namespace zoco::gestorbbdd::test
