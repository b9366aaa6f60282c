#include "support/ChildProcess.h"
#include "support/Eventually.h"
#include "support/RawClient.h"
#include "support/TempFolder.h"

#include <cppunit/extensions/HelperMacros.h>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <stdexcept>
#include <thread>

namespace zoco::test
{

namespace
{

/// Accepts one connection, waits for the end of a request's head, and sends what it was given.
class OneAnswer
{
public:
    explicit OneAnswer(std::string answer)
        : _listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)), _answer(std::move(answer))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        CPPUNIT_ASSERT_EQUAL(0, ::bind(_listener, reinterpret_cast<sockaddr*>(&address), size));
        CPPUNIT_ASSERT_EQUAL(0, ::listen(_listener, 1));
        ::getsockname(_listener, reinterpret_cast<sockaddr*>(&address), &size);
        port = ntohs(address.sin_port);
        _thread = std::thread([this] { serve(); });
    }
    ~OneAnswer()
    {
        _thread.join();
        ::close(_listener);
    }

    std::uint16_t port = 0;

private:
    void serve() const
    {
        const int fd = ::accept(_listener, nullptr, nullptr);
        std::string received;
        char buffer[512];
        while (received.find("\r\n\r\n") == std::string::npos)
        {
            const auto n = ::recv(fd, buffer, sizeof buffer, 0);
            if (n <= 0) break;
            received.append(buffer, static_cast<std::size_t>(n));
        }
        for (const char byte : _answer) ::send(fd, &byte, 1, MSG_NOSIGNAL);
        ::close(fd);
    }

    int _listener;
    std::string _answer;
    std::thread _thread;
};

} // namespace

class SupportTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(SupportTest);
    CPPUNIT_TEST(testTempFolderIsGoneAfterwards);
    CPPUNIT_TEST(testEventuallyGivesUpAtItsDeadline);
    CPPUNIT_TEST(testProcessIsCollected);
    CPPUNIT_TEST(testProcessIsKilledAtItsDeadline);
    CPPUNIT_TEST(testChildSeesNoVariableOfOurs);
    CPPUNIT_TEST(testChildIsGoneWithItsObject);
    CPPUNIT_TEST(testMissingProgramThrows);
    CPPUNIT_TEST(testReadsBodyByLength);
    CPPUNIT_TEST(testReadsBodyInChunks);
    CPPUNIT_TEST(testReadsBodyUpToTheEnd);
    CPPUNIT_TEST(testReadsInterimAnswerFirst);
    CPPUNIT_TEST(testCutAnswerThrows);
    CPPUNIT_TEST(testProblemSlug);
    CPPUNIT_TEST_SUITE_END();

public:
    void testTempFolderIsGoneAfterwards()
    {
        std::string path;
        {
            const TempFolder folder;
            path = folder.path();
            folder.write("a/b.txt", "text");
            CPPUNIT_ASSERT_EQUAL(std::string("text"), folder.read("a/b.txt"));
        }
        CPPUNIT_ASSERT(!std::filesystem::exists(path));
    }

    void testEventuallyGivesUpAtItsDeadline()
    {
        CPPUNIT_ASSERT(eventually([] { return true; }, std::chrono::milliseconds(0)));
        CPPUNIT_ASSERT(!eventually([] { return false; }, std::chrono::milliseconds(5)));
    }

    void testProcessIsCollected()
    {
        const auto result = runProcess({"sh", "-c", "cat; echo bad >&2; exit 3"}, {}, "in");
        CPPUNIT_ASSERT_EQUAL(3, result.status.code);
        CPPUNIT_ASSERT_EQUAL(std::string("in"), result.out);
        CPPUNIT_ASSERT_EQUAL(std::string("bad\n"), result.error);
        CPPUNIT_ASSERT(!result.isTimedOut);
    }

    void testProcessIsKilledAtItsDeadline()
    {
        const auto result = runProcess({"sleep", "100"}, {}, {}, std::chrono::milliseconds(20));
        CPPUNIT_ASSERT(result.isTimedOut);
        CPPUNIT_ASSERT_EQUAL(SIGKILL, result.status.signal);
    }

    void testChildSeesNoVariableOfOurs()
    {
        ::setenv("ZOCO_SUPPORT_TEST", "1", 1);
        const auto result = runProcess({"sh", "-c", "echo $ZOCO_SUPPORT_TEST$ZOCO_ADDED"}, {{"ZOCO_ADDED=2"}, {}});
        ::unsetenv("ZOCO_SUPPORT_TEST");
        CPPUNIT_ASSERT_EQUAL(std::string("2\n"), result.out);
    }

    void testChildIsGoneWithItsObject()
    {
        pid_t pid = -1;
        {
            const ChildProcess child({"sleep", "100"});
            pid = child.pid();
            CPPUNIT_ASSERT_EQUAL(0, ::kill(pid, 0));
        }
        CPPUNIT_ASSERT_EQUAL(-1, ::kill(pid, 0));
    }

    void testMissingProgramThrows() { CPPUNIT_ASSERT_THROW(runProcess({"/no/such/program"}), std::system_error); }

    void testReadsBodyByLength()
    {
        const OneAnswer server("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nX: y\r\n\r\nabcrest");
        RawClient client(server.port);
        const auto response = client.request("GET", "/");
        CPPUNIT_ASSERT_EQUAL(200, response.status);
        CPPUNIT_ASSERT_EQUAL(std::string("abc"), response.body);
        CPPUNIT_ASSERT_EQUAL(std::string("y"), response.header("x"));
        CPPUNIT_ASSERT_EQUAL(std::string("rest"), client.receiveUntil([](auto& all) { return all.size() == 4; }));
        CPPUNIT_ASSERT(client.isClosedByPeer());
    }

    void testReadsBodyInChunks()
    {
        const OneAnswer server(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\nT: x\r\n\r\n");
        RawClient client(server.port);
        CPPUNIT_ASSERT_EQUAL(std::string("abc"), client.request("GET", "/").body);
        CPPUNIT_ASSERT(client.pending().empty());
    }

    void testReadsBodyUpToTheEnd()
    {
        const OneAnswer server("HTTP/1.0 200 OK\r\n\r\nall of it");
        CPPUNIT_ASSERT_EQUAL(std::string("all of it"), RawClient(server.port).request("GET", "/").body);
    }

    void testReadsInterimAnswerFirst()
    {
        const OneAnswer server("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n");
        RawClient client(server.port);
        CPPUNIT_ASSERT_EQUAL(100, client.request("GET", "/").status);
        CPPUNIT_ASSERT_EQUAL(204, client.readResponse().status);
    }

    void testCutAnswerThrows()
    {
        const OneAnswer server("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc");
        RawClient client(server.port);
        CPPUNIT_ASSERT_THROW(client.request("GET", "/"), std::runtime_error);
    }

    void testProblemSlug()
    {
        HttpResponse response;
        response.body = R"({"type":"urn:zoco:problem:not-found","status":404})";
        CPPUNIT_ASSERT_EQUAL(std::string(), response.problemSlug());
        response.headers.emplace_back("content-type", "application/problem+json");
        CPPUNIT_ASSERT_EQUAL(std::string("not-found"), response.problemSlug());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SupportTest);

} // namespace zoco::test
