#include "HostHarness.h"

#include "support/Eventually.h"

#include <cppunit/extensions/HelperMacros.h>

namespace
{

using namespace zoco::host::test;
using zoco::test::eventually;

/// Metrics, events and health of real plugins, from their library to the host's parts and back.
class InterfacesTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(InterfacesTest);
    CPPUNIT_TEST(testEventsComeBackAndAreCounted);
    CPPUNIT_TEST(testEndAccountsForEveryEvent);
    CPPUNIT_TEST(testNothingStaysRegistered);
    CPPUNIT_TEST(testUnwellPluginIsNotStarted);
    CPPUNIT_TEST(testRefusedRegistrationFailsTheInit);
    CPPUNIT_TEST_SUITE_END();

    static constexpr auto kSeen = "zoco_plugin_signals_vistos_total{tema=\"signals.dado\"} ";

    static int give(HostHarness& host)
    {
        FakeExchange exchange("POST", "/Dar");
        host.pipeline.onRequest(exchange);
        (void)exchange.response();
        return exchange.status();
    }
    static bool shows(HostHarness& host, const std::string& line)
    {
        return host.metrics.text().find(line) != std::string::npos;
    }

public:
    void testEventsComeBackAndAreCounted()
    {
        HostHarness host;
        CPPUNIT_ASSERT_MESSAGE(host.errorText(), host.start({HostHarness::fixture("signals")}));
        CPPUNIT_ASSERT(shows(host, std::string(kSeen) + "0\n"));
        for (int i = 0; i < 3; ++i) CPPUNIT_ASSERT_EQUAL(204, give(host));
        CPPUNIT_ASSERT(eventually([&] { return host.events.figures().handled == 3; }));
        CPPUNIT_ASSERT(shows(host, std::string(kSeen) + "6\n"));
        CPPUNIT_ASSERT(shows(host, "zoco_plugin_signals_espera_seconds_sum 0.75\n"));
        CPPUNIT_ASSERT(shows(host, "zoco_http_requests_total{plugin=\"signals\",status=\"2xx\"} 3\n"));
    }

    void testEndAccountsForEveryEvent()
    {
        HostHarness host;
        CPPUNIT_ASSERT_MESSAGE(host.errorText(), host.start({HostHarness::fixture("signals")}));
        for (int i = 0; i < 3; ++i) CPPUNIT_ASSERT_EQUAL(204, give(host));
        host.stop();
        const auto figures = host.events.figures();
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{3}, figures.handled + figures.lost); // none is forgotten
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, figures.waiting);
    }

    void testNothingStaysRegistered()
    {
        HostHarness host;
        CPPUNIT_ASSERT_MESSAGE(host.errorText(), host.start({HostHarness::fixture("signals")}));
        CPPUNIT_ASSERT(shows(host, kSeen));
        CPPUNIT_ASSERT(host.manager.start({}, host.errors));
        host.manager.retire();
        CPPUNIT_ASSERT(!shows(host, kSeen));
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, host.events.publish("test", "signals.dado", nullptr, 0));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, host.events.figures().waiting);
    }

    void testUnwellPluginIsNotStarted()
    {
        HostHarness host;
        CPPUNIT_ASSERT(!host.start({HostHarness::fixture("unwell")}));
        CPPUNIT_ASSERT_EQUAL(std::string("plugin unwell: probe failed: the bank is away\n"), host.errorText());
    }

    void testRefusedRegistrationFailsTheInit()
    {
        HostHarness host;
        CPPUNIT_ASSERT(!host.start({HostHarness::fixture("bad_registration")}));
        CPPUNIT_ASSERT(host.errorText().find("ends in _total") != std::string::npos);
        CPPUNIT_ASSERT(host.errorText().find("subscription 'Con Espacios'") != std::string::npos);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(InterfacesTest);

} // namespace
