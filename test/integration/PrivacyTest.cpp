#include "cuentas/Tienda.h"
#include "plugins/gestorbbdd/MariaDbServer.h"
#include "plugins/gestorbbdd/OnBoth.h"

#include <cppunit/extensions/HelperMacros.h>

#include <memory>
#include <string>

using namespace zoco::test;
using zoco::gestorbbdd::test::MariaDbServer;

/// What a shop knows about people and for how long, as they meet it: the real program on both engines.
class PrivacyTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(PrivacyTest);
    CPPUNIT_TEST(testRegistrationRecordsConsent);
    CPPUNIT_TEST_SUITE_END();

public:
    void tearDown() override { _tienda.reset(); }

protected:
    virtual bool isMariaDb() const { return false; }

private:
    static constexpr auto kAna = "ana.lopez@ejemplo.es";
    static constexpr auto kLuis = "luis@otro.example";

    Tienda& tienda(Tienda::Settings settings = {})
    {
        if (_tienda) return *_tienda;
        std::string url;
        auto& server = MariaDbServer::shared;
        if (isMariaDb()) _database = server().newDatabase();
        if (isMariaDb()) url = server().socketUrl(_database);
        for (const auto& cheap : Tienda::Settings{{"hash_memoria_kib", "7168"}, {"hash_pasadas", "1"}})
            settings.push_back(cheap);
        _tienda = std::make_unique<Tienda>(url, settings);
        return *_tienda;
    }

    static void same(const std::string& expected, const std::string& actual) { CPPUNIT_ASSERT_EQUAL(expected, actual); }

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

    std::unique_ptr<Tienda> _tienda;
    std::string _database;
};

ZOCO_TEST_ON_BOTH(PrivacyTest);
