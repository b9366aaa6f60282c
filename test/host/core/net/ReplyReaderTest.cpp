#include "core/net/ReplyReader.h"
#include "core/net/HttpFault.h"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <cstring>

namespace zoco::host::test
{

class ReplyReaderTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(ReplyReaderTest);
    CPPUNIT_TEST(testGoodAnswersHoweverTheyArrive);
    CPPUNIT_TEST(testHeadHasNoBody);
    CPPUNIT_TEST(testWhatIsCutOffIsNoAnswer);
    CPPUNIT_TEST(testWhatBreaksTheRulesIsRefused);
    CPPUNIT_TEST(testBoundsOfTheBodyAreExact);
    CPPUNIT_TEST(testEndlessHeadIsRefused);
    CPPUNIT_TEST_SUITE_END();

    static HttpReply read(std::string bytes, std::size_t step = 1u << 20, bool isHead = false, std::uint64_t most = 100)
    {
        std::size_t at = 0;
        const auto source = [&](char* into, std::size_t size)
        {
            const auto part = std::min({size, step, bytes.size() - at});
            std::memcpy(into, bytes.data() + at, part);
            at += part;
            return part;
        };
        return ReplyReader(source, most).read(isHead);
    }
    static zoco_status fault(const std::string& bytes, std::uint64_t most = 100)
    {
        try
        {
            (void)read(bytes, 1u << 20, false, most);
            return ZOCO_OK;
        }
        catch (const HttpFault& e)
        {
            return e.status();
        }
    }

public:
    void testGoodAnswersHoweverTheyArrive()
    {
        const std::string answers[] = {
            "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nX: a\r\n\r\nhola",
            "HTTP/1.1 200\r\nTransfer-Encoding: Chunked\r\nX: a\r\n\r\n1\r\nh\r\n003;e=f\r\nola\r\n0\r\nT: u\r\n\r\n",
            "HTTP/1.0 200 OK\r\nX:a \r\n\r\nhola",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nX: "
            "a\r\nContent-Length: "
            "4\r\nContent-Length: 4\r\n\r\nhola",
        };
        for (const auto& answer : answers)
            for (const std::size_t step : {1, 2, 7, 1000})
            {
                const auto reply = read(answer, step);
                CPPUNIT_ASSERT_EQUAL(200, reply.status);
                CPPUNIT_ASSERT_EQUAL_MESSAGE(answer, std::string("hola"), reply.body);
                CPPUNIT_ASSERT(std::find(reply.headers.begin(), reply.headers.end(),
                                         std::pair<std::string, std::string>("X", "a")) != reply.headers.end());
            }
        CPPUNIT_ASSERT_EQUAL(std::string(), read("HTTP/1.1 204 No\r\n\r\n").body);
    }

    void testHeadHasNoBody()
    {
        CPPUNIT_ASSERT_EQUAL(std::string(), read("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n", 9, true).body);
    }

    void testWhatIsCutOffIsNoAnswer()
    {
        const std::string answers[] = {
            "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhola",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhola\r\n0\r\n\r\n",
        };
        for (const auto& answer : answers)
            for (std::size_t size = 0; size < answer.size(); ++size)
                CPPUNIT_ASSERT_EQUAL_MESSAGE(answer.substr(0, size), ZOCO_E_UNKNOWN_OUTCOME + 0,
                                             fault(answer.substr(0, size)));
    }

    void testWhatBreaksTheRulesIsRefused()
    {
        const std::string ok = "HTTP/1.1 200 OK\r\n";
        for (const std::string& answer : {
                 std::string("HTTP/2 200 OK\r\n\r\n"),
                 std::string("HTTP/1.1 99 OK\r\n\r\n"),
                 std::string("HTTP/1.1 600 OK\r\n\r\n"),
                 std::string("HTTP/1.1 2000 OK\r\n\r\n"),
                 std::string("HTTP/1.1 101 Switch\r\n\r\n"),
                 std::string("HTTP/1.1 200 OK\n\n"),
                 ok + "X: a\nY: b\r\n\r\n",
                 ok + "X: a\r\n folded\r\n\r\n",
                 ok + "X : a\r\n\r\n",
                 ok + "none\r\n\r\n",
                 ok + "X: a\rb\r\n\r\n",
                 ok + std::string("X: a\0b\r\n\r\n", 11),
                 ok + "Content-Length: -1\r\n\r\n",
                 ok + "Content-Length: +1\r\n\r\nx",
                 ok + "Content-Length: \r\n\r\n",
                 ok + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
                 ok + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                 ok + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                 ok + "Transfer-Encoding: chunked\r\n\r\nx\r\n",
                 ok + "Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n",
                 std::string("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
             })
            CPPUNIT_ASSERT_EQUAL_MESSAGE(answer, ZOCO_E_FAILED + 0, fault(answer));
    }

    void testBoundsOfTheBodyAreExact()
    {
        const std::string head = "HTTP/1.1 200 OK\r\n";
        for (const auto& [body, status] : {std::pair<std::string, int>("aaaa", ZOCO_OK), {"aaaaa", ZOCO_E_FAILED}})
        {
            const auto size = std::to_string(body.size());
            CPPUNIT_ASSERT_EQUAL(status, fault(head + "\r\n" + body, 4));
            CPPUNIT_ASSERT_EQUAL(status, fault(head + "Content-Length: " + size + "\r\n\r\n" + body, 4));
            CPPUNIT_ASSERT_EQUAL(
                status, fault(head + "Transfer-Encoding: chunked\r\n\r\n" + size + "\r\n" + body + "\r\n0\r\n\r\n", 4));
        }
        CPPUNIT_ASSERT_EQUAL(ZOCO_E_FAILED + 0,
                             fault(head + "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\nffffffffffffffff\r\n", 4));
    }

    void testEndlessHeadIsRefused()
    {
        const auto endless = [](char* into, std::size_t size)
        {
            std::memset(into, 'a', size);
            return size;
        };
        CPPUNIT_ASSERT_THROW((void)ReplyReader(endless, 100).read(false), HttpFault);
        std::string many = "HTTP/1.1 200 OK\r\n";
        for (int i = 0; i < 10'000; ++i) many += "A: b\r\n";
        CPPUNIT_ASSERT_EQUAL(ZOCO_E_FAILED + 0, fault(many));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ReplyReaderTest);

} // namespace zoco::host::test
