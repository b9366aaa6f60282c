#include "support/HostProcess.h"
#include "support/RawClient.h"

#include <cppunit/extensions/HelperMacros.h>
#include <rapidjson/document.h>

#include <cstdio>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

using namespace zoco::test;

namespace
{

/// A route as /_zoco/rutas tells of it.
struct Target
{
    std::string method, pattern, access, role;

    bool isGuarded() const { return access != "public" && access != "visitor"; }
    bool isSafe() const { return method == "GET"; }
    std::string name() const { return method + ' ' + pattern + " (" + access + ')'; }

    /// With something in place of each parameter.
    std::string path() const
    {
        std::string out;
        for (std::size_t at = 0; at < pattern.size(); ++at)
        {
            out += pattern[at] == '{' ? 'x' : pattern[at];
            if (pattern[at] == '{') at = pattern.find('}', at);
        }
        return out;
    }
};

/// Tokens for an attack to use.
struct Tokens
{
    std::string client;   ///< a good session without any role of the shop's staff
    std::string staff;    ///< a good one with all of them
    std::string ended;    ///< logged out
    std::string expired;  ///< its time is over
    std::string foreseen; ///< chosen by who attacks, before somebody logs in with it in their browser
    bool areGood = true;  ///< the first two are what they say
};

struct Attack
{
    const char* name;
    std::function<bool(const Target&)> suits;
    std::function<std::string(const Tokens&)> headers;
    int status; ///< the only answer that will do
    bool needsSession = false;
};

std::string bearer(const std::string& token) { return "Authorization: Bearer " + token + "\r\n"; }
std::string cookie(const std::string& token) { return "Cookie: zoco=" + token + "\r\n"; }

bool onGuarded(const Target& t) { return t.isGuarded(); }
bool onStaffs(const Target& t) { return t.access == "role" || t.access == "internal"; }
bool onInternal(const Target& t) { return t.access == "internal"; }
bool onWrites(const Target& t) { return !t.isSafe(); }
bool onGuests(const Target& t) { return t.access == "visitor" && !t.isSafe(); }

std::vector<Attack> attacks()
{
    const std::string wrong(43, 'w');
    std::vector<Attack> out = {
        {"nobody", onGuarded, [](auto&) { return std::string(); }, 401},
        {"unknown bearer", onGuarded, [=](auto&) { return bearer(wrong); }, 401},
        {"unknown cookie", onGuarded, [=](auto&) { return cookie(wrong); }, 401},
        {"malformed bearer", onGuarded, [](auto&) { return bearer("' OR 1=1 --"); }, 401},
        {"empty bearer", onGuarded, [](auto&) { return std::string("Authorization: Bearer\r\n"); }, 401},
        {"malformed cookie", onGuarded, [](auto&) { return cookie("../../etc/passwd"); }, 401},
        {"basic instead of bearer", onGuarded, [](auto& t) { return "Authorization: Basic " + t.staff + "\r\n"; }, 401},
        {"token in the wrong cookie", onGuarded, [](auto& t) { return "Cookie: __Host-zoco=" + t.staff + "\r\n"; },
         401},
        {"token in the visitor's cookie", onGuarded, [](auto& t) { return "Cookie: zoco-visita=" + t.staff + "\r\n"; },
         401},
        {"two cookies", onGuarded, [=](auto& t) { return cookie(t.staff + "; zoco=" + wrong); }, 401},
        {"two cookie headers", onGuarded, [=](auto& t) { return cookie(wrong) + cookie(t.staff); }, 401},
        {"bearer and another cookie", onGuarded, [](auto& t) { return bearer(t.staff) + cookie(t.client); }, 401},
        {"two bearers", onGuarded, [](auto& t) { return bearer(t.client) + bearer(t.staff); }, 401},
        {"session that was ended", onGuarded, [](auto& t) { return cookie(t.ended); }, 401},
        {"session that has expired", onGuarded, [](auto& t) { return bearer(t.expired); }, 401},
        {"token chosen before the login", onGuarded, [](auto& t) { return cookie(t.foreseen); }, 401},
        {"wrong role", onStaffs, [](auto& t) { return bearer(t.client); }, 403, true},
        {"all roles, from outside", onInternal, [](auto& t) { return bearer(t.staff); }, 403, true},
    };
    for (const auto* forged :
         {"Zoco-Sub: u1\r\nZoco-Role: operador\r\n", "zoco-session: x; Max-Age=1\r\n", "Zoco-Claims: sub=u1\r\n",
          "X-Forwarded-For: 127.0.0.1\r\nX-Real-IP: 127.0.0.1\r\nForwarded: for=127.0.0.1\r\n",
          "X-Forwarded-Host: localhost\r\nX-Forwarded-Proto: https\r\n",
          "X-Forwarded-User: operador\r\nX-Remote-User: operador\r\n",
          "X-Original-URL: /healthz\r\nX-Rewrite-URL: /healthz\r\n", "X-HTTP-Method-Override: GET\r\n"})
        out.push_back({forged, onGuarded, [=](auto&) { return std::string(forged); }, 401});
    for (const auto* from :
         {"Origin: https://evil.example\r\n", "Origin: null\r\n", "Sec-Fetch-Site: cross-site\r\n",
          "Sec-Fetch-Site: same-site\r\n", "Sec-Fetch-Site: none\r\n", "Sec-Fetch-Site: cross-site\r\nOrigin: null\r\n",
          "Origin: http://127.0.0.1.evil.example\r\n", "Origin: https://evil.example\r\nOrigin: null\r\n"})
    {
        out.push_back({from, onWrites, [=](auto& t) { return cookie(t.staff) + from; }, 403});
        out.push_back({from, onGuests, [=](auto&) { return std::string(from); }, 403});
    }
    return out;
}

HostOptions everyPlugin(const std::string& but)
{
    HostOptions options;
    for (const auto& file : std::filesystem::directory_iterator(ZOCO_BUILD_DIR "/plugins"))
        if (file.path().extension() == ".so" && file.path().stem() != but)
            options.defines.emplace_back("plugins." + file.path().stem().string() + ".enabled", "true");
    options.defines.emplace_back("host.rate_limits", "off");
    return options;
}

std::vector<Target> targetsOf(const HostProcess& host)
{
    rapidjson::Document document;
    document.Parse(RawClient(host.socketPath()).request("GET", "/_zoco/rutas").body.c_str());
    std::vector<Target> out;
    for (const auto& route : document["rutas"].GetArray())
        out.push_back({route["metodo"].GetString(), route["ruta"].GetString(), route["acceso"].GetString(),
                       route.HasMember("rol") ? route["rol"].GetString() : ""});
    return out;
}

} // namespace

/// Attacks on every route of the shop with all its plugins, as its own table of routes names them: a new route is
/// covered by itself.
class AttackTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(AttackTest);
    CPPUNIT_TEST(testEveryRouteWithSessions);
    CPPUNIT_TEST(testEveryRouteOfTheShopsOwnUsers);
    CPPUNIT_TEST_SUITE_END();

    static HttpResponse send(RawClient& client, const Target& target, const std::string& headers)
    {
        const auto body = target.isSafe() || target.method == "DELETE" ? "" : "{}";
        return client.request(target.method, target.path(), "Content-Type: application/json\r\n" + headers, body);
    }

    /// Empty when the answer is as it must be.
    static std::string fault(const Attack& attack, const Target& target, const HttpResponse& answer)
    {
        const auto story = target.name() + ", " + attack.name + ": " + std::to_string(answer.status) + ' ' +
                           answer.problemSlug() + '\n';
        if (answer.status != attack.status) return story;
        if (attack.status == 403 && !answer.header("Set-Cookie").empty()) return story + " sets a cookie\n";
        const bool isOfOrigin = answer.problemSlug() == "foreign-origin";
        return attack.status == 403 && !onStaffs(target) && !isOfOrigin ? story : "";
    }

    static void fire(const HostProcess& host, const Tokens& tokens)
    {
        const auto targets = targetsOf(host);
        const auto all = attacks();
        std::size_t requests = 0;
        std::string faults;
        RawClient client(host.port());
        for (const auto& target : targets)
            for (const auto& attack : all)
            {
                if (!attack.suits(target) || (attack.needsSession && !tokens.areGood)) continue;
                ++requests;
                faults += fault(attack, target, send(client, target, attack.headers(tokens)));
            }
        std::printf("%zu routes x %zu attacks: %zu requests that suit\n", targets.size(), all.size(), requests);
        CPPUNIT_ASSERT_EQUAL(std::string(), faults);
        CPPUNIT_ASSERT(targets.size() > 20);
        const auto log = host.log();
        for (const auto& token : {tokens.client, tokens.staff, tokens.ended, tokens.expired, tokens.foreseen})
            CPPUNIT_ASSERT_MESSAGE("the log has a token", log.find(token) == std::string::npos);
        // were all of them refused for another reason, nothing would be shown
        for (const auto& target : targets)
            if (tokens.areGood && target.isSafe() && target.access != "internal")
            {
                const auto answer = send(client, target, cookie(tokens.staff));
                CPPUNIT_ASSERT_MESSAGE(target.name(), answer.status != 401 && answer.problemSlug() != "forbidden");
            }
    }

public:
    void testEveryRouteWithSessions()
    {
        auto options = everyPlugin("usuarios"); // this test's own knows the sessions
        options.defines.emplace_back("plugins.llavero.enabled", "true");
        options.defines.emplace_back("plugins.llavero.library", ZOCO_BUILD_DIR "/test/fixtures/logins.so");
        const HostProcess host(options);
        const auto logIn = [&](const std::string& query, const std::string& headers = {})
        { return RawClient(host.port()).request("POST", "/Llavero/sesion?" + query, headers).body; };
        Tokens tokens;
        tokens.foreseen = std::string(43, 'f');
        tokens.client = logIn("usuario=cliente&roles=cliente");
        tokens.staff =
            logIn("usuario=jefa&roles=operador+catalogo+pedidos+pagos+atencion+cliente", cookie(tokens.foreseen));
        tokens.ended = logIn("usuario=ida&roles=operador+catalogo+pedidos+pagos+atencion");
        tokens.expired = logIn("usuario=vieja&roles=operador+catalogo+pedidos+pagos+atencion&segundos=0");
        RawClient client(host.port());
        CPPUNIT_ASSERT_EQUAL(200, client.request("GET", "/_zoco/rutas", bearer(tokens.ended)).status);
        CPPUNIT_ASSERT_EQUAL(204, client.request("DELETE", "/Llavero/sesion", bearer(tokens.ended)).status);
        fire(host, tokens);
    }

    /// With the plugin that the shop has for them, when it is there; this test has none of its sessions.
    void testEveryRouteOfTheShopsOwnUsers()
    {
        if (!std::filesystem::exists(ZOCO_BUILD_DIR "/plugins/usuarios.so")) return;
        const std::string none(43, 'n');
        fire(HostProcess(everyPlugin("")), {none, none, none, none, none, false});
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(AttackTest);
