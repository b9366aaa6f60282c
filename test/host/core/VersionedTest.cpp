#include "core/Versioned.h"

#include <cppunit/extensions/HelperMacros.h>

#include <thread>

namespace zoco::host::test
{

namespace
{

/// Counts how many live, and is spoiled at its end.
struct Counted
{
    Counted(int number, std::atomic<int>& count) : value(number), twice(2 * number), living(count) { ++living; }
    ~Counted()
    {
        value = -1;
        --living;
    }
    Counted(const Counted&) = delete;
    Counted& operator=(const Counted&) = delete;

    int value;
    int twice;
    std::atomic<int>& living;
};

} // namespace

class VersionedTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(VersionedTest);
    CPPUNIT_TEST(testPinnedVersionLivesOn);
    CPPUNIT_TEST(testPinKnowsWhetherItIsCurrent);
    CPPUNIT_TEST(testReadersNeverMeetAFreedVersion);
    CPPUNIT_TEST_SUITE_END();

    std::atomic<int> _living{0};

    std::unique_ptr<Counted> version(int number) { return std::make_unique<Counted>(number, _living); }

public:
    void testPinnedVersionLivesOn()
    {
        Versioned<Counted> versions(version(1));
        auto pin = versions.pin();
        versions.publish(version(2));
        CPPUNIT_ASSERT(!versions.reclaim());
        CPPUNIT_ASSERT_EQUAL(1, pin->value);
        CPPUNIT_ASSERT_EQUAL(2, versions.pin()->value);
        pin.release();
        CPPUNIT_ASSERT(versions.reclaim());
        CPPUNIT_ASSERT_EQUAL(1, _living.load());
    }

    void testPinKnowsWhetherItIsCurrent()
    {
        Versioned<Counted> versions(version(1));
        auto pin = versions.pin();
        CPPUNIT_ASSERT(versions.isCurrent(pin));
        versions.publish(version(2));
        CPPUNIT_ASSERT(!versions.isCurrent(pin));
    }

    void testReadersNeverMeetAFreedVersion()
    {
        Versioned<Counted> versions(version(1));
        std::atomic<bool> isOver{false};
        std::atomic<int> wrong{0};
        std::vector<std::thread> readers;
        for (int i = 0; i < 3; ++i)
            readers.emplace_back(
                [&]
                {
                    for (int last = 0; !isOver;)
                    {
                        const auto pin = versions.pin();
                        if (pin->twice != 2 * pin->value || pin->value < last) ++wrong;
                        last = pin->value;
                    }
                });
        for (int i = 2; i < 20'000; ++i) versions.publish(version(i));
        isOver = true;
        for (auto& reader : readers) reader.join();
        CPPUNIT_ASSERT_EQUAL(0, wrong.load());
        CPPUNIT_ASSERT(versions.reclaim());
        CPPUNIT_ASSERT_EQUAL(1, _living.load());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(VersionedTest);

} // namespace zoco::host::test
