#include "zoco/PocoHandler.h"

#include "zoco/testing/FakeHost.h"

#include "zoco/Host.h"

#include <Poco/Net/HTTPBasicCredentials.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/StreamCopier.h>

#include <cppunit/extensions/HelperMacros.h>

#include <filesystem>
#include <fstream>
#include <functional>

namespace
{

using namespace zoco::testing;
using Poco::Net::HTTPResponse;
using PocoReq = Poco::Net::HTTPServerRequest;
using PocoRes = Poco::Net::HTTPServerResponse;

/// A Poco handler out of a lambda.
class Lambda final : public Poco::Net::HTTPRequestHandler
{
public:
    using Body = std::function<void(PocoReq&, PocoRes&)>;
    explicit Lambda(Body body) : _body(std::move(body)) {}
    void handleRequest(PocoReq& request, PocoRes& response) override { _body(request, response); }

private:
    Body _body;
};

class NullFactory final : public Poco::Net::HTTPRequestHandlerFactory
{
public:
    Poco::Net::HTTPRequestHandler* createRequestHandler(const PocoReq&) override { return nullptr; }
};

class PocoHandlerTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(PocoHandlerTest);
    CPPUNIT_TEST(testRequestIsSeenAsByPocosServer);
    CPPUNIT_TEST(testAddressesAndParams);
    CPPUNIT_TEST(testHeadersAreNotDecoded);
    CPPUNIT_TEST(testChunkedBodyIsSeenWithItsLength);
    CPPUNIT_TEST(testStatusAndHeadersCountAtSend);
    CPPUNIT_TEST(testHeadersOfTheHostAreLeftOut);
    CPPUNIT_TEST(testContentLengthEndsTheBody);
    CPPUNIT_TEST(testBinaryBufferIsKept);
    CPPUNIT_TEST(testSendFile);
    CPPUNIT_TEST(testSendFileThatIsMissingIs500);
    CPPUNIT_TEST(testRequireAuthenticationAlone);
    CPPUNIT_TEST(testRedirect);
    CPPUNIT_TEST(testExceptionsAre500AndLogged);
    CPPUNIT_TEST(testSendingTwiceIs500);
    CPPUNIT_TEST(testNullHandlerIs501);
    CPPUNIT_TEST_SUITE_END();

public:
    void testRequestIsSeenAsByPocosServer()
    {
        std::string seen;
        handleBy(
            [&](PocoReq& request, PocoRes& response)
            {
                std::string body;
                Poco::StreamCopier::copyToString(request.stream(), body);
                const Poco::Net::HTTPBasicCredentials who(request);
                seen = request.getMethod() + "|" + request.getURI() + "|" + request.getVersion() + "|" +
                       request.getHost() + "|" + request.get("x-many") + "|" + who.getUsername() + "|" + body + "|" +
                       std::to_string(request.getContentLength()) + "|" + request.getContentType();
                CPPUNIT_ASSERT_EQUAL(static_cast<PocoRes*>(&response), &request.response());
            });
        send({.method = "POST",
              .path = "/p/x%20y?q=%31",
              .body = "ab",
              .headers = {{"Host", "tienda.example"},
                          {"X-Many", "1"},
                          {"X-Many", "2"},
                          {"content-length", "2"},
                          {"Content-Type", "text/plain"},
                          {"Authorization", "Basic YW5hOngx"}}});
        CPPUNIT_ASSERT_EQUAL(std::string("POST|/p/x%20y?q=%31|HTTP/1.1|tienda.example|1|ana|ab|2|text/plain"), seen);
    }

    void testAddressesAndParams()
    {
        const struct
        {
            const char *client, *url, *seen;
        } cases[] = {
            {"192.0.2.7", "http://localhost:8080", "192.0.2.7 127.0.0.1:8080 plain localhost:8080"},
            {"2001:db8::1", "https://tienda.example", "2001:db8::1 127.0.0.1:443 secure tienda.example"},
            {"unix", "http://10.1.2.3", "127.0.0.1 10.1.2.3:80 plain 10.1.2.3"},
        };
        std::string seen;
        handleBy(
            [&](PocoReq& request, PocoRes&)
            {
                seen = request.clientAddress().host().toString() + " " + request.serverAddress().toString() +
                       (request.secure() ? " secure " : " plain ") + request.serverParams().getServerName();
                CPPUNIT_ASSERT_EQUAL(std::string("Zoco"), request.serverParams().getSoftwareVersion());
            });
        for (const auto& c : cases)
        {
            send({.path = "/p/x", .clientAddress = c.client, .publicUrl = c.url});
            CPPUNIT_ASSERT_EQUAL(std::string(c.seen), seen);
        }
    }

    /// Poco's own server turns these words into real line ends.
    void testHeadersAreNotDecoded()
    {
        const std::string word = "=?UTF-8?B?YQ0KRXZpbDogMQ==?=";
        std::string seen;
        handleBy([&](PocoReq& request, PocoRes&) { seen = request.get("X-Word"); });
        send({.path = "/p/x", .headers = {{"X-Word", word}}});
        CPPUNIT_ASSERT_EQUAL(word, seen);
    }

    void testChunkedBodyIsSeenWithItsLength()
    {
        handleBy(
            [](PocoReq& request, PocoRes&)
            {
                CPPUNIT_ASSERT(!request.getChunkedTransferEncoding());
                CPPUNIT_ASSERT_EQUAL(std::streamsize{3}, request.getContentLength());
            });
        const auto& call =
            send({.method = "POST", .path = "/p/x", .body = "abc", .headers = {{"Transfer-Encoding", "chunked"}}});
        CPPUNIT_ASSERT_EQUAL(200, call.status());
    }

    void testStatusAndHeadersCountAtSend()
    {
        handleBy(
            [](PocoReq&, PocoRes& response)
            {
                CPPUNIT_ASSERT(!response.sent());
                response.setStatusAndReason(HTTPResponse::HTTP_ACCEPTED, "Fine");
                response.set("X-Before", "1");
                auto& out = response.send();
                CPPUNIT_ASSERT(response.sent());
                response.setStatus(HTTPResponse::HTTP_NOT_FOUND);
                response.set("X-After", "1");
                out << "a" << 1;
            });
        const auto& call = send({.path = "/p/x"});
        CPPUNIT_ASSERT_EQUAL(202, call.status());
        CPPUNIT_ASSERT_EQUAL(std::string("a1"), call.body());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, call.headers().size());
        CPPUNIT_ASSERT_EQUAL(std::string("1"), call.header("X-Before"));
    }

    void testHeadersOfTheHostAreLeftOut()
    {
        handleBy(
            [](PocoReq&, PocoRes& response)
            {
                response.setDate(Poco::Timestamp());
                response.setKeepAlive(true);
                response.setChunkedTransferEncoding(true);
                response.set("keep-alive", "timeout=5");
                response.setContentType("text/plain");
                response.send() << "x";
            });
        const auto& call = send({.path = "/p/x"});
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, call.headers().size());
        CPPUNIT_ASSERT_EQUAL(std::string("text/plain"), call.header("Content-Type"));
    }

    void testContentLengthEndsTheBody()
    {
        handleBy(
            [](PocoReq&, PocoRes& response)
            {
                response.setContentLength(3);
                response.send() << "abcdef";
            });
        CPPUNIT_ASSERT_EQUAL(std::string("abc"), send({.path = "/p/x"}).body());
    }

    void testBinaryBufferIsKept()
    {
        const std::string bytes("\0\r\n\xff\0", 5);
        handleBy([&](PocoReq&, PocoRes& response) { response.sendBuffer(bytes.data(), bytes.size()); });
        CPPUNIT_ASSERT_EQUAL(bytes, send({.path = "/p/x"}).body());
    }

    void testSendFile()
    {
        const auto path = _host.files().folder() + "/f.bin";
        std::ofstream(path, std::ios::binary) << std::string(100'000, 'z');
        handleBy([&](PocoReq&, PocoRes& response) { response.sendFile(path, "image/png"); });
        const auto& call = send({.path = "/p/x"});
        CPPUNIT_ASSERT_EQUAL(std::size_t{100'000}, call.body().size());
        CPPUNIT_ASSERT_EQUAL(std::string("image/png"), call.header("Content-Type"));
        CPPUNIT_ASSERT(!call.header("Last-Modified").empty());
    }

    void testSendFileThatIsMissingIs500()
    {
        handleBy([&](PocoReq&, PocoRes& response) { response.sendFile(_host.files().folder() + "/none", "a/b"); });
        CPPUNIT_ASSERT_EQUAL(500, send({.path = "/p/x"}).status());
    }

    void testRequireAuthenticationAlone()
    {
        handleBy([](PocoReq&, PocoRes& response) { response.requireAuthentication("tienda"); });
        const auto& call = send({.path = "/p/x"});
        CPPUNIT_ASSERT_EQUAL(401, call.status());
        CPPUNIT_ASSERT_EQUAL(std::string("Basic realm=\"tienda\""), call.header("WWW-Authenticate"));
    }

    void testRedirect()
    {
        handleBy([](PocoReq&, PocoRes& response)
                 { response.redirect("http://x.example/", HTTPResponse::HTTP_SEE_OTHER); });
        const auto& call = send({.path = "/p/x"});
        CPPUNIT_ASSERT_EQUAL(303, call.status());
        CPPUNIT_ASSERT_EQUAL(std::string("http://x.example/"), call.header("Location"));
        CPPUNIT_ASSERT(call.body().empty());
    }

    void testExceptionsAre500AndLogged()
    {
        const struct
        {
            std::function<void()> raise;
            const char* logged;
        } cases[] = {
            {[] { throw Poco::NotFoundException("fila 7"); }, "Not found: fila 7"},
            {[] { throw std::runtime_error("std"); }, "std"},
            {[] { throw 1; }, "something that is not a std::exception"},
        };
        std::function<void()> raise;
        handleBy(
            [&](PocoReq&, PocoRes& response)
            {
                response.send() << "half";
                raise();
            });
        for (const auto& c : cases)
        {
            raise = c.raise;
            const auto& call = send({.path = "/p/x"});
            CPPUNIT_ASSERT_EQUAL(500, call.status());
            CPPUNIT_ASSERT(call.body().empty());
            CPPUNIT_ASSERT_EQUAL(std::string(c.logged), _host.log().records().back().fields.at("what"));
        }
    }

    void testSendingTwiceIs500()
    {
        handleBy(
            [](PocoReq&, PocoRes& response)
            {
                response.send();
                response.redirect("/");
            });
        CPPUNIT_ASSERT_EQUAL(500, send({.path = "/p/x"}).status());
    }

    void testNullHandlerIs501()
    {
        zoco::pocoRoute(_api.http(), "GET", "/p/{x}", {}, Poco::Net::HTTPRequestHandlerFactory::Ptr(new NullFactory));
        CPPUNIT_ASSERT_EQUAL(501, send({.path = "/p/x"}).status());
    }

private:
    void handleBy(const Lambda::Body& body)
    {
        for (const auto* method : {"GET", "POST"})
            zoco::pocoRoute(_api.http(), method, "/p/{x}", {}, [body] { return new Lambda(body); });
    }
    FakeCall& send(FakeRequest request) { return _host.http().send(std::move(request)); }

    FakeHost _host;
    zoco::Host _api{_host.raw()};
};

CPPUNIT_TEST_SUITE_REGISTRATION(PocoHandlerTest);

} // namespace
