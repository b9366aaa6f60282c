#include "core/net/ClientUrl.h"

#include <cppunit/extensions/HelperMacros.h>

namespace zoco::host::test
{

class ClientUrlTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(ClientUrlTest);
    CPPUNIT_TEST(testParts);
    CPPUNIT_TEST(testWhatIsNone);
    CPPUNIT_TEST_SUITE_END();

public:
    void testParts()
    {
        const struct
        {
            const char* text;
            bool isTls;
            const char* host;
            int port;
            const char* authority;
            const char* target;
        } cases[] = {
            {"http://a", false, "a", 80, "a", "/"},
            {"https://pay.example/v1/x?y=%2F", true, "pay.example", 443, "pay.example", "/v1/x?y=%2F"},
            {"http://127.0.0.1:8080?q", false, "127.0.0.1", 8080, "127.0.0.1:8080", "/?q"},
            {"https://[::1]:443/", true, "::1", 443, "[::1]:443", "/"},
        };
        for (const auto& c : cases)
        {
            const auto url = ClientUrl::parse(c.text);
            CPPUNIT_ASSERT_MESSAGE(c.text, url.has_value());
            CPPUNIT_ASSERT_EQUAL(c.isTls, url->isTls);
            CPPUNIT_ASSERT_EQUAL(std::string(c.host), url->host);
            CPPUNIT_ASSERT_EQUAL(c.port, int(url->port));
            CPPUNIT_ASSERT_EQUAL(std::string(c.authority), url->authority);
            CPPUNIT_ASSERT_EQUAL(std::string(c.target), url->target);
        }
    }

    void testWhatIsNone()
    {
        for (const std::string text : {"",
                                       "ftp://a/",
                                       "//a/",
                                       "http://",
                                       "http:///x",
                                       "http://:80/",
                                       "http://u@a/",
                                       "http://a:b@c/",
                                       "http://a/#f",
                                       "http://a/ b",
                                       "http://a/\r\nX: y",
                                       "http://a\r\nX: y/",
                                       "http://a:0/",
                                       "http://a:65536/",
                                       "http://a:8o/",
                                       "http://a:/",
                                       "http://[::1",
                                       "http://[::1]8/",
                                       "http://[a.b]/",
                                       "http://caf\xc3\xa9/",
                                       "http://a,b/"})
            CPPUNIT_ASSERT_MESSAGE(text, !ClientUrl::parse(text));
        CPPUNIT_ASSERT(!ClientUrl::parse(std::string_view("http://a/\0", 10)));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ClientUrlTest);

} // namespace zoco::host::test
