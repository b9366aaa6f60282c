#include "integration/Examples.h"
#include "support/Eventually.h"
#include "support/RawClient.h"

#include <cppunit/extensions/HelperMacros.h>

#include <cctype>
#include <cstdlib>
#include <map>
#include <set>
#include <sstream>

using namespace zoco::test;

namespace
{

/// What a scrape says, read as Prometheus does; what breaks the form 0.0.4 fails the test.
class Scrape
{
public:
    explicit Scrape(const std::string& text)
    {
        CPPUNIT_ASSERT(text.ends_with('\n'));
        std::istringstream lines(text);
        for (std::string line; std::getline(lines, line);)
        {
            if (line.starts_with("# HELP "))
                help(line);
            else if (line.starts_with("# TYPE "))
                type(line);
            else
                sample(line);
        }
        CPPUNIT_ASSERT(!_types.empty());
    }

    bool has(const std::string& series) const { return _samples.contains(series); }
    /// Of a series with its labels as they stand there; fails when there is none.
    double value(const std::string& series) const
    {
        CPPUNIT_ASSERT_MESSAGE(series, has(series));
        return _samples.at(series);
    }
    std::string typeOf(const std::string& family) const
    {
        const auto found = _types.find(family);
        return found == _types.end() ? std::string() : found->second;
    }

private:
    static std::string word(const std::string& line, std::size_t at)
    {
        return line.substr(at, line.find(' ', at) - at);
    }

    void help(const std::string& line)
    {
        _family = word(line, 7);
        CPPUNIT_ASSERT_MESSAGE(line, _helped.insert(_family).second);
    }
    void type(const std::string& line)
    {
        const auto name = word(line, 7);
        const auto kind = line.substr(8 + name.size());
        CPPUNIT_ASSERT_EQUAL(_family, name);
        CPPUNIT_ASSERT_MESSAGE(line, kind == "counter" || kind == "gauge" || kind == "histogram");
        CPPUNIT_ASSERT_MESSAGE(line, _types.emplace(name, kind).second);
    }
    void sample(const std::string& line)
    {
        const auto space = line.rfind(' ');
        CPPUNIT_ASSERT_MESSAGE(line, space != std::string::npos);
        const auto series = line.substr(0, space);
        const auto name = series.substr(0, series.find('{'));
        CPPUNIT_ASSERT_MESSAGE(line, name.starts_with("zoco_") && belongs(name));
        checkLabels(series.substr(name.size()));
        char* end = nullptr;
        const auto number = std::strtod(line.c_str() + space + 1, &end);
        CPPUNIT_ASSERT_MESSAGE(line, *end == '\0' && end != line.c_str() + space + 1);
        CPPUNIT_ASSERT_MESSAGE("twice: " + series, _samples.emplace(series, number).second);
        if (_types[_family] == "histogram") checkBuckets(series, number);
    }

    bool belongs(const std::string& name) const
    {
        const auto found = _types.find(_family);
        if (found == _types.end()) return false;
        if (found->second != "histogram") return name == _family;
        return name == _family + "_bucket" || name == _family + "_sum" || name == _family + "_count";
    }

    /// {name="text",...} with \\, \" and \n escaped.
    static void checkLabels(const std::string& labels)
    {
        if (labels.empty()) return;
        CPPUNIT_ASSERT_MESSAGE(labels, labels.front() == '{' && labels.back() == '}');
        for (std::size_t at = 1; at < labels.size();)
        {
            const auto begin = at;
            while (std::isalnum(static_cast<unsigned char>(labels[at])) != 0 || labels[at] == '_') ++at;
            CPPUNIT_ASSERT_MESSAGE(labels, at > begin && labels.compare(at, 2, "=\"") == 0);
            for (at += 2; labels[at] != '"'; ++at)
                if (labels[at] == '\\') CPPUNIT_ASSERT_MESSAGE(labels, std::string("\\\"n").find(labels[++at]) < 3);
            ++at;
            CPPUNIT_ASSERT_MESSAGE(labels, labels[at] == ',' || at + 1 == labels.size());
            ++at;
        }
    }

    /// Each bucket holds the one before it; the last is the count.
    void checkBuckets(const std::string& series, double number)
    {
        if (series.starts_with(_family + "_bucket"))
        {
            CPPUNIT_ASSERT_MESSAGE(series, number >= _below);
            _below = number;
        }
        else if (series.starts_with(_family + "_count"))
        {
            CPPUNIT_ASSERT_EQUAL_MESSAGE(series, _below, number);
            _below = 0;
        }
    }

    std::string _family;
    std::set<std::string> _helped;
    std::map<std::string, std::string> _types;
    std::map<std::string, double> _samples;
    double _below = 0;
};

} // namespace

/// GET /metrics of the real program.
class MetricsTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(MetricsTest);
    CPPUNIT_TEST(testRequestsAreCountedByPluginAndStatus);
    CPPUNIT_TEST(testPartsOfTheHostTellTheirFigures);
    CPPUNIT_TEST(testPublicListenerAsksForALogin);
    CPPUNIT_TEST(testOperatorsListenerOfThisMachineAsksForNone);
    CPPUNIT_TEST(testAPageOfAnotherNameReadsNothingThere);
    CPPUNIT_TEST_SUITE_END();

    static Scrape scrape(const HostProcess& host)
    {
        const auto response = RawClient(host.socketPath()).request("GET", "/metrics");
        CPPUNIT_ASSERT_EQUAL(200, response.status);
        CPPUNIT_ASSERT_EQUAL(std::string("text/plain; version=0.0.4; charset=utf-8"), response.header("Content-Type"));
        return Scrape(response.body);
    }

public:
    void testRequestsAreCountedByPluginAndStatus()
    {
        HostProcess host(onlyPlugins({"hola"}));
        RawClient client(host.port());
        for (int i = 0; i < 3; ++i) CPPUNIT_ASSERT_EQUAL(200, client.request("GET", "/Hola/Ana").status);
        CPPUNIT_ASSERT_EQUAL(404, client.request("GET", "/nada").status);
        client.send("broken\r\n\r\n");
        CPPUNIT_ASSERT_EQUAL(400, client.readResponse().status);
        const auto figures = scrape(host);
        CPPUNIT_ASSERT_EQUAL(std::string("counter"), figures.typeOf("zoco_http_requests_total"));
        CPPUNIT_ASSERT_EQUAL(3.0, figures.value(R"(zoco_http_requests_total{plugin="hola",status="2xx"})"));
        CPPUNIT_ASSERT_EQUAL(0.0, figures.value(R"(zoco_http_requests_total{plugin="hola",status="5xx"})"));
        CPPUNIT_ASSERT_EQUAL(2.0, figures.value(R"(zoco_http_requests_total{plugin="host",status="4xx"})"));
        CPPUNIT_ASSERT_EQUAL(std::string("histogram"), figures.typeOf("zoco_http_request_duration_seconds"));
        CPPUNIT_ASSERT_EQUAL(3.0, figures.value(R"(zoco_http_request_duration_seconds_count{plugin="hola"})"));
        CPPUNIT_ASSERT(figures.value(R"(zoco_http_request_duration_seconds_sum{plugin="hola"})") > 0);
    }

    void testPartsOfTheHostTellTheirFigures()
    {
        HostProcess host(onlyPlugins({"hola", "lento"}));
        RawClient waiting(host.port());
        waiting.send("GET /Lento/9000 HTTP/1.1\r\nHost: a\r\n\r\n");
        CPPUNIT_ASSERT(eventually([&] { return scrape(host).value("zoco_http_requests_active") == 2; }));
        const auto figures = scrape(host);
        CPPUNIT_ASSERT(figures.value("zoco_connections") >= 2);
        CPPUNIT_ASSERT_EQUAL(1.0, figures.value(R"(zoco_plugin_instances{plugin="lento",state="serving"})"));
        CPPUNIT_ASSERT_EQUAL(0.0, figures.value(R"(zoco_plugin_instances{plugin="lento",state="failed"})"));
        CPPUNIT_ASSERT_EQUAL(1.0, figures.value(R"(zoco_plugin_generation{plugin="hola"})"));
        CPPUNIT_ASSERT_EQUAL(0.0, figures.value("zoco_events_published_total"));
        host.kill(); // the request that waits would hold up an orderly end
    }

    void testPublicListenerAsksForALogin()
    {
        HostProcess host(onlyPlugins({"hola"}));
        CPPUNIT_ASSERT_EQUAL(401, RawClient(host.port()).request("GET", "/metrics").status);
    }

    void testOperatorsListenerOfThisMachineAsksForNone()
    {
        auto options = onlyPlugins({"hola"});
        const auto port = freePort();
        options.defines.emplace_back("host.admin_listen", "127.0.0.1:" + std::to_string(port));
        HostProcess host(options);
        CPPUNIT_ASSERT_EQUAL(200, RawClient(port).request("GET", "/metrics").status);
        CPPUNIT_ASSERT_EQUAL(401, RawClient(port).request("GET", "/_zoco/plugins").status); // the others do
    }

    void testAPageOfAnotherNameReadsNothingThere()
    {
        auto options = onlyPlugins({"hola"});
        const auto port = freePort();
        options.defines.emplace_back("host.admin_listen", "127.0.0.1:" + std::to_string(port));
        HostProcess host(options);
        const auto status = [&](const std::string& name)
        {
            RawClient client(port);
            client.send("GET /metrics HTTP/1.1\r\nHost: " + name + "\r\n\r\n");
            return client.readResponse().status;
        };
        for (const auto* name : {"localhost", "LOCALHOST:9", "127.0.0.1:80", "127.9.9.9", "[::1]:8080"})
            CPPUNIT_ASSERT_EQUAL_MESSAGE(name, 200, status(name));
        for (const auto* name : {"tienda.example", "127.0.0.1.example", "localhost.example", "127.example"})
            CPPUNIT_ASSERT_EQUAL_MESSAGE(name, 401, status(name));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MetricsTest);
