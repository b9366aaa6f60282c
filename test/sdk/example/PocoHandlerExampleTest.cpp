#include "zoco/testing/Instance.h"

#include <cppunit/extensions/HelperMacros.h>

extern "C" const zoco_plugin_entry zoco_entry;

namespace
{

using namespace zoco::testing;

class PocoHandlerExampleTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(PocoHandlerExampleTest);
    CPPUNIT_TEST(testEchoTellsWhatItReceived);
    CPPUNIT_TEST(testFormIsReadAndCookiesAreSet);
    CPPUNIT_TEST(testFormInTheQueryIsRead);
    CPPUNIT_TEST(testMissingFieldRedirects);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override { _plugin.start(); }

    void testEchoTellsWhatItReceived()
    {
        const auto& call = _host.http().send({.method = "POST",
                                              .path = "/Poco/echo?a=%20b",
                                              .body = "one\ntwo",
                                              .headers = {{"User-Agent", "test/1"}, {"Content-Length", "7"}},
                                              .clientAddress = "192.0.2.7"});
        CPPUNIT_ASSERT_EQUAL(200, call.status());
        CPPUNIT_ASSERT_EQUAL(std::string("POST /Poco/echo?a=%20b\nagent: test/1\nfrom: 192.0.2.7\none\ntwo"),
                             call.body());
        CPPUNIT_ASSERT_EQUAL(std::string("EchoHandler"), call.header("X-Seen-By"));
    }

    void testFormIsReadAndCookiesAreSet()
    {
        const auto& call = _host.http().send(
            {.method = "POST",
             .path = "/Poco/formulario",
             .body = "nombre=Ana+%3Cb%3E&x=1",
             .headers = {{"content-type", "application/x-www-form-urlencoded"}, {"Cookie", "a=1; ultimo=Eva"}}});
        CPPUNIT_ASSERT_EQUAL(201, call.status());
        CPPUNIT_ASSERT_EQUAL(std::string("<p>Gracias, Ana &lt;b&gt;; antes: Eva</p>"), call.body());
        std::string cookies;
        for (const auto& [name, value] : call.headers())
            if (name == "Set-Cookie") cookies += value + "\n";
        CPPUNIT_ASSERT_EQUAL(std::string("ultimo=Ana%20%3Cb%3E; path=/Poco; HttpOnly\nvisto=si\n"), cookies);
    }

    void testFormInTheQueryIsRead()
    {
        CPPUNIT_ASSERT_EQUAL(201, _host.http().get("/Poco/formulario?nombre=Ana").status());
    }

    void testMissingFieldRedirects()
    {
        const auto& call = _host.http().get("/Poco/formulario");
        CPPUNIT_ASSERT_EQUAL(302, call.status());
        CPPUNIT_ASSERT_EQUAL(std::string("/Poco/echo"), call.header("Location"));
    }

private:
    FakeHost _host;
    Instance _plugin{_host, zoco_entry};
};

CPPUNIT_TEST_SUITE_REGISTRATION(PocoHandlerExampleTest);

} // namespace
