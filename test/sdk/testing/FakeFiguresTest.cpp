#include "zoco/testing/Instance.h"

#include <cppunit/extensions/HelperMacros.h>

#include <chrono>
#include <limits>
#include <stdexcept>

namespace
{

using namespace zoco;
using namespace zoco::testing;

/// Counts orders, by events and by requests, and tells how it is.
class Contador final : public Plugin
{
public:
    void init(Host& host) override
    {
        _host = &host;
        _pedidos = host.metrics().counter("pedidos_total", "Orders seen", {{"origen", "evento"}});
        _importe = host.metrics().gauge("importe_ultimo", "Amount of the last order");
        _espera = host.metrics().histogram("espera_seconds", "Time waited");
        host.events().subscribe("pedidos.creado", Delivery::Competing, [this](const Event& e) { count(e); });
        host.events().subscribe("catalogo.cambiado", Delivery::Broadcast,
                                [](const Event&) { throw std::runtime_error("boom"); });
    }
    Health health() override
    {
        if (_amount > 100) throw std::runtime_error("too much");
        if (_amount > 50) return Health::bad("much");
        return _amount > 10 ? Health::degraded("rather much") : Health::good();
    }

private:
    void count(const Event& event)
    {
        _amount = event["importe"].real();
        _pedidos.add();
        _importe.set(_amount);
        _espera.observe(std::chrono::milliseconds(250));
        _host->events().publish("contador.visto",
                                {{"de", event.publisher()}, {"falta", event["nada"]}, {"importe", _amount}});
    }

    Host* _host = nullptr;
    Counter _pedidos;
    Gauge _importe;
    Histogram _espera;
    double _amount = 0;
};

/// What plugin authors rely on in the fakes of metrics and events, and in what Instance says about health.
class FakeFiguresTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(FakeFiguresTest);
    CPPUNIT_TEST(testEventIsHandledAndCounted);
    CPPUNIT_TEST(testThrowingHandlerFailsAndIsLogged);
    CPPUNIT_TEST(testFullQueueRefusesThePublisher);
    CPPUNIT_TEST(testHealthWithItsReason);
    CPPUNIT_TEST(testMetricsThatTheHostRefuses);
    CPPUNIT_TEST(testUpdatesOfTheWrongKindAreRefused);
    CPPUNIT_TEST(testSubscriptionsThatTheHostRefuses);
    CPPUNIT_TEST(testSeriesMadeFromNothingCountsNowhere);
    CPPUNIT_TEST_SUITE_END();

public:
    void testEventIsHandledAndCounted()
    {
        auto plugin = Instance::of<Contador>(_host);
        plugin.start();
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{ZOCO_COMPETING}, _host.events().kindOf("pedidos.creado"));
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK},
                             _host.events().deliver("pedidos.creado", {{"importe", 7}}, "pedidos"));
        CPPUNIT_ASSERT_EQUAL(1.0, _host.metrics().value("pedidos_total", {{"origen", "evento"}}));
        CPPUNIT_ASSERT_EQUAL(7.0, _host.metrics().value("importe_ultimo"));
        CPPUNIT_ASSERT(std::vector<double>{0.25} == _host.metrics().observed("espera_seconds"));
        const auto published = _host.events().published();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, published.size());
        CPPUNIT_ASSERT_EQUAL(std::string("pedidos"), published[0].fields.at("de").text());
        CPPUNIT_ASSERT(published[0].fields.at("falta").isNull());
        CPPUNIT_ASSERT_EQUAL(7.0, published[0].fields.at("importe").real());
    }

    void testThrowingHandlerFailsAndIsLogged()
    {
        auto plugin = Instance::of<Contador>(_host);
        plugin.start();
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_FAILED}, _host.events().deliver("catalogo.cambiado"));
        CPPUNIT_ASSERT_EQUAL(std::string("boom"), _host.log().records().at(0).fields.at("what"));
        CPPUNIT_ASSERT_THROW(_host.events().deliver("otro.tema"), std::out_of_range);
    }

    void testFullQueueRefusesThePublisher()
    {
        _host.events().setFull(true);
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_UNAVAILABLE}, _api.events().publish("a.b"));
        CPPUNIT_ASSERT(_host.events().published().empty());
    }

    void testHealthWithItsReason()
    {
        auto plugin = Instance::of<Contador>(_host);
        plugin.start();
        const struct
        {
            int amount;
            std::uint32_t state;
            const char* reason;
        } cases[] = {{1, ZOCO_HEALTH_GOOD, ""},
                     {11, ZOCO_HEALTH_DEGRADED, "rather much"},
                     {51, ZOCO_HEALTH_BAD, "much"},
                     {101, ZOCO_HEALTH_BAD, "too much"}};
        for (const auto& c : cases)
        {
            _host.events().deliver("pedidos.creado", {{"importe", c.amount}});
            const auto health = plugin.health();
            CPPUNIT_ASSERT_EQUAL(c.state, health.state);
            CPPUNIT_ASSERT_EQUAL(std::string(c.reason), health.reason);
        }
    }

    void testMetricsThatTheHostRefuses()
    {
        const auto& metrics = _api.metrics();
        metrics.counter("a_total", "");
        CPPUNIT_ASSERT_THROW(metrics.counter("a_total", ""), ProblemException); // again
        for (const auto* name : {"", "A_total", "1_total", "a", "a-b_total", "a_total "})
            CPPUNIT_ASSERT_THROW_MESSAGE(name, metrics.counter(name, ""), ProblemException);
        for (const auto* name : {"b_total", "b_bucket", "b_sum", "b_count", "ñ"})
            CPPUNIT_ASSERT_THROW_MESSAGE(name, metrics.gauge(name, ""), ProblemException);
        CPPUNIT_ASSERT_THROW(metrics.gauge("c", "", {{"le", "x"}}), ProblemException);
        CPPUNIT_ASSERT_THROW(metrics.gauge("c", "", {{"x", "1"}, {"x", "2"}}), ProblemException);
        CPPUNIT_ASSERT_THROW(metrics.histogram("d", "", {}, {1, 1}), ProblemException);
        metrics.gauge("c", "", {{"x", "1"}});
        CPPUNIT_ASSERT(_host.metrics().has("c", {{"x", "1"}}) && !_host.metrics().has("c"));
    }

    void testUpdatesOfTheWrongKindAreRefused()
    {
        const auto* table = _host.metrics().raw();
        zoco_series* series[4] = {};
        for (std::uint32_t kind : {ZOCO_COUNTER, ZOCO_GAUGE, ZOCO_HISTOGRAM})
        {
            const zoco_metric metric{
                sizeof metric, kind, kind == ZOCO_COUNTER ? "a_total" : kind == ZOCO_GAUGE ? "b" : "c", "", {}, 0, 0,
                nullptr};
            CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, table->declare(table->self, &metric, &series[kind]));
        }
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_INVALID}, table->add(series[ZOCO_COUNTER], -1));
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_INVALID}, table->set(series[ZOCO_COUNTER], 1));
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_INVALID}, table->observe(series[ZOCO_GAUGE], 1));
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_INVALID}, table->add(series[ZOCO_HISTOGRAM], 1));
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_INVALID},
                             table->add(series[ZOCO_GAUGE], std::numeric_limits<double>::quiet_NaN()));
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, table->add(series[ZOCO_GAUGE], -1));
        CPPUNIT_ASSERT_EQUAL(-1.0, _host.metrics().value("b"));
    }

    void testSubscriptionsThatTheHostRefuses()
    {
        const auto ignore = [](const Event&) {};
        _api.events().subscribe("a.b", Delivery::Broadcast, ignore);
        CPPUNIT_ASSERT_THROW(_api.events().subscribe("a.b", Delivery::Competing, ignore), ProblemException);
        CPPUNIT_ASSERT_THROW(_api.events().subscribe("A", Delivery::Competing, ignore), ProblemException);
        CPPUNIT_ASSERT_THROW(_api.events().subscribe("c", Delivery::Competing, ignore, 100'001), ProblemException);
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_INVALID}, _api.events().publish(""));
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_INVALID}, _api.events().publish("a.b", {{"x", Value::ref(1, "id")}}));
    }

    void testSeriesMadeFromNothingCountsNowhere()
    {
        Counter().add();
        Gauge().set(1);
        Histogram().observe(1);
        CPPUNIT_ASSERT(!_host.metrics().has(""));
    }

private:
    FakeHost _host;
    Host _api{_host.raw()};
};

CPPUNIT_TEST_SUITE_REGISTRATION(FakeFiguresTest);

} // namespace
