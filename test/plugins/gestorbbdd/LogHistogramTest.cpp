#include "catalogue/LogHistogram.h"
#include "catalogue/OperationStats.h"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <thread>
#include <vector>

namespace zoco::gestorbbdd::test
{

/// Quantiles of times, and what is counted beside them.
class LogHistogramTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(LogHistogramTest);
    CPPUNIT_TEST(testNothingIsZero);
    CPPUNIT_TEST(testEveryValueIsToldNearly);
    CPPUNIT_TEST(testQuantilesAreThoseOfTheValues);
    CPPUNIT_TEST(testExtremesAreTaken);
    CPPUNIT_TEST(testThreadsLoseNothing);
    CPPUNIT_TEST(testErrorsAreCountedByStatus);
    CPPUNIT_TEST(testQuantileIsNeverAboveTheMaximum);
    CPPUNIT_TEST_SUITE_END();

    static void assertNear(std::int64_t expected, std::int64_t actual)
    {
        const auto error = std::abs(static_cast<double>(actual - expected));
        CPPUNIT_ASSERT_MESSAGE(std::to_string(expected) + " is told as " + std::to_string(actual),
                               error <= 0.0625 * static_cast<double>(expected));
    }

    void testNothingIsZero() { CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, LogHistogram().quantile(0.5)); }

    void testEveryValueIsToldNearly()
    {
        for (std::int64_t value = 0; value < (std::int64_t{1} << 32); value += 1 + value / 61)
        {
            LogHistogram one;
            one.add(value);
            assertNear(value, one.quantile(0.5));
        }
    }

    void testQuantilesAreThoseOfTheValues()
    {
        LogHistogram histogram;
        std::vector<std::int64_t> values;
        std::mt19937 random(7);
        std::lognormal_distribution<double> times(5, 2);
        for (int i = 0; i < 10'000; ++i) values.push_back(static_cast<std::int64_t>(times(random)));
        for (const auto value : values) histogram.add(value);
        std::sort(values.begin(), values.end());
        for (const double part : {0.0, 0.01, 0.5, 0.9, 0.99, 1.0})
            assertNear(values[static_cast<std::size_t>(part * 9'999)], histogram.quantile(part));
    }

    void testExtremesAreTaken()
    {
        LogHistogram histogram;
        histogram.add(-1);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, histogram.quantile(1));
        histogram.add(std::int64_t{1} << 62);
        CPPUNIT_ASSERT(histogram.quantile(1) > std::int64_t{1} << 31);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, histogram.quantile(0));
    }

    void testThreadsLoseNothing()
    {
        LogHistogram histogram;
        std::vector<std::thread> threads;
        for (const int value : {1, 2, 3, 4})
            threads.emplace_back(
                [&, value]
                {
                    for (int i = 0; i < 20'000; ++i) histogram.add(value);
                });
        for (auto& thread : threads) thread.join();
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, histogram.quantile(19'999.0 / 79'999));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, histogram.quantile(20'000.5 / 79'999));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{4}, histogram.quantile(60'000.5 / 79'999));
    }

    void testErrorsAreCountedByStatus()
    {
        OperationStats stats;
        stats.fail(ZOCO_E_DUPLICATE);
        stats.fail(ZOCO_E_DUPLICATE);
        stats.fail(ZOCO_E_DEADLINE);
        stats.fail(-99);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{4}, stats.errors());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, stats.errors(ZOCO_E_DUPLICATE));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, stats.errors(ZOCO_E_DEADLINE));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, stats.errors(ZOCO_E_FAILED));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, stats.errors(ZOCO_E_GUARD));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, stats.calls());
    }

    void testQuantileIsNeverAboveTheMaximum()
    {
        OperationStats stats;
        stats.record(1024); // the lowest of its bucket, whose middle is above it
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1024}, stats.quantileUs(0.99));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1024}, stats.totalUs());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LogHistogramTest);

} // namespace zoco::gestorbbdd::test
