#include "core/MetricsOwner.h"
#include "zoco/Problem.h"

#include <cppunit/extensions/HelperMacros.h>

#include <limits>
#include <stdexcept>
#include <thread>
#include <vector>

namespace zoco::host::test
{

class MetricsTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(MetricsTest);
    CPPUNIT_TEST(testTextOfEveryKind);
    CPPUNIT_TEST(testTextIsEscaped);
    CPPUNIT_TEST(testValueOnABoundIsBelowIt);
    CPPUNIT_TEST(testManyThreadsLoseNothing);
    CPPUNIT_TEST(testWrongUpdatesChangeNothing);
    CPPUNIT_TEST(testNextGenerationGoesOnCounting);
    CPPUNIT_TEST(testChangedMetricShowsOnlyTheNewest);
    CPPUNIT_TEST(testNothingIsLeftOfInstancesThatAreGone);
    CPPUNIT_TEST(testNameOfAnotherPluginIsRefused);
    CPPUNIT_TEST(testWhatBreaksARuleIsRefused);
    CPPUNIT_TEST(testSeriesAreBounded);
    CPPUNIT_TEST(testDurationsAreTheDefaultBounds);
    CPPUNIT_TEST(testCollectorWritesItsFamilies);
    CPPUNIT_TEST_SUITE_END();

    using Labels = std::vector<zoco_pair>;

    Metrics _metrics;
    MetricsOwner _tienda{_metrics, "tienda"};
    zoco_status _status = ZOCO_OK;
    std::string _reason;

    MetricSeries* declare(MetricsOwner& owner, std::uint32_t kind, const char* name, const Labels& labels = {},
                          const std::vector<double>& bounds = {})
    {
        const zoco_metric raw{sizeof raw,
                              kind,
                              name,
                              "help",
                              labels.data(),
                              static_cast<std::uint32_t>(labels.size()),
                              static_cast<std::uint32_t>(bounds.size()),
                              bounds.data()};
        return owner.declare(raw, _status, _reason);
    }
    static zoco_pair label(const char* name, const char* value) { return {str(name), str(value)}; }

public:
    void testTextOfEveryKind()
    {
        auto* b = declare(_tienda, ZOCO_COUNTER, "a_total", {label("x", "2")});
        auto* a = declare(_tienda, ZOCO_COUNTER, "a_total", {label("x", "1")});
        auto* gauge = declare(_tienda, ZOCO_GAUGE, "b");
        auto* histogram = declare(_tienda, ZOCO_HISTOGRAM, "c_seconds", {label("x", "1")}, {0.5, 2});
        CPPUNIT_ASSERT(a->add(1) && a->add(2.5) && b->add(1));
        CPPUNIT_ASSERT(gauge->set(4) && gauge->add(-6));
        for (const double value : {0.25, 1.0, 1.5, 3.0}) CPPUNIT_ASSERT(histogram->observe(value));
        CPPUNIT_ASSERT_EQUAL(std::string("# HELP zoco_plugin_tienda_a_total help\n"
                                         "# TYPE zoco_plugin_tienda_a_total counter\n"
                                         "zoco_plugin_tienda_a_total{x=\"1\"} 3.5\n"
                                         "zoco_plugin_tienda_a_total{x=\"2\"} 1\n"
                                         "# HELP zoco_plugin_tienda_b help\n"
                                         "# TYPE zoco_plugin_tienda_b gauge\n"
                                         "zoco_plugin_tienda_b -2\n"
                                         "# HELP zoco_plugin_tienda_c_seconds help\n"
                                         "# TYPE zoco_plugin_tienda_c_seconds histogram\n"
                                         "zoco_plugin_tienda_c_seconds_bucket{x=\"1\",le=\"0.5\"} 1\n"
                                         "zoco_plugin_tienda_c_seconds_bucket{x=\"1\",le=\"2\"} 3\n"
                                         "zoco_plugin_tienda_c_seconds_bucket{x=\"1\",le=\"+Inf\"} 4\n"
                                         "zoco_plugin_tienda_c_seconds_sum{x=\"1\"} 5.75\n"
                                         "zoco_plugin_tienda_c_seconds_count{x=\"1\"} 4\n"),
                             _metrics.text());
    }

    void testTextIsEscaped()
    {
        MetricText text;
        text.family("a", "gauge", "back\\slash\n\"line\"");
        text.sample("", {{"x", "\"q\"\\\n\xff"}}, 1);
        CPPUNIT_ASSERT_EQUAL(std::string("# HELP a back\\\\slash\\n\"line\"\n# TYPE a gauge\n"
                                         "a{x=\"\\\"q\\\"\\\\\\n\xef\xbf\xbd\"} 1\n"),
                             text.take());
    }

    void testValueOnABoundIsBelowIt()
    {
        auto* histogram = declare(_tienda, ZOCO_HISTOGRAM, "h", {}, {1});
        CPPUNIT_ASSERT(histogram->observe(1) && histogram->observe(1.0000001));
        CPPUNIT_ASSERT(_metrics.text().find("h_bucket{le=\"1\"} 1\n") != std::string::npos);
    }

    void testManyThreadsLoseNothing()
    {
        auto* counter = declare(_tienda, ZOCO_COUNTER, "a_total");
        auto* histogram = declare(_tienda, ZOCO_HISTOGRAM, "h");
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back(
                [&]
                {
                    for (int i = 0; i < 10'000; ++i)
                    {
                        counter->add(1);
                        histogram->observe(0.5);
                    }
                });
        for (auto& thread : threads) thread.join();
        CPPUNIT_ASSERT_EQUAL(40'000.0, counter->value());
        CPPUNIT_ASSERT_EQUAL(40'000.0, histogram->count());
        CPPUNIT_ASSERT_EQUAL(20'000.0, histogram->value());
    }

    void testWrongUpdatesChangeNothing()
    {
        constexpr auto kNan = std::numeric_limits<double>::quiet_NaN();
        constexpr auto kInfinite = std::numeric_limits<double>::infinity();
        auto* counter = declare(_tienda, ZOCO_COUNTER, "a_total");
        auto* gauge = declare(_tienda, ZOCO_GAUGE, "b");
        auto* histogram = declare(_tienda, ZOCO_HISTOGRAM, "h");
        CPPUNIT_ASSERT(!counter->add(-1) && !counter->add(kInfinite) && !counter->set(1) && !counter->observe(1));
        CPPUNIT_ASSERT(!gauge->observe(1) && !gauge->set(kNan) && !gauge->add(kNan));
        CPPUNIT_ASSERT(!histogram->add(1) && !histogram->set(1) && !histogram->observe(kNan));
        CPPUNIT_ASSERT_EQUAL(0.0, counter->value() + gauge->value() + histogram->value() + histogram->count());
    }

    void testNextGenerationGoesOnCounting()
    {
        auto old = std::make_unique<MetricsOwner>(_metrics, "tienda");
        CPPUNIT_ASSERT(declare(*old, ZOCO_COUNTER, "a_total")->add(2));
        auto* next = declare(_tienda, ZOCO_COUNTER, "a_total");
        old.reset();
        CPPUNIT_ASSERT(next->add(1));
        CPPUNIT_ASSERT(_metrics.text().find("a_total 3\n") != std::string::npos);
    }

    void testChangedMetricShowsOnlyTheNewest()
    {
        declare(_tienda, ZOCO_GAUGE, "a", {label("x", "1")});
        {
            MetricsOwner candidate(_metrics, "tienda");
            CPPUNIT_ASSERT(declare(candidate, ZOCO_HISTOGRAM, "a", {}, {1}) != nullptr);
            CPPUNIT_ASSERT(_metrics.text().find("a_bucket{le=\"1\"} 0\n") != std::string::npos);
            CPPUNIT_ASSERT(_metrics.text().find("gauge") == std::string::npos);
        }
        CPPUNIT_ASSERT(_metrics.text().find("a{x=\"1\"} 0\n") != std::string::npos); // the candidate was rolled back
    }

    void testNothingIsLeftOfInstancesThatAreGone()
    {
        {
            MetricsOwner gone(_metrics, "otra");
            declare(gone, ZOCO_GAUGE, "a");
        }
        CPPUNIT_ASSERT_EQUAL(std::string(), _metrics.text());
    }

    void testNameOfAnotherPluginIsRefused()
    {
        MetricsOwner first(_metrics, "a-b"), second(_metrics, "a");
        CPPUNIT_ASSERT(declare(first, ZOCO_GAUGE, "c") != nullptr);
        CPPUNIT_ASSERT(declare(second, ZOCO_GAUGE, "b_c") == nullptr);
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_INVALID}, _status);
        CPPUNIT_ASSERT_THROW(_metrics.declare({"zoco_plugin_a_b_c", ZOCO_GAUGE, "", {}, {}}, {}),
                             std::invalid_argument);
    }

    void testWhatBreaksARuleIsRefused()
    {
        const std::string longName(61, 'a'), longValue(101, 'v');
        const struct
        {
            std::uint32_t kind;
            const char* name;
            Labels labels = {};
            std::vector<double> bounds = {};
        } cases[] = {
            {0, "a"},
            {4, "a"},
            {ZOCO_GAUGE, nullptr},
            {ZOCO_GAUGE, ""},
            {ZOCO_GAUGE, "A"},
            {ZOCO_GAUGE, "a-b"},
            {ZOCO_GAUGE, longName.c_str()},
            {ZOCO_COUNTER, "a"},
            {ZOCO_GAUGE, "a_total"},
            {ZOCO_HISTOGRAM, "a_bucket"},
            {ZOCO_GAUGE, "a", {label("le", "1")}},
            {ZOCO_GAUGE, "a", {label("X", "1")}},
            {ZOCO_GAUGE, "a", {label("x", longValue.c_str())}},
            {ZOCO_GAUGE, "a", {label("x", "1"), label("x", "2")}},
            {ZOCO_GAUGE, "a", Labels(7, label("x", "1"))},
            {ZOCO_GAUGE, "a", {}, {1}},
            {ZOCO_HISTOGRAM, "a", {}, {1, 1}},
            {ZOCO_HISTOGRAM, "a", {}, {2, 1}},
            {ZOCO_HISTOGRAM, "a", {}, std::vector<double>(41, 1)},
            {ZOCO_GAUGE, "known", {label("y", "1")}}, // another label than its sister
            {ZOCO_GAUGE, "known", {label("x", "1")}}, // again
        };
        CPPUNIT_ASSERT(declare(_tienda, ZOCO_GAUGE, "known", {label("x", "1")}) != nullptr);
        const auto before = _metrics.text();
        for (const auto& c : cases)
        {
            _reason.clear();
            CPPUNIT_ASSERT_MESSAGE(_reason, declare(_tienda, c.kind, c.name, c.labels, c.bounds) == nullptr);
            CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_INVALID}, _status);
            CPPUNIT_ASSERT(!_reason.empty());
        }
        CPPUNIT_ASSERT_EQUAL(before, _metrics.text());
    }

    void testSeriesAreBounded()
    {
        for (std::size_t i = 0; i < MetricsOwner::kMostSeries; ++i)
            CPPUNIT_ASSERT(declare(_tienda, ZOCO_GAUGE, "a", {label("x", std::to_string(i).c_str())}) != nullptr);
        CPPUNIT_ASSERT(declare(_tienda, ZOCO_GAUGE, "b") == nullptr);
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_UNAVAILABLE}, _status);
    }

    void testDurationsAreTheDefaultBounds()
    {
        CPPUNIT_ASSERT(declare(_tienda, ZOCO_HISTOGRAM, "h")->family()->bounds == Metrics::durationBounds());
    }

    void testCollectorWritesItsFamilies()
    {
        _metrics.collect(
            [](MetricText& text)
            {
                text.family("zoco_x", "gauge", "X");
                text.sample("", {}, 7);
            });
        CPPUNIT_ASSERT_EQUAL(std::string("# HELP zoco_x X\n# TYPE zoco_x gauge\nzoco_x 7\n"), _metrics.text());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MetricsTest);

} // namespace zoco::host::test
