#include "pipeline/identity/SessionCache.h"

#include <cppunit/extensions/HelperMacros.h>

#include <atomic>
#include <string>
#include <thread>

namespace zoco::host::test
{

class SessionCacheTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(SessionCacheTest);
    CPPUNIT_TEST(testWhatIsKeptIsFoundForAWhile);
    CPPUNIT_TEST(testNeverBeyondTheSessionsEnd);
    CPPUNIT_TEST(testUnknownTokensAreKeptForAMoment);
    CPPUNIT_TEST(testTheOneUsedLongestAgoGoesFirst);
    CPPUNIT_TEST(testAFloodOfUnknownTokensDisplacesNoSession);
    CPPUNIT_TEST(testRevocationsForget);
    CPPUNIT_TEST(testARevocationUnderAQuestionWins);
    CPPUNIT_TEST(testTooManyRevocationsAreUnsure);
    CPPUNIT_TEST(testClearIsUnsure);
    CPPUNIT_TEST(testRevocationsWhileOthersAsk);
    CPPUNIT_TEST_SUITE_END();

    using Hit = Revocations::Hit;

    static TokenHash token(int number) { return hashOfToken(std::to_string(number)); }
    static std::shared_ptr<const Session> session(const std::string& user, const std::string& id,
                                                  std::int64_t expiresUs = 1'000'000)
    {
        return Session::make({user, id, "cliente", expiresUs, 1, "pwd"});
    }
    static Hit put(SessionCache& cache, int number, const std::string& user, const std::string& id)
    {
        return cache.put(token(number), session(user, id), cache.ticket(), 0);
    }
    static std::string state(SessionCache& cache, int number, std::int64_t nowNs = 1, std::int64_t nowUs = 1)
    {
        const auto found = cache.find(token(number), nowNs, nowUs);
        if (!found) return "ask";
        return *found == nullptr ? "none" : (*found)->id();
    }

public:
    void testWhatIsKeptIsFoundForAWhile()
    {
        SessionCache cache;
        CPPUNIT_ASSERT_EQUAL(std::string("ask"), state(cache, 1));
        CPPUNIT_ASSERT(put(cache, 1, "u", "s1") == Hit::No);
        CPPUNIT_ASSERT_EQUAL(std::string("s1"), state(cache, 1, 29'999'999'999));
        CPPUNIT_ASSERT_EQUAL(std::string("ask"), state(cache, 1, 30'000'000'000));
        CPPUNIT_ASSERT_EQUAL(std::string("ask"), state(cache, 2));
    }

    void testNeverBeyondTheSessionsEnd()
    {
        SessionCache cache;
        (void)put(cache, 1, "u", "s1");
        CPPUNIT_ASSERT_EQUAL(std::string("s1"), state(cache, 1, 1, 999'999));
        CPPUNIT_ASSERT_EQUAL(std::string("none"), state(cache, 1, 1, 1'000'000));
    }

    void testUnknownTokensAreKeptForAMoment()
    {
        SessionCache cache;
        cache.putUnknown(token(1), 0);
        CPPUNIT_ASSERT_EQUAL(std::string("none"), state(cache, 1, 999'999'999));
        CPPUNIT_ASSERT_EQUAL(std::string("ask"), state(cache, 1, 1'000'000'000));
        (void)put(cache, 1, "u", "s1");
        CPPUNIT_ASSERT_EQUAL(std::string("s1"), state(cache, 1));
        cache.putUnknown(token(1), 0);
        CPPUNIT_ASSERT_EQUAL(std::string("none"), state(cache, 1));
    }

    void testTheOneUsedLongestAgoGoesFirst()
    {
        SessionCache cache({.sessions = 16 * 8});
        (void)put(cache, 0, "u", "s0");
        for (int i = 1; i < 2000; ++i)
        {
            (void)put(cache, i, "u", "s");
            CPPUNIT_ASSERT_EQUAL(std::string("s0"), state(cache, 0)); // is in use
        }
        CPPUNIT_ASSERT(cache.size() <= 16 * 8);
        CPPUNIT_ASSERT(cache.size() >= 16 * 7);
        CPPUNIT_ASSERT_EQUAL(std::string("ask"), state(cache, 1));
        CPPUNIT_ASSERT_EQUAL(std::string("s"), state(cache, 1999));
    }

    void testAFloodOfUnknownTokensDisplacesNoSession()
    {
        SessionCache cache({.sessions = 64, .unknown = 64});
        (void)put(cache, 0, "u", "s0");
        for (int i = 1; i < 5000; ++i) cache.putUnknown(token(i), 0);
        CPPUNIT_ASSERT_EQUAL(std::string("s0"), state(cache, 0));
    }

    void testRevocationsForget()
    {
        SessionCache cache;
        (void)put(cache, 1, "u1", "s1");
        (void)put(cache, 2, "u1", "s2");
        (void)put(cache, 3, "u2", "s3");
        (void)put(cache, 4, "u1", "s2");
        cache.revokeSession("s2");
        CPPUNIT_ASSERT_EQUAL(std::string("s1 ask s3 ask"),
                             state(cache, 1) + ' ' + state(cache, 2) + ' ' + state(cache, 3) + ' ' + state(cache, 4));
        cache.revokeUser("u1");
        CPPUNIT_ASSERT_EQUAL(std::string("ask s3"), state(cache, 1) + ' ' + state(cache, 3));
        cache.clear();
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, cache.size());
    }

    void testARevocationUnderAQuestionWins()
    {
        SessionCache cache;
        const auto before = cache.ticket();
        cache.revokeUser("u1");
        cache.revokeSession("s9");
        CPPUNIT_ASSERT(cache.put(token(1), session("u1", "s1"), before, 0) == Hit::Yes);
        CPPUNIT_ASSERT(cache.put(token(2), session("u2", "s9"), before, 0) == Hit::Yes);
        CPPUNIT_ASSERT(cache.put(token(3), session("u2", "s3"), before, 0) == Hit::No);
        CPPUNIT_ASSERT_EQUAL(std::string("ask ask s3"),
                             state(cache, 1) + ' ' + state(cache, 2) + ' ' + state(cache, 3));
        CPPUNIT_ASSERT(put(cache, 1, "u1", "s1") == Hit::No); // a new login, after it
    }

    void testTooManyRevocationsAreUnsure()
    {
        SessionCache cache;
        const auto before = cache.ticket();
        for (int i = 0; i < 256; ++i) cache.revokeUser("other");
        CPPUNIT_ASSERT(cache.put(token(1), session("u1", "s1"), before, 0) == Hit::No);
        cache.revokeUser("other");
        CPPUNIT_ASSERT(cache.put(token(1), session("u1", "s1"), before, 0) == Hit::Unknown);
    }

    void testClearIsUnsure()
    {
        SessionCache cache;
        const auto before = cache.ticket();
        cache.clear();
        CPPUNIT_ASSERT(cache.put(token(1), session("u1", "s1"), before, 0) == Hit::Unknown);
        CPPUNIT_ASSERT_EQUAL(std::string("ask"), state(cache, 1));
    }

    /// What is revoked is never found again, though others keep putting what they asked before.
    void testRevocationsWhileOthersAsk()
    {
        SessionCache cache;
        std::atomic<bool> isGood{true};
        std::atomic<bool> isOver{false};
        std::thread asking(
            [&]
            {
                while (!isOver)
                {
                    const auto ticket = cache.ticket();
                    const bool wasGood = isGood; // the provider's answer
                    if (wasGood) (void)cache.put(token(1), session("u1", "s1"), ticket, 0);
                    (void)state(cache, 1);
                }
            });
        for (int i = 0; i < 2000; ++i)
        {
            isGood = true;
            isGood = false; // the provider has ended it, and says so
            cache.revokeUser("u1");
            CPPUNIT_ASSERT_EQUAL(std::string("ask"), state(cache, 1));
        }
        isOver = true;
        asking.join();
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SessionCacheTest);

} // namespace zoco::host::test
