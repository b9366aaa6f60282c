#include "integration/Certificates.h"
#include "integration/Examples.h"
#include "support/Eventually.h"
#include "support/RawClient.h"
#include "support/TlsClient.h"

#include <cppunit/extensions/HelperMacros.h>

#include <sys/socket.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <memory>
#include <vector>

using namespace zoco::test;

/// TLS on the host's own listener, as clients on the wire see it.
class TlsListenerTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(TlsListenerTest);
    CPPUNIT_TEST(testServesOverTls);
    CPPUNIT_TEST(testVersionsAndProtocols);
    CPPUNIT_TEST(testKeepAliveAndPipelining);
    CPPUNIT_TEST(testLargeBodiesBothWays);
    CPPUNIT_TEST(testLargeUpload);
    CPPUNIT_TEST(testClientThatReadsSlowlyGetsAll);
    CPPUNIT_TEST(testSessionsAreResumed);
    CPPUNIT_TEST(testRenegotiationIsRefused);
    CPPUNIT_TEST(testSlowHandshakeIsEnded);
    CPPUNIT_TEST(testPlainHttpIsToldWhatToSpeak);
    CPPUNIT_TEST(testGarbageHarmsNobody);
    CPPUNIT_TEST(testReloadTakesTheNewCertificate);
    CPPUNIT_TEST(testBadCertificateIsNotTaken);
    CPPUNIT_TEST(testManyConnections);
    CPPUNIT_TEST(testFaultsStopTheStart);
    CPPUNIT_TEST_SUITE_END();

    Certificates _certificates;
    TempFolder _folder;

    HostOptions options()
    {
        _certificates.issue("server", "IP:127.0.0.1,DNS:localhost", "serverAuth");
        install("server");
        auto out = onlyPlugins({"hola", "lento", "poco-handler"});
        out.defines.insert(out.defines.end(), {{"host.listen", "https://127.0.0.1:0,127.0.0.1:0"},
                                               {"host.tls_certificate", _folder.path("server.pem")},
                                               {"host.tls_key", _folder.path("server.key")},
                                               {"host.header_timeout_ms", "400"},
                                               {"web.root", _folder.path("web")}});
        std::filesystem::create_directories(_folder.path("web"));
        return out;
    }
    void install(const std::string& name)
    {
        using std::filesystem::copy_options;
        std::filesystem::copy_file(_certificates.certificate(name), _folder.path("server.pem"),
                                   copy_options::overwrite_existing);
        std::filesystem::copy_file(_certificates.key(name), _folder.path("server.key"),
                                   copy_options::overwrite_existing);
        std::filesystem::permissions(_folder.path("server.key"),
                                     std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    }
    static std::string get(const std::string& target)
    {
        return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    }
    static std::string ana(TlsClient& client)
    {
        client.send(get("/Hola/Ana"));
        return client.answer();
    }
    static bool isAna(const std::string& answer) { return answer.ends_with(R"({"saludo":"Hola, Ana"})"); }
    static std::string nameOf(TlsClient& client)
    {
        char name[200] = "";
        const std::unique_ptr<X509, decltype(&X509_free)> peer(SSL_get1_peer_certificate(client.ssl()), &X509_free);
        X509_NAME_oneline(X509_get_subject_name(peer.get()), name, sizeof name);
        return name;
    }

public:
    void testServesOverTls()
    {
        HostProcess host(options());
        CPPUNIT_ASSERT_EQUAL("https://127.0.0.1:" + std::to_string(host.port()), host.url());
        const auto curl = runProcess({"curl", "-sS", "--cacert", _certificates.ca(), host.url() + "/Hola/Ana"});
        CPPUNIT_ASSERT_EQUAL_MESSAGE(curl.error, std::string(R"({"saludo":"Hola, Ana"})"), curl.out);
        CPPUNIT_ASSERT(
            eventually([&] { return host.log().find(R"("public_url":"https://localhost:)") != std::string::npos; }));
        TlsClient client(host.port(), {.ca = _certificates.ca()});
        client.send("GET /Hola/Ana HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        CPPUNIT_ASSERT(isAna(client.answer()));
        CPPUNIT_ASSERT(client.isEnded());
    }

    void testVersionsAndProtocols()
    {
        HostProcess host(options());
        for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION})
        {
            TlsClient client(host.port(), {.version = version});
            CPPUNIT_ASSERT_EQUAL(version, client.version());
            CPPUNIT_ASSERT(isAna(ana(client)));
        }
        for (const int version : {TLS1_VERSION, TLS1_1_VERSION})
            CPPUNIT_ASSERT_THROW(TlsClient(host.port(), {.version = version}), std::runtime_error);
        TlsClient client(host.port(), {.protocols = "\2h2\10http/1.1"});
        const unsigned char* chosen = nullptr;
        unsigned size = 0;
        SSL_get0_alpn_selected(client.ssl(), &chosen, &size);
        CPPUNIT_ASSERT_EQUAL(std::string("http/1.1"), std::string(reinterpret_cast<const char*>(chosen), size));
        CPPUNIT_ASSERT_THROW(TlsClient(host.port(), {.protocols = "\2h2"}), std::runtime_error);
    }

    void testKeepAliveAndPipelining()
    {
        HostProcess host(options());
        TlsClient client(host.port());
        for (int i = 0; i < 50; ++i) CPPUNIT_ASSERT(isAna(ana(client)));
        std::string many;
        for (int i = 0; i < 50; ++i) many += get(i % 2 == 0 ? "/Hola/Ana" : "/Lento/1");
        client.send(many);
        for (int i = 0; i < 50; ++i) CPPUNIT_ASSERT_EQUAL(i % 2 == 0, isAna(client.answer()));
        for (const char c : get("/Hola/Ana")) client.send(std::string(1, c)); // a record each
        CPPUNIT_ASSERT(isAna(client.answer()));
    }

    /// From a file, from memory, and in a request that waits for "go on".
    void testLargeBodiesBothWays()
    {
        HostProcess host(options());
        std::string content;
        for (int i = 0; content.size() < 5'000'000; ++i) content += std::to_string(i) + ",";
        std::ofstream(_folder.path("web/large.txt")) << content;
        TlsClient client(host.port());
        for (int i = 0; i < 2; ++i)
        {
            client.send(get("/large.txt"));
            CPPUNIT_ASSERT(client.answer().ends_with("\r\n\r\n" + content));
        }
        const std::string body = content.substr(0, 60'000);
        client.send("POST /Poco/echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Type: text/plain\r\n"
                    "Content-Length: " +
                    std::to_string(body.size()) + "\r\n\r\n");
        const auto first = client.answer();
        if (!first.starts_with("HTTP/1.1 100")) CPPUNIT_FAIL(first);
        client.send(body);
        const auto echo = client.answer();
        CPPUNIT_ASSERT_MESSAGE(echo.substr(0, 300), echo.starts_with("HTTP/1.1 200") && echo.ends_with(body));
        CPPUNIT_ASSERT(isAna(ana(client)));
        client.send("POST /Poco/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 900000\r\n\r\n" +
                    content.substr(0, 60'000));
        CPPUNIT_ASSERT(client.answer().starts_with("HTTP/1.1 413"));
        CPPUNIT_ASSERT(client.isEnded());
    }

    /// More than a record, a socket's buffer and the default memory of one client take, while others are served.
    void testLargeUpload()
    {
        auto given = options();
        given.defines.insert(given.defines.end(),
                             {{"plugins.recadero.enabled", "true"},
                              {"plugins.recadero.library", ZOCO_BUILD_DIR "/test/fixtures/errands.so"},
                              {"host.body_memory", "400000000"}});
        HostProcess host(given);
        std::string body;
        for (std::uint64_t i = 0; body.size() < 80'000'000; ++i) body += std::to_string(i * i) + ",";
        std::uint64_t sum = 14695981039346656037u;
        for (const char c : body) sum = (sum ^ static_cast<unsigned char>(c)) * 1099511628211u;
        TlsClient client(host.port()), other(host.port());
        client.send("POST /Peso HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n");
        client.send(body.substr(0, 40'000'000));
        CPPUNIT_ASSERT(isAna(ana(other)));
        client.send(body.substr(40'000'000));
        const auto answer = client.answer();
        const auto expected = "\r\n\r\n" + std::to_string(body.size()) + ' ' + std::to_string(sum);
        CPPUNIT_ASSERT_MESSAGE(answer, answer.starts_with("HTTP/1.1 200") && answer.ends_with(expected));
        CPPUNIT_ASSERT(isAna(ana(client)));
    }

    void testClientThatReadsSlowlyGetsAll()
    {
        HostProcess host(options());
        const std::string content(3'000'000, 'a');
        std::ofstream(_folder.path("web/large.txt")) << content;
        TlsClient client(host.port());
        client.send(get("/large.txt"));
        std::string got;
        while (got.size() < content.size())
        {
            const auto part = client.receive(200'000);
            if (part.empty()) break;
            got += part;
            std::this_thread::sleep_for(std::chrono::milliseconds(20)); // so that the socket fills up
            if (got.find("\r\n\r\n") != std::string::npos && got.size() >= content.size()) break;
        }
        CPPUNIT_ASSERT(got.size() >= content.size());
    }

    void testSessionsAreResumed()
    {
        HostProcess host(options());
        for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION})
        {
            TlsClient first(host.port(), {.version = version});
            CPPUNIT_ASSERT(isAna(ana(first)));
            const std::unique_ptr<SSL_SESSION, decltype(&SSL_SESSION_free)> session(SSL_get1_session(first.ssl()),
                                                                                    &SSL_SESSION_free);
            TlsClient second(host.port(), {.version = version, .resumed = session.get()});
            CPPUNIT_ASSERT(isAna(ana(second)));
            CPPUNIT_ASSERT_EQUAL(1, SSL_session_reused(second.ssl()));
        }
    }

    void testRenegotiationIsRefused()
    {
        HostProcess host(options());
        TlsClient client(host.port(), {.version = TLS1_2_VERSION});
        CPPUNIT_ASSERT(isAna(ana(client)));
        SSL_renegotiate(client.ssl());
        CPPUNIT_ASSERT(SSL_do_handshake(client.ssl()) != 1);
        TlsClient other(host.port());
        CPPUNIT_ASSERT(isAna(ana(other)));
    }

    void testSlowHandshakeIsEnded()
    {
        HostProcess host(options());
        RawClient silent(host.port());
        RawClient slow(host.port());
        slow.send(std::string("\x16\x03\x01\x02\x00\x01", 6)); // the beginning of a ClientHello
        CPPUNIT_ASSERT(silent.isClosedByPeer());
        CPPUNIT_ASSERT(slow.isClosedByPeer());
    }

    void testPlainHttpIsToldWhatToSpeak()
    {
        HostProcess host(options());
        const auto answer = RawClient(host.port()).request("GET", "/Hola/Ana");
        CPPUNIT_ASSERT_EQUAL(400, answer.status);
        CPPUNIT_ASSERT(answer.body.find("https") != std::string::npos);
    }

    void testGarbageHarmsNobody()
    {
        HostProcess host(options());
        for (int i = 0; i < 20; ++i)
        {
            RawClient client(host.port());
            client.send(std::string(static_cast<std::size_t>(i) * 97, static_cast<char>(i * 13)));
            if (i % 2 == 0) client.reset();
        }
        TlsClient broken(host.port());
        broken.send("GET /Hola");
        ::send(SSL_get_fd(broken.ssl()), "no record", 9, MSG_NOSIGNAL);
        CPPUNIT_ASSERT(broken.receive(1).empty());
        TlsClient client(host.port());
        CPPUNIT_ASSERT(isAna(ana(client)));
    }

    void testReloadTakesTheNewCertificate()
    {
        HostProcess host(options());
        TlsClient before(host.port());
        CPPUNIT_ASSERT_EQUAL(std::string("/CN=server"), nameOf(before));
        _certificates.issue("newer", "IP:127.0.0.1", "serverAuth");
        install("newer");
        host.signal(SIGHUP);
        CPPUNIT_ASSERT(eventually(
            [&]
            {
                TlsClient client(host.port());
                return nameOf(client) == "/CN=newer";
            }));
        CPPUNIT_ASSERT(isAna(ana(before)));
        _certificates.issue("newest", "IP:127.0.0.1", "serverAuth");
        install("newest");
        CPPUNIT_ASSERT_EQUAL(
            0, runProcess({HostProcess::binary(), "reload", "-D", "data.dir=" + host.dataDir()}).status.code);
        TlsClient after(host.port());
        CPPUNIT_ASSERT_EQUAL(std::string("/CN=newest"), nameOf(after));
    }

    void testBadCertificateIsNotTaken()
    {
        HostProcess host(options());
        std::ofstream(_folder.path("server.pem")) << "nothing";
        const auto reload = runProcess({HostProcess::binary(), "reload", "-D", "data.dir=" + host.dataDir()});
        CPPUNIT_ASSERT(reload.status.code != 0);
        CPPUNIT_ASSERT_MESSAGE(reload.error, reload.error.find("server.pem") != std::string::npos);
        TlsClient client(host.port(), {.ca = _certificates.ca()});
        CPPUNIT_ASSERT(isAna(ana(client)));
    }

    void testManyConnections()
    {
        auto settings = options();
        settings.defines.emplace_back("host.max_connections_per_client", "0");
        HostProcess host(settings);
        std::vector<std::unique_ptr<TlsClient>> clients;
        for (int i = 0; i < 1'000; ++i) clients.push_back(std::make_unique<TlsClient>(host.port()));
        for (auto& client : clients) client->send(get("/Hola/Ana"));
        for (auto& client : clients) CPPUNIT_ASSERT(isAna(client->answer()));
        for (auto& client : clients) CPPUNIT_ASSERT(isAna(ana(*client)));
        const auto metrics = RawClient(host.socketPath()).request("GET", "/metrics").body;
        CPPUNIT_ASSERT(metrics.find("\nzoco_connections 1001\n") != std::string::npos);
    }

    void testFaultsStopTheStart()
    {
        const auto fails = [](HostOptions settings, const std::string& text)
        {
            try
            {
                HostProcess host(settings);
            }
            catch (const std::runtime_error& e)
            {
                return std::string(e.what()).find(text) != std::string::npos;
            }
            return false;
        };
        auto readable = options();
        std::filesystem::permissions(_folder.path("server.key"), std::filesystem::perms::others_read,
                                     std::filesystem::perm_options::add);
        CPPUNIT_ASSERT(fails(readable, "chmod 600"));
        auto foreign = options();
        std::filesystem::copy_file(_certificates.ca(), _folder.path("server.pem"),
                                   std::filesystem::copy_options::overwrite_existing);
        CPPUNIT_ASSERT(fails(foreign, "does not belong to the certificate"));
        auto without = options();
        without.defines.emplace_back("host.tls_key", "");
        CPPUNIT_ASSERT(fails(without, "host.tls_key"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(TlsListenerTest);
