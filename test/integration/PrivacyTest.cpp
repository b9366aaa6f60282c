#include "cuentas/Archivo.h"
#include "cuentas/TiendaOnEngine.h"
#include "plugins/gestorbbdd/MariaDbServer.h"
#include "plugins/gestorbbdd/OnBoth.h"
#include "support/Eventually.h"

#include <cppunit/extensions/HelperMacros.h>

#include <memory>
#include <sqlite3.h>
#include <string>

using namespace zoco::test;
using zoco::gestorbbdd::test::MariaDbServer;

/// What a shop knows about people and for how long, as they meet it: the real program on both engines.
class PrivacyTest : public TiendaOnEngine
{
    CPPUNIT_TEST_SUITE(PrivacyTest);
    CPPUNIT_TEST(testRegistrationRecordsConsent);
    CPPUNIT_TEST(testGuestsGetTheirData);
    CPPUNIT_TEST(testGuestsHaveTheirDataErased);
    CPPUNIT_TEST(testAMailboxAloneOpensNoAccount);
    CPPUNIT_TEST(testAccountsWithoutAPasswordGo);
    CPPUNIT_TEST(testUnusedAccountsAreWarnedAndGo);
    CPPUNIT_TEST(testAccountsInUseStay);
    CPPUNIT_TEST(testBannedAccountsStay);
    CPPUNIT_TEST(testOneUnreadableAccountKeepsNoOther);
    CPPUNIT_TEST(testTheAuditLogIsShortened);
    CPPUNIT_TEST(testWhatExpiredGoesPageByPage);
    CPPUNIT_TEST(testCleaningReadsWhatExpiredAlone);
    CPPUNIT_TEST(testPeriodsAreTold);
    CPPUNIT_TEST(testUsesAreToldInTheLanguageOfWhoAsks);
    CPPUNIT_TEST_SUITE_END();

private:
    static constexpr auto kAna = "ana.lopez@ejemplo.es";
    static constexpr auto kLuis = "luis@otro.example";

    void testRegistrationRecordsConsent()
    {
        auto& t = tienda();
        const auto body = [](const std::string& condiciones)
        {
            return json({{"correo", kAna},
                         {"clave", Tienda::kClave},
                         {"nombre", "Ana"},
                         {"condiciones", condiciones},
                         {"privacidad", "2026-02"}});
        };
        same("422 datos-invalidos", t.outcome("POST", "/Usuarios", body(std::string(41, 'v'))));
        same("202", t.outcome("POST", "/Usuarios", body("2026-01")));
        same("200", t.outcome("POST", "/Usuarios/verificacion", json({{"ficha", t.buzon().nextFicha(kAna)}})));
        const auto consents = t.get("/Usuarios/yo/consentimientos", t.ficha(kAna));
        std::string told;
        for (const auto& c : consents["consentimientos"].GetArray())
        {
            CPPUNIT_ASSERT(c["otorgado"].GetBool());
            told += std::string(c["asunto"].GetString()) + ' ' + c["version"].GetString() + ' ' +
                    std::string(c["momento"].GetString()).substr(0, 2) + '\n';
        }
        CPPUNIT_ASSERT_MESSAGE(told, told == "condiciones 2026-01 20\nprivacidad 2026-02 20\n" ||
                                         told == "privacidad 2026-02 20\ncondiciones 2026-01 20\n");
        t.alta(kLuis); // a client that names no texts
        CPPUNIT_ASSERT_EQUAL(0u, t.get("/Usuarios/yo/consentimientos", t.ficha(kLuis))["consentimientos"].Size());
    }

    Tienda& withGuests()
    {
        auto& t = tienda({{"plugins.libreta.enabled", "true"},
                          {"plugins.libreta.library", ZOCO_BUILD_DIR "/test/fixtures/libreta.so"}});
        for (const auto* guest : {kAna, kLuis}) same("204", std::to_string(t.send("POST", "/Libreta", guest).status));
        const auto isTold = [&] // by a durable event, shortly after the plugin's start
        { return t.send("GET", "/Usuarios/tratamientos").body.find("\"libreta\"") != std::string::npos; };
        CPPUNIT_ASSERT(eventually(isTold));
        return t;
    }
    static std::string wish(const std::string& correo, const std::string& accion)
    {
        return json({{"correo", correo}, {"accion", accion}});
    }
    static std::string ficha(const std::string& token) { return json({{"ficha", token}}); }

    void testGuestsGetTheirData()
    {
        auto& t = withGuests();
        const auto known = t.send("POST", "/Usuarios/datos", wish(kAna, "exportar"));
        const auto unknown = t.send("POST", "/Usuarios/datos", wish("nadie@ejemplo.es", "exportar"));
        CPPUNIT_ASSERT_EQUAL(202, known.status);
        same(known.body, unknown.body);
        CPPUNIT_ASSERT_EQUAL(known.headers.size(), unknown.headers.size());
        same("422 datos-invalidos", t.outcome("POST", "/Usuarios/datos", wish(kAna, "todo")));
        const auto mail = t.buzon().next(kAna);
        CPPUNIT_ASSERT_MESSAGE(mail, mail.find("/datos?accion=exportar&ficha=") != std::string::npos);
        const auto token = ficha(fichaIn(mail));
        same("410 ficha-caducada", t.outcome("POST", "/Usuarios/datos/borrado", token)); // it is for the other thing
        const auto answer = t.send("POST", "/Usuarios/datos/descarga", token);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(answer.body, 200, answer.status);
        same("application/zip", answer.header("Content-Type"));
        auto files = filesOf(answer.body);
        same(R"([{"correo":"ana.lopez@ejemplo.es","cuenta":""}])", files["libreta/notas.json"]);
        for (const auto& [name, content] : files)
            CPPUNIT_ASSERT_MESSAGE(name, content.find(kLuis) == std::string::npos);
        same("410 ficha-caducada", t.outcome("POST", "/Usuarios/datos/descarga", token));
        same("410 ficha-caducada", t.outcome("POST", "/Usuarios/datos/descarga", ficha(std::string(43, 'a'))));
    }

    void testGuestsHaveTheirDataErased()
    {
        auto& t = withGuests();
        same("202", t.outcome("POST", "/Usuarios/datos", wish(kAna, "borrar")));
        const auto token = ficha(t.buzon().nextFicha(kAna));
        same("2", t.send("GET", "/Libreta").body);
        same("202", t.outcome("POST", "/Usuarios/datos/borrado", token));
        same("410 ficha-caducada", t.outcome("POST", "/Usuarios/datos/borrado", token));
        CPPUNIT_ASSERT(eventually([&] { return t.send("GET", "/Libreta").body == "1"; }));
        CPPUNIT_ASSERT(t.buzon().next(kAna).find("facturas") != std::string::npos);
        std::string log;
        const auto isNoted = [&]
        {
            log = t.mando({"audit", "list"});
            return log.find("actor=libreta") != std::string::npos;
        };
        CPPUNIT_ASSERT_MESSAGE(log, eventually(isNoted));
        CPPUNIT_ASSERT_MESSAGE(log, log.find("objeto=invitado ") != std::string::npos);
        CPPUNIT_ASSERT_MESSAGE(log, log.find("seis años") != std::string::npos);
        CPPUNIT_ASSERT_MESSAGE(log, log.find(kAna) == std::string::npos);
    }

    /// Nor does a link from before the address had one.
    void testAMailboxAloneOpensNoAccount()
    {
        auto& t = withGuests();
        same("202", t.outcome("POST", "/Usuarios/datos", wish(kAna, "exportar")));
        const auto before = ficha(t.buzon().nextFicha(kAna));
        t.alta(kAna);
        same("202", t.outcome("POST", "/Usuarios/datos", wish(kAna, "borrar")));
        const auto mail = t.buzon().next(kAna);
        CPPUNIT_ASSERT_MESSAGE(mail, mail.find("ficha=") == std::string::npos);
        CPPUNIT_ASSERT_MESSAGE(mail, mail.find("/cuenta") != std::string::npos);
        same("410 ficha-caducada", t.outcome("POST", "/Usuarios/datos/descarga", before));
    }

    /// As if days had passed for all accounts and their sessions.
    void pass(int days)
    {
        const auto us = std::to_string(days * 86'400LL * 1'000'000);
        behind("UPDATE usuarios_usuarios SET usado = usado - " + us + ", creado = creado - " + us +
               ", avisado = CASE WHEN avisado = 0 THEN 0 ELSE avisado - " + us + " END");
        behind("UPDATE usuarios_sesiones SET caduca = caduca - " + us);
    }
    void purgeSays(const std::string& line)
    {
        const auto said = _tienda->mando({"user", "purge"});
        CPPUNIT_ASSERT_MESSAGE(said, said.substr(0, 1) != "!" && said.find(line + "\n") != std::string::npos);
    }

    void testAccountsWithoutAPasswordGo()
    {
        auto& t = tienda({{"conservar_sin_clave_dias", "10"}});
        t.mando({"user", "add", "--correo", kLuis});
        t.alta(kAna);
        pass(9);
        purgeSays("accounts without a password: 0");
        pass(2);
        purgeSays("accounts without a password: 1");
        const auto list = t.mando({"user", "list"});
        CPPUNIT_ASSERT_MESSAGE(list, list.find(kLuis) == std::string::npos && list.find(kAna) != std::string::npos);
    }

    void testUnusedAccountsAreWarnedAndGo()
    {
        auto& t = tienda({{"conservar_inactivas_dias", "100"}});
        t.alta(kAna);
        t.alta(kLuis);
        t.mando({"user", "rol", "--correo", kLuis, "--rol", "pagos"});
        pass(99);
        purgeSays("owners told of an unused account: 0");
        pass(2);
        purgeSays("owners told of an unused account: 1"); // not the staff's
        CPPUNIT_ASSERT(t.buzon().next(kAna).find("Para conservarla basta con entrar una vez.") != std::string::npos);
        pass(29);
        purgeSays("unused accounts: 0");
        CPPUNIT_ASSERT_EQUAL(200, t.acceso(kAna).status); // takes the warning back
        pass(31);
        purgeSays("unused accounts: 0");
        pass(70);
        purgeSays("owners told of an unused account: 1");
        CPPUNIT_ASSERT(!t.buzon().next(kAna).empty());
        pass(31);
        purgeSays("unused accounts: 1");
        CPPUNIT_ASSERT_EQUAL(401, t.acceso(kAna).status);
        CPPUNIT_ASSERT(!t.buzon().next(kAna).empty());
        CPPUNIT_ASSERT_EQUAL(200, t.acceso(kLuis).status);
    }

    /// A session that goes on is use, though nobody logs in.
    void testAccountsInUseStay()
    {
        auto& t = tienda({{"conservar_inactivas_dias", "10"}});
        t.alta(kAna);
        (void)t.ficha(kAna);
        pass(50);
        behind("UPDATE usuarios_sesiones SET caduca = 9000000000000000"); // prolonged all the time
        purgeSays("owners told of an unused account: 0");
        behind("UPDATE usuarios_sesiones SET caduca = 1");
        purgeSays("owners told of an unused account: 1");
        pass(31);
        behind("UPDATE usuarios_usuarios SET roles = 'cliente pagos'"); // staff by now
        purgeSays("unused accounts: 0");
        behind("UPDATE usuarios_usuarios SET roles = 'cliente'");
        purgeSays("unused accounts: 1");
    }

    /// Else who is banned registers anew.
    void testBannedAccountsStay()
    {
        auto& t = tienda({{"conservar_inactivas_dias", "10"}, {"conservar_sin_clave_dias", "10"}});
        t.alta(kAna);
        t.mando({"user", "add", "--correo", kLuis});
        t.mando({"user", "disable", "--correo", kAna});
        t.mando({"user", "disable", "--correo", kLuis});
        pass(50);
        purgeSays("owners told of an unused account: 0");
        purgeSays("accounts without a password: 0");
        behind("UPDATE usuarios_usuarios SET avisado = 1");
        purgeSays("unused accounts: 0");
    }

    void testOneUnreadableAccountKeepsNoOther()
    {
        auto& t = tienda({{"conservar_sin_clave_dias", "10"}});
        t.mando({"user", "add", "--correo", kLuis});
        behind("UPDATE usuarios_usuarios SET nombre = 'x', usado = usado - 1000000");
        t.mando({"user", "add", "--correo", kAna});
        pass(11);
        const auto said = t.mando({"user", "purge"});
        CPPUNIT_ASSERT_MESSAGE(said, said.starts_with("!")); // it could not be done to its end
        CPPUNIT_ASSERT_MESSAGE(said, said.find("accounts without a password: 1\n") != std::string::npos);
        CPPUNIT_ASSERT_MESSAGE(said, said.find("accounts without a password: not all") != std::string::npos);
        CPPUNIT_ASSERT_MESSAGE(said, said.find("audit entries: 0\n") != std::string::npos); // what comes behind it
    }

    void testTheAuditLogIsShortened()
    {
        auto& t = tienda({{"conservar_auditoria_dias", "30"}});
        t.alta(kAna);
        for (int i = 0; i < 3; ++i) t.ficha(kAna);
        const auto says = [&](const std::string& text) {
            return t.mando({"audit", "verify"}).find(text) != std::string::npos;
        };
        CPPUNIT_ASSERT(eventually([&] { return says("5 entries"); }));
        purgeSays("audit entries: 0");
        // The rows' own hashes stay: what follows them still fits.
        behind("UPDATE usuarios_auditoria SET momento = 1 WHERE id <= '00000000000000000003'");
        purgeSays("audit entries: 3");
        CPPUNIT_ASSERT_MESSAGE(t.mando({"audit", "verify"}), says("2 entries"));
        t.ficha(kAna);
        CPPUNIT_ASSERT(eventually([&] { return says("3 entries"); }));
        behind("DELETE FROM usuarios_auditoria WHERE id = '00000000000000000004'");
        CPPUNIT_ASSERT_MESSAGE(t.mando({"audit", "verify"}), says("!audit log: entry 4 is missing"));
        behind("UPDATE usuarios_auditoria_corte SET ultimo = '00000000000000000004'"); // not by who has the keys
        CPPUNIT_ASSERT_MESSAGE(t.mando({"audit", "verify"}), says("!audit log: its beginning is not what was written"));
    }

    static constexpr auto kDigits =
        "(SELECT 0 AS d UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 "
        "UNION SELECT 6 UNION SELECT 7 UNION SELECT 8 UNION SELECT 9)";
    static std::string thousand()
    {
        const std::string digits = kDigits;
        return digits + " a, " + digits + " b, " + digits + " c";
    }

    void testWhatExpiredGoesPageByPage()
    {
        (void)tienda();
        behind("INSERT INTO usuarios_conocidos (usuario, indice, visto) SELECT 'u', 1000 + a.d * 100 + b.d * 10 + c.d, "
               "1 FROM " +
               thousand());
        behind("INSERT INTO usuarios_conocidos (usuario, indice, visto) VALUES ('u', 'x', 9000000000000000)");
        purgeSays("known browsers and networks: 1000");
        purgeSays("known browsers and networks: 0");
    }

    /// Rows that the server has read. Looking costs some itself.
    static std::int64_t rowsRead()
    {
        auto& server = MariaDbServer::shared();
        return server.counter("HANDLER_READ_NEXT") + server.counter("HANDLER_READ_RND_NEXT");
    }

    /// Whole tables every hour would be much for a large shop.
    void testCleaningReadsWhatExpiredAlone()
    {
        if (!isMariaDb()) return; // nobody counts there
        (void)tienda();
        const std::string number = "SELECT 1000 + a.d * 100 + b.d * 10 + c.d + ";
        const std::string later = "9000000000000000 FROM ";
        for (int i = 0; i < 5; ++i)
        {
            const auto next = number + std::to_string(i * 1000);
            behind("INSERT INTO usuarios_fichas (id, clase, sujeto, datos, caduca) " + next + ", '', '', '', " + later +
                   thousand());
            behind("INSERT INTO usuarios_intentos (clave, fallos, espera, hasta, ultimo) " + next + ", 0, 0, 0, " +
                   later + thousand());
        }
        const auto before = rowsRead();
        purgeSays("links: 0");
        const auto count = rowsRead() - before;
        CPPUNIT_ASSERT_MESSAGE(std::to_string(count), count < 4000);
    }

    void testPeriodsAreTold()
    {
        auto& t = tienda({{"conservar_auditoria_dias", "77"}, {"conservar_inactivas_dias", "365"}});
        std::string told;
        const auto isTold = [&]
        {
            told = t.send("GET", "/Usuarios/tratamientos").body;
            return told.find("77 días") != std::string::npos;
        };
        CPPUNIT_ASSERT_MESSAGE(told, eventually(isTold));
        CPPUNIT_ASSERT_MESSAGE(told, told.find("365 días y 30 más desde que se avisa") != std::string::npos);
    }

    void testUsesAreToldInTheLanguageOfWhoAsks()
    {
        auto& t = withGuests(); // of a plugin that tells Spanish alone
        const auto told = [&](const char* language)
        {
            const auto header = std::string("Accept-Language: ") + language + "\r\n";
            const auto answer = t.send("GET", "/Usuarios/tratamientos", {}, {}, header);
            CPPUNIT_ASSERT(answer.header("Vary").find("Accept-Language") != std::string::npos);
            return answer.body;
        };
        const auto english = told("en-GB,en;q=0.9");
        const auto has = [](const std::string& text, const char* part)
        { CPPUNIT_ASSERT_MESSAGE(text, text.find(part) != std::string::npos); };
        has(english, R"("finalidad":"Keeping the account and giving access to it")");
        has(english, R"("plazo":"Until they are removed or the account is deleted","idioma":"en")");
        has(english,
            R"({"datos":"Correo","finalidad":"Enviar lo comprado","base":"Contrato","plazo":"Seis años","idioma":"es"})");
        CPPUNIT_ASSERT_MESSAGE(english, english.find("Llevar la cuenta") == std::string::npos);
        const auto spanish = told("es");
        has(spanish, R"("finalidad":"Llevar la cuenta y dar acceso a ella")");
        CPPUNIT_ASSERT_MESSAGE(spanish, spanish.find(R"("idioma":"en")") == std::string::npos);
    }
};

ZOCO_TEST_ON_BOTH(PrivacyTest);
