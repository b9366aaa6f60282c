#include "http/Visita.h"
#include "zoco/testing/FakeHttp.h"

#include <cppunit/extensions/HelperMacros.h>

#include <optional>

using namespace usuarios;

class VisitaTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(VisitaTest);
    CPPUNIT_TEST(testNetworks);
    CPPUNIT_TEST(testWhoAsks);
    CPPUNIT_TEST(testBrowsersAreShownSafely);
    CPPUNIT_TEST_SUITE_END();

    static Visita of(zoco::testing::FakeRequest request)
    {
        std::optional<Visita> out;
        zoco::testing::FakeHttp http;
        zoco::Http face(http.raw(), zoco::Log());
        face.route("GET", "/", {.auth = zoco::Auth::Public},
                   [&](const zoco::Request& r)
                   {
                       out.emplace(r);
                       return zoco::Reply::empty(204);
                   });
        request.path = "/";
        http.send(std::move(request));
        return out.value();
    }

    void testNetworks()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("192.0.2.7"), networkOf("192.0.2.7"));
        CPPUNIT_ASSERT_EQUAL(networkOf("2001:db8:1:2:3::4"), networkOf("2001:db8:1:2:ffff::1"));
        CPPUNIT_ASSERT(networkOf("2001:db8:1:2::1") != networkOf("2001:db8:1:3::1"));
        CPPUNIT_ASSERT(networkOf("::ffff:192.0.2.7") != networkOf("::ffff:192.0.2.8"));
    }

    void testWhoAsks()
    {
        const auto visita = of({.headers = {{"Accept-Language", "en-GB,en;q=0.9"}},
                                .claims = {{"sub", "u1"}, {"sid", "s1"}, {"auth_time", "1700000000"}}});
        CPPUNIT_ASSERT_EQUAL(std::string("u1"), visita.usuario);
        CPPUNIT_ASSERT_EQUAL(std::string("s1"), visita.sesion);
        CPPUNIT_ASSERT_EQUAL(std::int64_t(1'700'000'000'000'000), visita.autenticado);
        CPPUNIT_ASSERT_EQUAL(std::string("en"), visita.idioma);
        CPPUNIT_ASSERT_EQUAL(std::string("es"), of({.headers = {{"Accept-Language", "ca, es"}}}).idioma);
        CPPUNIT_ASSERT_EQUAL(std::int64_t(0), of({}).autenticado);
    }

    void testBrowsersAreShownSafely()
    {
        const auto visita = of({.headers = {{"User-Agent", "Fire\u202Efox/119.0\xFF (X11)\x01"}}});
        CPPUNIT_ASSERT_EQUAL(std::string("Firefox/119.0 (X11)"), visita.agente);
        CPPUNIT_ASSERT_EQUAL(visita.familia, of({.headers = {{"User-Agent", "Firefox/120.1 (X11)"}}}).familia);
        CPPUNIT_ASSERT(of({.headers = {{"User-Agent", std::string(5000, 'x')}}}).agente.size() <= 200);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(VisitaTest);
