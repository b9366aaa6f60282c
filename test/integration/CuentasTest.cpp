#include "cifra/Totp.h"
#include "cuentas/Archivo.h"
#include "cuentas/Proveedor.h"
#include "cuentas/TiendaOnEngine.h"
#include "plugins/gestorbbdd/MariaDbServer.h"
#include "plugins/gestorbbdd/OnBoth.h"
#include "support/Eventually.h"

#include <cppunit/extensions/HelperMacros.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <future>
#include <iterator>
#include <map>
#include <memory>
#include <sqlite3.h>
#include <sstream>
#include <vector>

using namespace zoco::test;
using zoco::gestorbbdd::test::MariaDbServer;

/// Accounts as a shop's visitors and operators meet them: the real program, mails as files, both engines.
class CuentasTest : public TiendaOnEngine
{
    CPPUNIT_TEST_SUITE(CuentasTest);
    CPPUNIT_TEST(testRegisterVerifyLogInAndOut);
    CPPUNIT_TEST(testRegistrationTellsNothing);
    CPPUNIT_TEST(testForgottenPassword);
    CPPUNIT_TEST(testTriesAreSlowedDown);
    CPPUNIT_TEST(testManyLoginsAtOnceAllCount);
    CPPUNIT_TEST(testSessionsAreListedAndEnded);
    CPPUNIT_TEST(testPasswordChange);
    CPPUNIT_TEST(testWhoHasNoPasswordIsToldSo);
    CPPUNIT_TEST(testAddressChangeNeedsBothMailboxes);
    CPPUNIT_TEST(testSecondFactor);
    CPPUNIT_TEST(testProfile);
    CPPUNIT_TEST(testNobodyReadsAnothersAddresses);
    CPPUNIT_TEST(testNoRequestSetsWhatItMayNot);
    CPPUNIT_TEST(testFreshLoginForDelicateChanges);
    CPPUNIT_TEST(testDeletedAccount);
    CPPUNIT_TEST(testDataAreExported);
    CPPUNIT_TEST(testWhatIsKeptOfADeletedAccountIsNoted);
    CPPUNIT_TEST(testOperatorsCommands);
    CPPUNIT_TEST(testALinkIsWholeWhileNothingServes);
    CPPUNIT_TEST(testAuditLog);
    CPPUNIT_TEST(testForgedAuditLogIsFound);
    CPPUNIT_TEST(testRotatedKeysOpenEverything);
    CPPUNIT_TEST(testAccountsOutliveARetiredKey);
    CPPUNIT_TEST(testNothingPersonalLiesInClear);
    CPPUNIT_TEST_SUITE_END();

private:
    static constexpr auto kAna = "ana.lopez@ejemplo.es";
    static constexpr auto kLuis = "luis@otro.example";
    static inline const std::string kOtra = "El tren de las 7:43 llega tarde";

    void testRegisterVerifyLogInAndOut()
    {
        auto& t = tienda();
        same(
            "202",
            t.outcome("POST", "/Usuarios",
                      json({{"correo", " Ana.Lopez@EJEMPLO.es"}, {"clave", Tienda::kClave}, {"nombre", "Ana López"}})));
        same("401 credenciales-invalidas",
             t.outcome("POST", "/Usuarios/sesion", json({{"correo", kAna}, {"clave", Tienda::kClave}})));
        const auto link = t.buzon().next("Ana.Lopez@ejemplo.es");
        CPPUNIT_ASSERT(link.find(t.host().url().substr(t.host().url().rfind(':')) + "/verificacion?ficha=") !=
                       std::string::npos);
        const auto ficha = json({{"ficha", fichaIn(link)}});
        same(R"({"resultado":"cuenta"})", t.send("POST", "/Usuarios/verificacion", ficha).body);
        same("410 ficha-caducada", t.outcome("POST", "/Usuarios/verificacion", ficha));
        same("401 credenciales-invalidas",
             t.outcome("POST", "/Usuarios/sesion", json({{"correo", kAna}, {"clave", kOtra}})));

        const auto login = t.acceso(kAna);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(login.body, 200, login.status);
        const auto cookie = login.header("Set-Cookie");
        CPPUNIT_ASSERT_MESSAGE(cookie, cookie.starts_with("zoco=") && cookie.find("HttpOnly") != std::string::npos);
        const auto token = cookie.substr(5, 43);
        const auto yo = t.get("/Usuarios/yo", token);
        same("Ana.Lopez@ejemplo.es", yo["correo"].GetString());
        same("Ana López", yo["nombre"].GetString());
        CPPUNIT_ASSERT_EQUAL(1u, yo["roles"].Size());
        t.restart();
        const auto byCookie = t.send("GET", "/Usuarios/yo", {}, {}, "Cookie: zoco=" + token + "\r\n");
        CPPUNIT_ASSERT_EQUAL(200, byCookie.status);
        CPPUNIT_ASSERT_EQUAL(401, t.send("GET", "/Usuarios/yo").status);
        CPPUNIT_ASSERT_EQUAL(204, t.send("DELETE", "/Usuarios/sesion", {}, token).status);
        CPPUNIT_ASSERT_EQUAL(401, t.send("GET", "/Usuarios/yo", {}, token).status);
    }

    void testRegistrationTellsNothing()
    {
        auto& t = tienda();
        t.alta(kAna);
        const auto again = t.send("POST", "/Usuarios", json({{"correo", kAna}, {"clave", kOtra}, {"nombre", "Otra"}}));
        const auto fresh = t.send("POST", "/Usuarios", json({{"correo", kLuis}, {"clave", kOtra}, {"nombre", "Luis"}}));
        CPPUNIT_ASSERT_EQUAL(202, again.status);
        CPPUNIT_ASSERT_EQUAL(fresh.body, again.body);
        CPPUNIT_ASSERT_EQUAL(fresh.headers.size(), again.headers.size());
        const auto mail = t.buzon().next(kAna);
        CPPUNIT_ASSERT(mail.find("ficha=") == std::string::npos);
        CPPUNIT_ASSERT(mail.find("/olvido") != std::string::npos);
        same("Ana", t.get("/Usuarios/yo", t.ficha(kAna))["nombre"].GetString());
        // The account takes the data of the request whose link is opened.
        same("202", t.outcome("POST", "/Usuarios",
                              json({{"correo", kLuis}, {"clave", Tienda::kClave}, {"nombre", "Luis de verdad"}})));
        const auto first = t.buzon().nextFicha(kLuis);
        const auto second = t.buzon().nextFicha(kLuis);
        same("200", t.outcome("POST", "/Usuarios/verificacion", json({{"ficha", second}})));
        same("410 ficha-caducada", t.outcome("POST", "/Usuarios/verificacion", json({{"ficha", first}})));
        same("Luis de verdad", t.get("/Usuarios/yo", t.ficha(kLuis))["nombre"].GetString());
    }

    void testForgottenPassword()
    {
        auto& t = tienda();
        t.alta(kAna);
        const auto token = t.ficha(kAna);
        same("202", t.outcome("POST", "/Usuarios/clave/olvido", json({{"correo", kLuis}})));
        same("202", t.outcome("POST", "/Usuarios/clave/olvido", json({{"correo", kAna}})));
        const auto ficha = t.buzon().nextFicha(kAna);
        CPPUNIT_ASSERT(!t.buzon().hasMore(kLuis));
        same("422 datos-invalidos",
             t.outcome("POST", "/Usuarios/clave/nueva", json({{"ficha", ficha}, {"clave", "ana.lopez1"}})));
        same("204", t.outcome("POST", "/Usuarios/clave/nueva", json({{"ficha", ficha}, {"clave", kOtra}})));
        same("410 ficha-caducada",
             t.outcome("POST", "/Usuarios/clave/nueva", json({{"ficha", ficha}, {"clave", kOtra}})));
        CPPUNIT_ASSERT_EQUAL(401, t.send("GET", "/Usuarios/yo", {}, token).status);
        same("401 credenciales-invalidas",
             t.outcome("POST", "/Usuarios/sesion", json({{"correo", kAna}, {"clave", Tienda::kClave}})));
        CPPUNIT_ASSERT_EQUAL(200, t.acceso(kAna, kOtra).status);
        CPPUNIT_ASSERT(t.buzon().next(kAna).find("/olvido") != std::string::npos); // that it was changed
    }

    void testTriesAreSlowedDown()
    {
        auto& t = tienda({{"intentos_cuenta", "3"}});
        t.alta(kAna);
        for (const auto* correo : {kAna, kLuis}) // whether or not there is such an account
        {
            for (int i = 0; i < 4; ++i) CPPUNIT_ASSERT_EQUAL(401, t.acceso(correo, kOtra).status);
            const auto slowed = t.acceso(correo, kOtra);
            CPPUNIT_ASSERT_EQUAL(429, slowed.status);
            same("demasiados-intentos", slowed.problemSlug());
            same("1", slowed.header("Retry-After"));
        }
        CPPUNIT_ASSERT_EQUAL(429, t.acceso(kAna).status); // the right one, too
        CPPUNIT_ASSERT(eventually([&] { return t.acceso(kAna).status == 200; }));
        // From a network that is known now others' tries are counted apart; here all come from one.
        CPPUNIT_ASSERT_EQUAL(200, t.acceso(kAna).status);
        for (int i = 0; i < 4; ++i) CPPUNIT_ASSERT_EQUAL(401, t.acceso(kAna, kOtra).status);
        CPPUNIT_ASSERT_EQUAL(429, t.acceso(kAna).status);
        // Who reads the mailbox gets in at once.
        same("202", t.outcome("POST", "/Usuarios/clave/olvido", json({{"correo", kAna}})));
        same("204", t.outcome("POST", "/Usuarios/clave/nueva",
                              json({{"ficha", t.buzon().nextFicha(kAna)}, {"clave", kOtra}})));
        CPPUNIT_ASSERT_EQUAL(200, t.acceso(kAna, kOtra).status);
    }

    static int many(Tienda& t, const std::string& clave, int status)
    {
        std::vector<std::future<int>> all;
        for (int i = 0; i < 40; ++i)
            all.push_back(std::async(std::launch::async, [&] { return t.acceso(kAna, clave).status; }));
        int count = 0;
        for (auto& one : all) count += one.get() == status ? 1 : 0;
        return count;
    }

    /// Those that wait have not been tried; wrong ones at once are not more than the free ones.
    void testManyLoginsAtOnceAllCount()
    {
        auto& t = tienda();
        t.alta(kAna);
        CPPUNIT_ASSERT_EQUAL(40, many(t, Tienda::kClave, 200));
        const auto tried = many(t, kOtra, 401);
        CPPUNIT_ASSERT_MESSAGE(std::to_string(tried), tried >= 5 && tried <= 7);
    }

    void testSessionsAreListedAndEnded()
    {
        auto& t = tienda();
        t.alta(kAna);
        const auto first = t.ficha(kAna);
        const auto login = t.acceso(kAna, Tienda::kClave, {}, "User-Agent: Firefox/119.0 (X11)\r\n");
        const auto mail = t.buzon().next(kAna); // a new device
        CPPUNIT_ASSERT(mail.find("Firefox/119.0 (X11)") != std::string::npos);
        CPPUNIT_ASSERT_MESSAGE(mail, mail.find(" (hora de Madrid)") != std::string::npos);
        const auto second = login.header("Set-Cookie").substr(5, 43);
        const auto list = t.get("/Usuarios/yo/sesiones", second);
        CPPUNIT_ASSERT_EQUAL(2u, list["sesiones"].Size());
        std::string other;
        for (const auto& s : list["sesiones"].GetArray())
            if (!s["actual"].GetBool())
                other = s["id"].GetString();
            else
                same("Firefox/119.0 (X11)", s["agente"].GetString());
        same("204", t.outcome("DELETE", "/Usuarios/yo/sesiones/" + other, {}, second));
        same("404 no-encontrado", t.outcome("DELETE", "/Usuarios/yo/sesiones/" + other, {}, second));
        CPPUNIT_ASSERT_EQUAL(401, t.send("GET", "/Usuarios/yo", {}, first).status);
        const auto third = t.ficha(kAna);
        same("204", t.outcome("DELETE", "/Usuarios/yo/sesiones", {}, third));
        CPPUNIT_ASSERT_EQUAL(401, t.send("GET", "/Usuarios/yo", {}, second).status);
        CPPUNIT_ASSERT_EQUAL(200, t.send("GET", "/Usuarios/yo", {}, third).status);
        // Logging in again takes the place of the session that asks.
        const auto again =
            t.send("POST", "/Usuarios/sesion", json({{"correo", kAna}, {"clave", Tienda::kClave}}), third);
        CPPUNIT_ASSERT_EQUAL(200, again.status);
        CPPUNIT_ASSERT_EQUAL(401, t.send("GET", "/Usuarios/yo", {}, third).status);
    }

    void testPasswordChange()
    {
        auto& t = tienda();
        t.alta(kAna);
        const auto other = t.ficha(kAna);
        const auto token = t.ficha(kAna);
        const auto path = "/Usuarios/yo/clave";
        same("422 datos-invalidos", t.outcome("POST", path, json({{"claveActual", kOtra}, {"clave", kOtra}}), token));
        same("422 datos-invalidos",
             t.outcome("POST", path, json({{"claveActual", Tienda::kClave}, {"clave", "password1"}}), token));
        same("204", t.outcome("POST", path, json({{"claveActual", Tienda::kClave}, {"clave", kOtra}}), token));
        CPPUNIT_ASSERT_EQUAL(200, t.send("GET", "/Usuarios/yo", {}, token).status);
        CPPUNIT_ASSERT_EQUAL(401, t.send("GET", "/Usuarios/yo", {}, other).status);
        CPPUNIT_ASSERT_EQUAL(401, t.acceso(kAna).status);
        CPPUNIT_ASSERT_EQUAL(200, t.acceso(kAna, kOtra).status);
    }

    void testWhoHasNoPasswordIsToldSo()
    {
        Proveedor provider;
        auto& t = tienda({{"externo_file", provider.file()}});
        const auto hasPassword = [&](const std::string& token)
        { return t.get("/Usuarios/yo", token)["tiene_clave"].GetBool(); };
        CPPUNIT_ASSERT(!hasPassword(provider.entra(t, "s1", kLuis)));
        same("202", t.outcome("POST", "/Usuarios/clave/olvido", json({{"correo", kLuis}})));
        const auto chosen = json({{"ficha", t.buzon().nextFicha(kLuis)}, {"clave", kOtra}});
        same("204", t.outcome("POST", "/Usuarios/clave/nueva", chosen));
        CPPUNIT_ASSERT(hasPassword(t.ficha(kLuis, kOtra)));
        CPPUNIT_ASSERT(hasPassword(provider.entra(t, "s1", kLuis)));
    }

    void testAddressChangeNeedsBothMailboxes()
    {
        auto& t = tienda();
        t.alta(kAna);
        const auto token = t.ficha(kAna);
        same("202", t.outcome("POST", "/Usuarios/yo/correo", json({{"correo", kLuis}}), token));
        const auto old = t.buzon().nextFicha(kAna);
        const auto fresh = t.buzon().nextFicha(kLuis);
        same(R"({"resultado":"correo-a-medias"})",
             t.send("POST", "/Usuarios/verificacion", json({{"ficha", fresh}})).body);
        CPPUNIT_ASSERT_EQUAL(401, t.acceso(kLuis).status);
        same("410 ficha-caducada", t.outcome("POST", "/Usuarios/verificacion", json({{"ficha", fresh}})));
        same(R"({"resultado":"correo"})", t.send("POST", "/Usuarios/verificacion", json({{"ficha", old}})).body);
        CPPUNIT_ASSERT_EQUAL(401, t.send("GET", "/Usuarios/yo", {}, token).status);
        CPPUNIT_ASSERT_EQUAL(401, t.acceso(kAna).status);
        same(kLuis, t.get("/Usuarios/yo", t.ficha(kLuis))["correo"].GetString());
    }

    /// RFC 4648 section 6.
    static std::string fromBase32(const std::string& text)
    {
        std::string out;
        unsigned bits = 0;
        int count = 0;
        for (const char c : text)
        {
            bits = bits << 5 | static_cast<unsigned>(c >= 'A' ? c - 'A' : c - '2' + 26);
            count += 5;
            if (count < 8) continue;
            count -= 8;
            out += static_cast<char>(bits >> count & 0xFF);
        }
        return out;
    }
    static std::int64_t nowUs()
    {
        using namespace std::chrono;
        return duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
    }

    void testSecondFactor()
    {
        auto& t = tienda();
        t.alta(kAna);
        const auto path = std::string("/Usuarios/yo/segundo-factor");
        const auto token = t.ficha(kAna);
        const auto prepared = t.send("POST", path, {}, token);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(prepared.body, 200, prepared.status);
        rapidjson::Document made;
        made.Parse(prepared.body.data(), prepared.body.size());
        const auto secret = fromBase32(made["secreto"].GetString());
        CPPUNIT_ASSERT(std::string(made["qr"].GetString()).starts_with("<svg"));
        CPPUNIT_ASSERT_EQUAL(200, t.acceso(kAna).status); // not on yet
        same("422 datos-invalidos", t.outcome("POST", path + "/activacion", json({{"codigo", "000000"}}), token));
        const auto step = usuarios::totpStep(nowUs());
        const auto on =
            t.send("POST", path + "/activacion", json({{"codigo", usuarios::totpCode(secret, step)}}), token);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(on.body, 200, on.status);
        rapidjson::Document codes;
        codes.Parse(on.body.data(), on.body.size());
        CPPUNIT_ASSERT_EQUAL(10u, codes["codigos"].Size());
        const std::string recovery = codes["codigos"][0].GetString();

        const auto without = t.acceso(kAna);
        same("segundo-factor", without.problemSlug());
        same("", without.header("Set-Cookie"));
        same("segundo-factor", t.acceso(kAna, Tienda::kClave, usuarios::totpCode(secret, step)).problemSlug()); // used
        same("credenciales-invalidas", t.acceso(kAna, kOtra, usuarios::totpCode(secret, step + 1)).problemSlug());
        CPPUNIT_ASSERT_EQUAL(200, t.acceso(kAna, Tienda::kClave, usuarios::totpCode(secret, step + 1)).status);
        same("segundo-factor", t.acceso(kAna, Tienda::kClave, usuarios::totpCode(secret, step + 1)).problemSlug());
        CPPUNIT_ASSERT_EQUAL(200, t.acceso(kAna, Tienda::kClave, recovery).status);
        same("segundo-factor", t.acceso(kAna, Tienda::kClave, recovery).problemSlug());
        const auto again = t.ficha(kAna, Tienda::kClave, codes["codigos"][1].GetString());
        CPPUNIT_ASSERT_EQUAL(std::int64_t(8), t.get(path, again)["codigos"].GetInt64());
        same("204", t.outcome("DELETE", path, {}, again));
        CPPUNIT_ASSERT_EQUAL(200, t.acceso(kAna).status);
    }

    void testProfile()
    {
        auto& t = tienda();
        t.alta(kAna);
        const auto token = t.ficha(kAna);
        const auto changed =
            t.send("PATCH", "/Usuarios/yo",
                   R"({"nombre":" Ana María ","telefono":"600 123 456","nif":"12345678z","idioma":"en"})", token);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(changed.body, 200, changed.status);
        const auto yo = t.get("/Usuarios/yo", token);
        same("Ana María", yo["nombre"].GetString());
        same("+34600123456", yo["telefono"].GetString());
        same("12345678Z", yo["nif"].GetString());
        same("200", t.outcome("PATCH", "/Usuarios/yo", R"({"nif":null})", token));
        CPPUNIT_ASSERT(t.get("/Usuarios/yo", token)["nif"].IsNull());
        same("+34600123456", t.get("/Usuarios/yo", token)["telefono"].GetString());
        same("204", t.outcome("PUT", "/Usuarios/yo/consentimientos/novedades",
                              R"({"version":"2026-01","otorgado":true})", token));
        same("204", t.outcome("PUT", "/Usuarios/yo/consentimientos/novedades",
                              R"({"version":"2026-01","otorgado":false})", token));
        same("404 no-encontrado",
             t.outcome("PUT", "/Usuarios/yo/consentimientos/otros", R"({"version":"1","otorgado":true})", token));
        const auto consents = t.get("/Usuarios/yo/consentimientos", token);
        CPPUNIT_ASSERT_EQUAL(2u, consents["consentimientos"].Size());
        CPPUNIT_ASSERT(!consents["consentimientos"][0]["otorgado"].GetBool());
    }

    static constexpr auto kDireccion =
        R"({"nombre":"Ana","linea1":"Calle Mayor 1","cp":"28013","ciudad":"Madrid","provincia":"Madrid","pais":"ES"})";

    void testNobodyReadsAnothersAddresses()
    {
        auto& t = tienda();
        t.alta(kAna);
        t.alta(kLuis);
        const auto ana = t.ficha(kAna);
        const auto luis = t.ficha(kLuis);
        const auto made = t.send("POST", "/Usuarios/yo/direcciones", kDireccion, ana);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(made.body, 201, made.status);
        const auto path = made.header("Location");
        same("Calle Mayor 1", t.get(path, ana)["linea1"].GetString());
        same("404 no-encontrado", t.outcome("GET", path, {}, luis));
        same("404 no-encontrado", t.outcome("PUT", path, kDireccion, luis));
        same("404 no-encontrado", t.outcome("DELETE", path, {}, luis));
        CPPUNIT_ASSERT_EQUAL(0u, t.get("/Usuarios/yo/direcciones", luis)["direcciones"].Size());
        same("422 datos-invalidos", t.outcome("POST", "/Usuarios/yo/direcciones", R"({"cp":"08001"})", ana));
        std::string moved = kDireccion;
        moved.replace(moved.find("Mayor 1"), 7, "Nueva 2");
        same("200", t.outcome("PUT", path, moved, ana));
        same("Calle Nueva 2", t.get(path, ana)["linea1"].GetString());
        same("204", t.outcome("DELETE", path, {}, ana));
        CPPUNIT_ASSERT_EQUAL(0u, t.get("/Usuarios/yo/direcciones", ana)["direcciones"].Size());
    }

    void testNoRequestSetsWhatItMayNot()
    {
        auto& t = tienda();
        same(
            "422 datos-invalidos",
            t.outcome(
                "POST", "/Usuarios",
                R"({"correo":"ana@ejemplo.es","clave":"caballo grapa bateria correcta","nombre":"A","roles":["operador"]})"));
        t.alta(kAna);
        const auto token = t.ficha(kAna);
        for (const auto* body : {R"({"roles":["operador"]})", R"({"correo":"x@y.es"})", R"({"id":"x"})",
                                 R"({"clave":"x"})", R"({"activo":true})"})
            same("422 datos-invalidos", t.outcome("PATCH", "/Usuarios/yo", body, token));
        same("413", t.outcome("PATCH", "/Usuarios/yo", "{\"nombre\":\"" + std::string(1 << 20, 'a') + "\"}", token)
                        .substr(0, 3));
        CPPUNIT_ASSERT_EQUAL(1u, t.get("/Usuarios/yo", token)["roles"].Size());
    }

    void testFreshLoginForDelicateChanges()
    {
        auto& t = tienda({{"autenticacion_reciente_s", "1"}});
        t.alta(kAna);
        const auto token = t.ficha(kAna);
        CPPUNIT_ASSERT(eventually(
            [&]
            { return t.outcome("POST", "/Usuarios/yo/segundo-factor", {}, token) == "403 autenticacion-reciente"; }));
        same("403 autenticacion-reciente", t.outcome("DELETE", "/Usuarios/yo", {}, token));
        same("403 autenticacion-reciente", t.outcome("DELETE", "/Usuarios/yo/sesiones", {}, token));
        same("403 autenticacion-reciente", t.outcome("POST", "/Usuarios/yo/correo", json({{"correo", kLuis}}), token));
        CPPUNIT_ASSERT_EQUAL(200, t.send("GET", "/Usuarios/yo", {}, token).status);
    }

    void testDataAreExported()
    {
        auto& t = tienda({{"autenticacion_reciente_s", "600"}});
        t.alta(kAna, Tienda::kClave, "Ana López");
        t.alta(kLuis);
        const auto token = t.ficha(kAna);
        const auto address = json({{"nombre", "Ana"},
                                   {"linea1", "Calle Larga, 7"},
                                   {"cp", "41001"},
                                   {"ciudad", "Sevilla"},
                                   {"provincia", "Sevilla"},
                                   {"pais", "ES"}});
        same("201", t.outcome("POST", "/Usuarios/yo/direcciones", address, token));
        same("401 unauthorized", t.outcome("GET", "/Usuarios/yo/datos"));
        std::map<std::string, std::string> files;
        const auto isWhole = [&] // what a plugin keeps is told by a durable event, shortly after its start
        {
            const auto answer = t.send("GET", "/Usuarios/yo/datos", {}, token);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(answer.body, 200, answer.status);
            same("application/zip", answer.header("Content-Type"));
            files = filesOf(answer.body);
            return files.contains("usuarios/cuenta.json");
        };
        CPPUNIT_ASSERT(eventually(isWhole));
        const auto has = [&](const std::string& name, const std::string& part)
        { CPPUNIT_ASSERT_MESSAGE(name + ": " + files[name], files[name].find(part) != std::string::npos); };
        has("indice.json", "\"completo\":true");
        has("indice.json", "Llevar la cuenta");
        has("usuarios/cuenta.json", "Ana López");
        has("usuarios/cuenta.csv", kAna);
        has("usuarios/direcciones.csv", "\"Calle Larga, 7\"");
        has("usuarios/sesiones.json", "127.0.0.1");
        for (const auto& [name, content] : files)
            CPPUNIT_ASSERT_MESSAGE(name, content.find(kLuis) == std::string::npos);
        CPPUNIT_ASSERT(t.send("GET", "/Usuarios/tratamientos").body.find("Llevar la cuenta") != std::string::npos);
    }

    void testWhatIsKeptOfADeletedAccountIsNoted()
    {
        auto& t = tienda();
        t.alta(kAna);
        same("204", t.outcome("DELETE", "/Usuarios/yo", {}, t.ficha(kAna)));
        CPPUNIT_ASSERT(eventually(
            [&] {
                return t.mando({"audit", "list"}).find("datos-conservados") != std::string::npos;
            }));
    }

    void testDeletedAccount()
    {
        auto& t = tienda();
        t.alta(kAna);
        const auto token = t.ficha(kAna);
        same("201", t.outcome("POST", "/Usuarios/yo/direcciones", kDireccion, token));
        same("204", t.outcome("DELETE", "/Usuarios/yo", {}, token));
        CPPUNIT_ASSERT_EQUAL(401, t.send("GET", "/Usuarios/yo", {}, token).status);
        CPPUNIT_ASSERT_EQUAL(401, t.acceso(kAna).status);
        CPPUNIT_ASSERT(!t.buzon().next(kAna).empty());
        t.alta(kAna);
        CPPUNIT_ASSERT_EQUAL(0u, t.get("/Usuarios/yo/direcciones", t.ficha(kAna))["direcciones"].Size());
    }

    void testOperatorsCommands()
    {
        auto& t = tienda();
        const auto made = t.mando({"user", "add", "--rol", "operador,catalogo", "--correo", kAna});
        const auto link = "\nhttp://localhost:" + std::to_string(t.host().port()) + "/clave-nueva?ficha=";
        CPPUNIT_ASSERT_MESSAGE(made, made.find(link) != std::string::npos); // whole, to be sent as it is
        same("204", t.outcome("POST", "/Usuarios/clave/nueva", json({{"ficha", fichaIn(made)}, {"clave", kOtra}})));
        const auto token = t.ficha(kAna, kOtra);
        CPPUNIT_ASSERT_EQUAL(3u, t.get("/Usuarios/yo", token)["roles"].Size());
        CPPUNIT_ASSERT_EQUAL(200, t.send("GET", "/GestorBBDD/estado", {}, token).status);
        CPPUNIT_ASSERT(t.mando({"user", "list"}).find("ana.lopez@ejemplo.es  operador catalogo cliente") !=
                       std::string::npos);
        same("", t.mando({"user", "rol", "--correo", kAna, "--rol", "atencion"}));
        CPPUNIT_ASSERT_EQUAL(403, t.send("GET", "/GestorBBDD/estado", {}, token).status);
        same("", t.mando({"user", "disable", "--correo", kAna}));
        CPPUNIT_ASSERT_EQUAL(401, t.send("GET", "/Usuarios/yo", {}, token).status);
        CPPUNIT_ASSERT_EQUAL(401, t.acceso(kAna, kOtra).status);
        same("", t.mando({"user", "enable", "--correo", kAna}));
        CPPUNIT_ASSERT_EQUAL(200, t.acceso(kAna, kOtra).status);
        for (const auto& words :
             std::vector<std::vector<std::string>>{{"user", "add", "--correo", kAna},
                                                   {"user", "add"},
                                                   {"user", "add", "--rol", "rey", "--correo", kLuis},
                                                   {"user", "rol", "--correo", kLuis, "--rol", "pagos"}})
            CPPUNIT_ASSERT_EQUAL(std::string("!"), t.mando(words).substr(0, 1));
    }

    /// As far as settings tell where the shop is.
    void testALinkIsWholeWhileNothingServes()
    {
        auto& t = tienda();
        if (isMariaDb()) return; // the command reads its settings by itself
        CPPUNIT_ASSERT(t.host().stop());
        const auto made = t.mando({"-D", "host.public_url=https://shop.example", "user", "add", "--correo", kAna});
        CPPUNIT_ASSERT_MESSAGE(made, made.find("\nhttps://shop.example/clave-nueva?ficha=") != std::string::npos);
        const auto here = t.mando({"-D", "host.listen=127.0.0.1:8123", "user", "add", "--correo", kLuis});
        CPPUNIT_ASSERT_MESSAGE(here, here.find("\nhttp://localhost:8123/clave-nueva?ficha=") != std::string::npos);
    }

    void testAuditLog()
    {
        auto& t = tienda();
        t.alta(kAna);
        t.acceso(kAna, kOtra);
        t.ficha(kAna);
        CPPUNIT_ASSERT(eventually([&] { return t.mando({"audit", "verify"}).find("4 entries") != std::string::npos; }));
        const auto list = t.mando({"audit", "list"});
        for (const auto* action :
             {"usuarios registro-pedido", "usuarios cuenta-creada", "usuarios acceso-fallido", "usuarios acceso "})
            CPPUNIT_ASSERT_MESSAGE(list, list.find(action) != std::string::npos);
    }

    void testForgedAuditLogIsFound()
    {
        auto& t = tienda();
        t.alta(kAna);
        t.ficha(kAna);
        CPPUNIT_ASSERT(eventually([&] { return t.mando({"audit", "verify"}).find("3 entries") != std::string::npos; }));
        behind("UPDATE usuarios_auditoria SET accion = 'otra' WHERE accion = 'cuenta-creada'");
        const auto changed = t.mando({"audit", "verify"});
        CPPUNIT_ASSERT_MESSAGE(changed, changed.find("!audit log: entry 2 is not what was written") == 0);
        behind("UPDATE usuarios_auditoria SET accion = 'cuenta-creada' WHERE accion = 'otra'");
        CPPUNIT_ASSERT(t.mando({"audit", "verify"}).find("3 entries") != std::string::npos);
        behind("DELETE FROM usuarios_auditoria WHERE accion = 'cuenta-creada'");
        const auto missing = t.mando({"audit", "verify"});
        CPPUNIT_ASSERT_MESSAGE(missing, missing.find("!audit log: entry 2 is missing") == 0);
    }

    void testRotatedKeysOpenEverything()
    {
        auto& t = tienda();
        t.alta(kAna);
        const auto token = t.ficha(kAna);
        same("201", t.outcome("POST", "/Usuarios/yo/direcciones", kDireccion, token));
        const auto rotated = t.mando({"keys", "rotate"});
        CPPUNIT_ASSERT_MESSAGE(rotated, rotated.substr(0, 1) != "!");
        same("Ana", t.get("/Usuarios/yo", token)["nombre"].GetString());
        CPPUNIT_ASSERT_EQUAL(1u, t.get("/Usuarios/yo/direcciones", token)["direcciones"].Size());
        CPPUNIT_ASSERT_EQUAL(200, t.acceso(kAna).status);
        CPPUNIT_ASSERT(t.mando({"audit", "verify"}).substr(0, 1) != "!");
    }

    /// With all that is sealed of somebody: an old key opens nothing any more, and nothing needs it.
    void testAccountsOutliveARetiredKey()
    {
        auto& t = tienda();
        t.alta(kAna);
        const auto token = t.ficha(kAna);
        same("200", t.outcome("PATCH", "/Usuarios/yo", R"({"telefono":"600 123 456","nif":"12345678Z"})", token));
        same("201", t.outcome("POST", "/Usuarios/yo/direcciones", kDireccion, token));
        same("202",
             t.outcome("POST", "/Usuarios", json({{"correo", kLuis}, {"clave", Tienda::kClave}, {"nombre", "Luis"}})));
        const auto link = t.buzon().nextFicha(kLuis); // made before, opened afterwards
        const auto isNoted = [&]                      // the second registration, last of all
        {
            const auto log = t.mando({"audit", "list"});
            return log.find("registro-pedido") != log.rfind("registro-pedido");
        };
        CPPUNIT_ASSERT(eventually(isNoted));
        const auto file = t.host().dataDir() + "/keys";
        const auto keys = readFile(file);
        const auto old = keys.substr(keys.find("\nkey ") + 5, 8);
        const auto rotated = t.mando({"keys", "rotate"});
        CPPUNIT_ASSERT_MESSAGE(rotated, rotated.substr(0, 1) != "!");
        const auto retired = t.mando({"keys", "retire", old});
        CPPUNIT_ASSERT_MESSAGE(retired, retired.substr(0, 1) != "!");
        CPPUNIT_ASSERT(readFile(file).find("key " + old) == std::string::npos);
        t.restart();
        same("+34600123456", t.get("/Usuarios/yo", token)["telefono"].GetString()); // logged in from before
        const auto again = t.ficha(kAna);
        std::map<std::string, std::string> files;
        const auto isWhole = [&]
        {
            files = filesOf(t.send("GET", "/Usuarios/yo/datos", {}, again).body);
            return files.contains("usuarios/cuenta.json");
        };
        CPPUNIT_ASSERT(eventually(isWhole));
        CPPUNIT_ASSERT(files["usuarios/cuenta.json"].find("12345678Z") != std::string::npos);
        CPPUNIT_ASSERT(files["usuarios/direcciones.json"].find("Calle Mayor 1") != std::string::npos);
        CPPUNIT_ASSERT(files["usuarios/sesiones.json"].find("127.0.0.1") != std::string::npos);
        same("200", t.outcome("POST", "/Usuarios/verificacion", json({{"ficha", link}})));
        CPPUNIT_ASSERT_EQUAL(200, t.acceso(kLuis).status);
        const auto verified = t.mando({"audit", "verify"});
        CPPUNIT_ASSERT_MESSAGE(verified, verified.substr(0, 1) != "!");
    }

    void testNothingPersonalLiesInClear()
    {
        auto& t = tienda();
        t.alta("zutano.perengano@ejemplo.es", Tienda::kClave, "Zutano Perengano");
        const auto token = t.ficha("zutano.perengano@ejemplo.es");
        same("200", t.outcome("PATCH", "/Usuarios/yo", R"({"telefono":"600 123 456","nif":"12345678Z"})", token));
        same("201", t.outcome("POST", "/Usuarios/yo/direcciones", kDireccion, token));
        const auto log = t.host().log();
        CPPUNIT_ASSERT(t.host().stop().has_value());
        for (const std::string clear :
             {"perengano", "Perengano", "600123456", "12345678Z", "Calle Mayor", "argon2id", "caballo grapa"})
        {
            CPPUNIT_ASSERT_MESSAGE("log: " + clear, log.find(clear) == std::string::npos);
            for (const auto& entry : std::filesystem::recursive_directory_iterator(t.host().dataDir()))
            {
                if (!entry.is_regular_file() || entry.path().extension() == ".eml") continue;
                if (entry.path().extension() == ".so") continue; // the code names the algorithm
                std::ifstream in(entry.path(), std::ios::binary);
                const std::string text{std::istreambuf_iterator<char>(in), {}};
                CPPUNIT_ASSERT_MESSAGE(entry.path().string() + ": " + clear, text.find(clear) == std::string::npos);
            }
        }
    }
};

ZOCO_TEST_ON_BOTH(CuentasTest);
