#include "cuentas/Proveedor.h"
#include "cuentas/Tienda.h"
#include "integration/Examples.h"
#include "plugins/gestorbbdd/MariaDbServer.h"
#include "support/Eventually.h"

#include <cppunit/extensions/HelperMacros.h>

#include <cstdio>
#include <functional>
#include <memory>
#include <vector>

using namespace zoco::test;
using zoco::gestorbbdd::test::MariaDbServer;

/// Whatever ends a session ends it at once where it happens, and within a second on another node, which keeps it in
/// its memory: two hosts on one database.
class RevocationTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(RevocationTest);
    CPPUNIT_TEST(testEveryWayToEndASessionReachesTheOtherNode);
    CPPUNIT_TEST_SUITE_END();

    static inline const std::string kOtra = "El tren de las 7:43 llega tarde";

    /// Somebody who is logged in.
    struct Alguien
    {
        std::string correo;
        std::string ficha; ///< the session that is to end
        std::string otra;  ///< another one of theirs
    };
    struct Way
    {
        const char* name;
        std::function<int(const Alguien&)> act; ///< its status
        int status;
    };

    static Tienda::Settings settings(const Proveedor& provider)
    {
        return {{"hash_memoria_kib", "7168"}, {"hash_pasadas", "1"}, {"externo_file", provider.file()}};
    }

    Alguien somebody(Tienda& t)
    {
        Alguien out{"persona" + std::to_string(++_count) + "@ejemplo.es", {}, {}};
        const auto made = t.mando({"user", "add", "--correo", out.correo});
        const auto body = json({{"ficha", fichaIn(made)}, {"clave", Tienda::kClave}});
        CPPUNIT_ASSERT_EQUAL(204, t.send("POST", "/Usuarios/clave/nueva", body).status);
        out.ficha = t.ficha(out.correo);
        out.otra = t.ficha(out.correo);
        return out;
    }

    /// To the provider and back, in a browser in which somebody is logged in.
    int byProvider(Tienda& t, const Alguien& who, const std::string& subject)
    {
        const auto session = "Cookie: zoco=" + who.ficha;
        const auto left = t.send("GET", "/Usuarios/externo/empresa?volver=/", {}, {}, session + "\r\n");
        const auto visitor = left.header("Set-Cookie");
        const auto parameter = [&, to = left.header("Location")](const std::string& name)
        {
            const auto at = to.find(name + '=') + name.size() + 1;
            return to.substr(at, to.find('&', at) - at);
        };
        _provider.setIdentity(subject, subject + "@empresa.example", parameter("nonce"));
        const auto back = t.send("GET", "/Usuarios/externo/empresa/retorno?code=c&state=" + parameter("state"), {}, {},
                                 session + "; " + visitor.substr(0, visitor.find(';')) + "\r\n");
        CPPUNIT_ASSERT_EQUAL(std::string("/"), back.header("Location"));
        CPPUNIT_ASSERT(back.header("Set-Cookie").starts_with("zoco="));
        return back.status;
    }

    std::vector<Way> ways(Tienda& t)
    {
        const auto send = [&t](const char* method, const std::string& path, const std::string& ficha,
                               const std::string& body = {}) { return t.send(method, path, body, ficha).status; };
        const auto mando = [&t](std::vector<std::string> words, const Alguien& who)
        {
            words.insert(words.end(), {"--correo", who.correo});
            return t.mando(words).empty() ? 0 : 1;
        };
        return {
            {"log out", [=](auto& who) { return send("DELETE", "/Usuarios/sesion", who.ficha); }, 204},
            {"all others", [=](auto& who) { return send("DELETE", "/Usuarios/yo/sesiones", who.otra); }, 204},
            {"another password",
             [=](auto& who) {
                 return send("POST", "/Usuarios/yo/clave", who.otra,
                             json({{"claveActual", Tienda::kClave}, {"clave", kOtra}}));
             },
             204},
            {"a login in its place",
             [=](auto& who) {
                 return send("POST", "/Usuarios/sesion", who.ficha,
                             json({{"correo", who.correo}, {"clave", Tienda::kClave}}));
             },
             200},
            {"another's login in its place",
             [=, this, &t](auto& who)
             {
                 return send("POST", "/Usuarios/sesion", who.ficha,
                             json({{"correo", somebody(t).correo}, {"clave", Tienda::kClave}}));
             },
             200},
            {"a new account by another provider", [this, &t](auto& who) { return byProvider(t, who, "nueva"); }, 303},
            {"a login by another provider", [this, &t](auto& who) { return byProvider(t, who, "nueva"); }, 303},
            {"account deleted", [=](auto& who) { return send("DELETE", "/Usuarios/yo", who.otra); }, 204},
            {"user disable",
             [=](auto& who) {
                 return mando({"user", "disable"}, who);
             },
             0},
            {"user logout",
             [=](auto& who) {
                 return mando({"user", "logout"}, who);
             },
             0},
        };
    }

    /// Events come in their order: when the end of a session has come to the other node, so has all before it, which
    /// would have it forget sessions, too.
    void awaitWhatWasBefore(Tienda& one, Tienda& other)
    {
        const auto last = somebody(one).ficha;
        const auto status = [&] { return other.send("GET", "/Usuarios/yo", {}, last).status; };
        CPPUNIT_ASSERT_EQUAL(200, status());
        CPPUNIT_ASSERT_EQUAL(204, one.send("DELETE", "/Usuarios/sesion", {}, last).status);
        CPPUNIT_ASSERT(eventually([&] { return status() == 401; }));
    }

    void testEveryWayToEndASessionReachesTheOtherNode()
    {
        auto& server = MariaDbServer::shared();
        const auto url = server.socketUrl(server.newDatabase());
        Tienda one(url, settings(_provider), {sharedKeys()});
        Tienda other(url, settings(_provider), {sharedKeys()});
        for (const auto& way : ways(one))
        {
            const auto who = somebody(one);
            awaitWhatWasBefore(one, other);
            const auto status = [&](Tienda& t) { return t.send("GET", "/Usuarios/yo", {}, who.ficha).status; };
            CPPUNIT_ASSERT_EQUAL_MESSAGE(way.name, 200, status(one));
            CPPUNIT_ASSERT_EQUAL_MESSAGE(way.name, 200, status(other));
            CPPUNIT_ASSERT_EQUAL_MESSAGE(way.name, way.status, way.act(who));
            const auto begun = std::chrono::steady_clock::now();
            CPPUNIT_ASSERT_EQUAL_MESSAGE(std::string(way.name) + ", where it happened", 401, status(one));
            const bool isThere = eventually([&] { return status(other) == 401; }, std::chrono::seconds(40));
            const auto took =
                std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun);
            std::printf("%s: after %lld ms on the other node\n", way.name, static_cast<long long>(took.count()));
            CPPUNIT_ASSERT_MESSAGE(way.name, isThere);
            CPPUNIT_ASSERT_MESSAGE(std::string(way.name) + ", on the other node within a second", took.count() <= 1000);
        }
    }

    Proveedor _provider;
    int _count = 0;
};

CPPUNIT_TEST_SUITE_REGISTRATION(RevocationTest);
