#include "integration/Examples.h"
#include "plugins/gestorbbdd/MariaDbServer.h"
#include "support/Eventually.h"
#include "support/HostProcess.h"
#include "support/RawClient.h"
#include "support/TempFolder.h"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <filesystem>
#include <future>
#include <optional>
#include <string>
#include <vector>

using namespace zoco::test;
using zoco::gestorbbdd::test::MariaDbServer;

namespace
{

/// The fixture that takes notes, served with the same data again and again.
class Notes
{
public:
    Notes(std::string placement, std::string url) : _placement(std::move(placement)), _url(std::move(url)) { start(); }

    void start(const std::string& keyFile = {})
    {
        HostOptions options;
        options.defines = {{"plugins.catalogo.enabled", "false"},
                           {"plugins.apuntes.enabled", "true"},
                           {"plugins.apuntes.placement", _placement},
                           {"plugins.apuntes.library", ZOCO_BUILD_DIR "/test/fixtures/notes.so"},
                           {"log.access", "off"}};
        if (!_url.empty()) options.defines.emplace_back("plugins.gestorbbdd.url", _url);
        if (!keyFile.empty()) options.defines.emplace_back("host.idempotency_key_file", keyFile);
        options.dataDir = _folder.path("data");
        options.environment.push_back(sharedKeys());
        _host.reset();
        _host.emplace(options);
    }
    void kill() { _host->kill(); }

    HttpResponse post(const std::string& key, const std::string& text, const std::string& query = {},
                      const std::string& path = "/Apuntes") const
    {
        auto headers = key.empty() ? std::string() : "Idempotency-Key: " + key + "\r\n";
        headers += "Content-Type: text/plain\r\n";
        return RawClient(_host->port()).request("POST", path + query, headers, text);
    }
    std::future<HttpResponse> later(const std::string& key, const std::string& text, const std::string& query) const
    {
        return std::async(std::launch::async, [this, key, text, query] { return post(key, text, query); });
    }
    std::string count(const std::string& text) const
    {
        return RawClient(_host->port()).request("GET", "/Apuntes?texto=" + text).body;
    }
    /// A query with which a handler waits for `file`.
    std::string waiting(const std::string& file) const { return "?hasta=" + _folder.path(file); }
    const TempFolder& folder() const { return _folder; }

private:
    TempFolder _folder;
    std::string _placement;
    std::string _url;
    std::optional<HostProcess> _host;
};

/// What a client sees of an answer, but for what is of one time.
std::string facts(const HttpResponse& response)
{
    std::string out = std::to_string(response.status) + '\n';
    for (const auto& [name, value] : response.headers)
        if (name != "Date" && name != "X-Request-Id" && name != "Idempotency-Replayed")
            out += name + ": " + value + '\n';
    return out + response.body;
}

bool isThere(const std::string& file)
{
    return eventually([&] { return std::filesystem::exists(file); });
}

} // namespace

/// A request that comes twice with one Idempotency-Key, against the real program: each test on both engines, and with
/// the plugin inside the host and in a process of its own.
class IdempotencyServeTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(IdempotencyServeTest);
    CPPUNIT_TEST(testSqliteInproc);
    CPPUNIT_TEST(testSqliteProcess);
    CPPUNIT_TEST(testMariaDbInproc);
    CPPUNIT_TEST(testMariaDbProcess);
    CPPUNIT_TEST(testSlowerNodeAnswersWhatTheQuickerOneStored);
    CPPUNIT_TEST(testWithoutItsServerNothingPasses);
    CPPUNIT_TEST_SUITE_END();

    static std::string newUrl()
    {
        auto& server = MariaDbServer::shared();
        return server.socketUrl(server.newDatabase());
    }

    static void assertReplay(const HttpResponse& first, const HttpResponse& again)
    {
        CPPUNIT_ASSERT_EQUAL(201, first.status);
        CPPUNIT_ASSERT_EQUAL(facts(first), facts(again));
        CPPUNIT_ASSERT_EQUAL(std::string("true"), again.header("Idempotency-Replayed"));
    }

    static void retries(Notes& notes)
    {
        const auto first = notes.post("\"clave 1\"", "uno");
        CPPUNIT_ASSERT_EQUAL(std::string(), first.header("Idempotency-Replayed"));
        assertReplay(first, notes.post("\"clave 1\"", "uno"));
        CPPUNIT_ASSERT_EQUAL(std::string("1"), notes.count("uno"));

        const auto reused = notes.post("\"clave 1\"", "otro");
        CPPUNIT_ASSERT_EQUAL(422, reused.status);
        CPPUNIT_ASSERT_EQUAL(std::string("idempotency-key-reused"), reused.problemSlug());
        CPPUNIT_ASSERT_EQUAL(std::string("0"), notes.count("otro"));
        CPPUNIT_ASSERT(notes.post("clave-2", "uno").body != first.body);
        CPPUNIT_ASSERT(notes.post("", "uno").body != notes.post("", "uno").body);
        CPPUNIT_ASSERT_EQUAL(std::string("4"), notes.count("uno"));

        CPPUNIT_ASSERT_EQUAL(400, notes.post("mal a", "uno").status);
        CPPUNIT_ASSERT_EQUAL(400, notes.post("", "uno", "", "/Apuntes/obligado").status);
        CPPUNIT_ASSERT_EQUAL(201, notes.post("\"clave 1\"", "uno", "", "/Apuntes/obligado").status);
    }

    static void failures(Notes& notes)
    {
        CPPUNIT_ASSERT_EQUAL(409, notes.post("f", "fallo", "?falla=si").status);
        CPPUNIT_ASSERT_EQUAL(409, notes.post("f", "fallo", "?falla=si").status);
        CPPUNIT_ASSERT_EQUAL(std::string("0"), notes.count("fallo"));
        CPPUNIT_ASSERT_EQUAL(201, notes.post("f", "fallo").status);
    }

    static void concurrency(Notes& notes)
    {
        const auto query = notes.waiting("sigue");
        auto first = notes.later("c", "junto", query);
        CPPUNIT_ASSERT(isThere(notes.folder().path("sigue.1")));
        const auto second = notes.post("c", "junto", query);
        CPPUNIT_ASSERT_EQUAL(409, second.status);
        CPPUNIT_ASSERT_EQUAL(std::string("idempotency-in-flight"), second.problemSlug());
        CPPUNIT_ASSERT_EQUAL(std::string("1"), second.header("Retry-After"));
        notes.folder().write("sigue", "");
        const auto answer = first.get();
        assertReplay(answer, notes.post("c", "junto", query));

        std::vector<std::future<HttpResponse>> all;
        for (int i = 0; i < 8; ++i) all.push_back(notes.later("d", "muchos", ""));
        for (auto& one : all)
        {
            const auto status = one.get().status;
            CPPUNIT_ASSERT_MESSAGE(std::to_string(status), status == 201 || status == 409);
        }
        CPPUNIT_ASSERT_EQUAL(201, notes.post("d", "muchos").status);
        CPPUNIT_ASSERT_EQUAL(std::string("1"), notes.count("muchos"));
        CPPUNIT_ASSERT_EQUAL(std::string("1"), notes.count("junto"));
    }

    /// Killed with an answer that is out, and with one whose group never began.
    static void crashes(Notes& notes)
    {
        const auto first = notes.post("m", "muere");
        auto lost = notes.later("n", "perdido", notes.waiting("nunca"));
        CPPUNIT_ASSERT(isThere(notes.folder().path("nunca.1")));
        notes.kill();
        CPPUNIT_ASSERT_THROW(lost.get(), std::runtime_error);
        notes.folder().write("nunca", "");
        notes.start();
        assertReplay(first, notes.post("m", "muere"));
        CPPUNIT_ASSERT_EQUAL(std::string("1"), notes.count("muere"));
        CPPUNIT_ASSERT_EQUAL(201, notes.post("n", "perdido", notes.waiting("nunca")).status);
        CPPUNIT_ASSERT_EQUAL(std::string("1"), notes.count("perdido"));
    }

    static void all(const std::string& placement, const std::string& url)
    {
        Notes notes(placement, url);
        retries(notes);
        failures(notes);
        concurrency(notes);
        crashes(notes);
    }

public:
    void testSqliteInproc() { all("inproc", ""); }
    void testSqliteProcess() { all("process", ""); }
    void testMariaDbInproc() { all("inproc", newUrl()); }
    void testMariaDbProcess() { all("process", newUrl()); }

    /// Both have found nothing when their handlers go on: the database takes one answer.
    void testSlowerNodeAnswersWhatTheQuickerOneStored()
    {
        const auto url = newUrl();
        Notes one("inproc", url);
        Notes two("inproc", url);
        const auto key = one.folder().write("compartida.key", std::string(32, 'k'), 0600);
        one.start(key);
        two.start(key);
        const auto query = one.waiting("ya");
        auto first = one.later("k", "dos nodos", query);
        CPPUNIT_ASSERT(isThere(one.folder().path("ya.1")));
        std::filesystem::remove(one.folder().path("ya.1"));
        auto second = two.later("k", "dos nodos", query);
        CPPUNIT_ASSERT(isThere(one.folder().path("ya.1")));
        one.folder().write("ya", "");
        const auto a = first.get();
        const auto b = second.get();
        CPPUNIT_ASSERT_EQUAL(201, a.status);
        CPPUNIT_ASSERT_EQUAL(facts(a), facts(b));
        CPPUNIT_ASSERT(a.count("Idempotency-Replayed") != b.count("Idempotency-Replayed"));
        CPPUNIT_ASSERT_EQUAL(std::string("1"), one.count("dos%20nodos"));
    }

    void testWithoutItsServerNothingPasses()
    {
        MariaDbServer server;
        Notes notes("inproc", server.socketUrl(server.newDatabase()));
        const auto first = notes.post("k", "uno");
        server.kill();
        const auto away = notes.post("k", "uno");
        CPPUNIT_ASSERT_EQUAL(503, away.status);
        CPPUNIT_ASSERT_EQUAL(std::string("1"), away.header("Retry-After"));
        server.start();
        CPPUNIT_ASSERT(eventually([&] { return notes.post("k", "uno").status == 201; }));
        assertReplay(first, notes.post("k", "uno"));
        CPPUNIT_ASSERT_EQUAL(std::string("1"), notes.count("uno"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(IdempotencyServeTest);
