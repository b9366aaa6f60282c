#include "integration/PluginProcesses.h"
#include "support/Eventually.h"
#include "support/RawClient.h"

#include <cppunit/extensions/HelperMacros.h>

#include <csignal>
#include <string>

using namespace zoco::test;

namespace
{

HostOptions logins(const std::string& placement)
{
    auto options = onlyPlugins({"llavero"});
    options.defines.emplace_back("plugins.llavero.library", ZOCO_BUILD_DIR "/test/fixtures/logins.so");
    options.defines.emplace_back("plugins.llavero.placement", placement);
    return options;
}

std::string header(const std::string& name, const std::string& value) { return name + ": " + value + "\r\n"; }
std::string bearer(const std::string& token) { return header("Authorization", "Bearer " + token); }
std::string cookie(const std::string& token) { return header("Cookie", "zoco=" + token); }

HttpResponse ask(const HostProcess& host, const std::string& method, const std::string& target,
                 const std::string& headers = {})
{
    return RawClient(host.port()).request(method, target, headers);
}

std::string logIn(const HostProcess& host, const std::string& user, const std::string& roles = "cliente")
{
    const auto answer = ask(host, "POST", "/Llavero/sesion?usuario=" + user + "&roles=" + roles);
    CPPUNIT_ASSERT_EQUAL(200, answer.status);
    return answer.body;
}

} // namespace

/// Sessions of a plugin that provides zoco.auth/1, against the real program, inside the host and in a process of its
/// own.
class AuthServeTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(AuthServeTest);
    CPPUNIT_TEST(testInproc);
    CPPUNIT_TEST(testProcess);
    CPPUNIT_TEST(testADeadProviderIs503AndComesBack);
    CPPUNIT_TEST(testADisabledProviderIs401);
    CPPUNIT_TEST(testHttpsHasItsOwnCookies);
    CPPUNIT_TEST(testPlainHttpIsRefusedAwayFromThisMachine);
    CPPUNIT_TEST(testTrustedProxiesTellTheClient);
    CPPUNIT_TEST_SUITE_END();

    static void session(const HostProcess& host)
    {
        const auto in = ask(host, "POST", "/Llavero/sesion?usuario=u1&roles=cliente+pagos");
        const auto& token = in.body;
        CPPUNIT_ASSERT_EQUAL("zoco=" + token + "; Path=/; HttpOnly; SameSite=Lax; Max-Age=3600",
                             in.header("Set-Cookie"));
        CPPUNIT_ASSERT_EQUAL(std::string(), in.header("Zoco-Session"));
        for (const auto& headers : {bearer(token), cookie(token)})
        {
            const auto me = ask(host, "GET", "/Llavero/yo", headers);
            CPPUNIT_ASSERT_EQUAL(200, me.status);
            CPPUNIT_ASSERT(me.body.starts_with("sub=u1\nsid=s1\nrole=cliente\nrole=pagos\nauth_time="));
            CPPUNIT_ASSERT(me.body.ends_with("amr=pwd\ncookie=\n"));
            CPPUNIT_ASSERT(ask(host, "GET", "/Llavero/publico", headers).body.starts_with("sub=u1\n"));
        }
        const auto out = ask(host, "DELETE", "/Llavero/sesion", cookie(token));
        CPPUNIT_ASSERT_EQUAL(204, out.status);
        CPPUNIT_ASSERT(out.header("Set-Cookie").starts_with("zoco=; "));
        CPPUNIT_ASSERT_EQUAL(401, ask(host, "GET", "/Llavero/yo", cookie(token)).status);
        CPPUNIT_ASSERT_EQUAL(std::string("cookie=\n"), ask(host, "GET", "/Llavero/publico", cookie(token)).body);
    }

    /// The answer to a logout comes after the host has forgotten the session, each time.
    static void revocation(const HostProcess& host)
    {
        for (int i = 0; i < 50; ++i)
        {
            const auto token = logIn(host, "u2");
            const auto other = logIn(host, "u2");
            CPPUNIT_ASSERT_EQUAL(200, ask(host, "GET", "/Llavero/yo", bearer(token)).status);
            CPPUNIT_ASSERT_EQUAL(200, ask(host, "GET", "/Llavero/yo", bearer(other)).status);
            CPPUNIT_ASSERT_EQUAL(204, ask(host, "DELETE", "/Llavero/sesion", bearer(token)).status);
            CPPUNIT_ASSERT_EQUAL(401, ask(host, "GET", "/Llavero/yo", bearer(token)).status);
            CPPUNIT_ASSERT_EQUAL(200, ask(host, "GET", "/Llavero/yo", bearer(other)).status);
            CPPUNIT_ASSERT_EQUAL(204, ask(host, "POST", "/Llavero/cierre?usuario=u2").status);
            CPPUNIT_ASSERT_EQUAL(401, ask(host, "GET", "/Llavero/yo", bearer(other)).status);
        }
    }

    static void roles(const HostProcess& host)
    {
        const auto client = logIn(host, "u3");
        const auto clerk = logIn(host, "u4", "operador");
        for (const auto* path : {"/Llavero/operador", "/_zoco/plugins", "/_zoco/rutas", "/metrics"})
        {
            CPPUNIT_ASSERT_EQUAL_MESSAGE(path, 401, ask(host, "GET", path).status);
            const auto refused = ask(host, "GET", path, bearer(client));
            CPPUNIT_ASSERT_EQUAL_MESSAGE(path, 403, refused.status);
            CPPUNIT_ASSERT_EQUAL(std::string("forbidden"), refused.problemSlug());
            CPPUNIT_ASSERT_EQUAL_MESSAGE(path, 200, ask(host, "GET", path, bearer(clerk)).status);
        }
        CPPUNIT_ASSERT_EQUAL(403, ask(host, "POST", "/Llavero/interno", bearer(clerk)).status);
    }

    static void visitors(const HostProcess& host)
    {
        const auto first = ask(host, "GET", "/Llavero/visita");
        const auto line = first.header("Set-Cookie");
        CPPUNIT_ASSERT(line.starts_with("zoco-visita="));
        const auto pair = line.substr(0, line.find(';'));
        CPPUNIT_ASSERT_EQUAL("visitor=" + pair.substr(12) + "\ncookie=\n", first.body);
        CPPUNIT_ASSERT_EQUAL(first.body, ask(host, "POST", "/Llavero/visita", header("Cookie", pair)).body);
    }

    static void foreignPages(const HostProcess& host)
    {
        const auto token = logIn(host, "u5");
        const auto own = "http://127.0.0.1:" + std::to_string(host.port());
        CPPUNIT_ASSERT_EQUAL(200, ask(host, "POST", "/Llavero/yo", cookie(token) + header("Origin", own)).status);
        const auto refused = ask(host, "POST", "/Llavero/yo", cookie(token) + header("Origin", "http://evil.example"));
        CPPUNIT_ASSERT_EQUAL(403, refused.status);
        CPPUNIT_ASSERT_EQUAL(std::string("foreign-origin"), refused.problemSlug());
        CPPUNIT_ASSERT(eventually([&] { return host.log().find("host.public_url") != std::string::npos; }));
        CPPUNIT_ASSERT_EQUAL(std::string::npos, host.log().find(token));
    }

    static void away(const HostProcess& host)
    {
        const auto token = logIn(host, "u6");
        CPPUNIT_ASSERT_EQUAL(204, ask(host, "POST", "/Llavero/ausente?si=1").status);
        CPPUNIT_ASSERT_EQUAL(503, ask(host, "GET", "/Llavero/yo", bearer(token)).status);
        CPPUNIT_ASSERT_EQUAL(200, ask(host, "GET", "/Llavero/publico", cookie(token)).status);
        CPPUNIT_ASSERT_EQUAL(204, ask(host, "POST", "/Llavero/ausente").status);
        CPPUNIT_ASSERT(eventually([&] { return ask(host, "GET", "/Llavero/yo", bearer(token)).status == 200; }));
    }

    static void all(const std::string& placement)
    {
        const HostProcess host(logins(placement));
        session(host);
        revocation(host);
        roles(host);
        visitors(host);
        foreignPages(host);
        away(host);
    }

public:
    void testInproc() { all("inproc"); }
    void testProcess() { all("process"); }

    void testADeadProviderIs503AndComesBack()
    {
        const HostProcess host(inProcesses(logins("inproc"), {"llavero"}));
        CPPUNIT_ASSERT_EQUAL(200, ask(host, "GET", "/Llavero/yo", bearer(logIn(host, "u1"))).status);
        const auto token = logIn(host, "u1");
        const auto before = processOf(host.pid(), "llavero");
        CPPUNIT_ASSERT(before != 0);
        CPPUNIT_ASSERT(freeze(before));
        CPPUNIT_ASSERT_EQUAL(503, ask(host, "GET", "/_zoco/plugins", bearer(token)).status);
        ::kill(before, SIGKILL);
        // it has forgotten its sessions, which is this fixture's way
        CPPUNIT_ASSERT(eventually([&] { return ask(host, "GET", "/_zoco/plugins", bearer(token)).status == 401; }));
    }

    void testADisabledProviderIs401()
    {
        auto options = logins("inproc");
        std::erase_if(options.defines, [](const auto& d) { return d.first == "plugins.llavero.enabled"; });
        const HostProcess host(options);
        const auto set = [&](const std::string& body)
        { return RawClient(host.socketPath()).request("PUT", "/_zoco/plugins/llavero", {}, body).status; };
        CPPUNIT_ASSERT_EQUAL(200, set(R"({"activo":true})"));
        const auto token = logIn(host, "u1", "operador");
        CPPUNIT_ASSERT_EQUAL(200, ask(host, "GET", "/_zoco/plugins", bearer(token)).status);
        CPPUNIT_ASSERT_EQUAL(200, set(R"({"activo":false})"));
        CPPUNIT_ASSERT_EQUAL(401, ask(host, "GET", "/_zoco/plugins", bearer(token)).status);
    }

    void testHttpsHasItsOwnCookies()
    {
        auto options = logins("inproc");
        options.defines.emplace_back("host.public_url", "https://tienda.example");
        const HostProcess host(options);
        const auto in = ask(host, "POST", "/Llavero/sesion?usuario=u1");
        CPPUNIT_ASSERT_EQUAL("__Host-zoco=" + in.body + "; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=3600",
                             in.header("Set-Cookie"));
        CPPUNIT_ASSERT_EQUAL(401, ask(host, "GET", "/Llavero/yo", cookie(in.body)).status);
        const auto own = header("Cookie", "__Host-zoco=" + in.body);
        CPPUNIT_ASSERT_EQUAL(200, ask(host, "GET", "/Llavero/yo", own).status);
        CPPUNIT_ASSERT_EQUAL(200,
                             ask(host, "POST", "/Llavero/yo", own + header("Origin", "https://tienda.example")).status);
        CPPUNIT_ASSERT_EQUAL(403,
                             ask(host, "POST", "/Llavero/yo", own + header("Origin", "http://tienda.example")).status);
    }

    void testPlainHttpIsRefusedAwayFromThisMachine()
    {
        auto options = logins("inproc");
        options.defines.emplace_back("host.public_url", "http://tienda.example");
        std::string reason;
        try
        {
            const HostProcess host(options);
        }
        catch (const std::runtime_error& e)
        {
            reason = e.what();
        }
        CPPUNIT_ASSERT_MESSAGE(reason, reason.find("host.insecure_cookies") != std::string::npos);
        options.defines.emplace_back("host.insecure_cookies", "true");
        const HostProcess host(options);
        CPPUNIT_ASSERT(ask(host, "POST", "/Llavero/sesion?usuario=u1").header("Set-Cookie").starts_with("zoco="));
        CPPUNIT_ASSERT(
            eventually([&] { return host.log().find("session cookies travel in clear") != std::string::npos; }));
    }

    void testTrustedProxiesTellTheClient()
    {
        auto options = logins("inproc");
        options.defines.emplace_back("host.trusted_proxies", "127.0.0.0/8, ::1");
        const HostProcess host(options);
        CPPUNIT_ASSERT_EQUAL(
            200, ask(host, "GET", "/Llavero/publico", header("X-Forwarded-For", "198.51.100.7, 127.0.0.9")).status);
        CPPUNIT_ASSERT(eventually([&] { return host.log().find(R"("client":"198.51.100.7")") != std::string::npos; }));
        options.defines.back().second = "proxy.example";
        CPPUNIT_ASSERT_THROW(HostProcess{options}, std::runtime_error);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(AuthServeTest);
