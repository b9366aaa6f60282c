#include "zoco/MailTexts.h"
#include "zoco/testing/FakeCrypto.h"
#include "zoco/testing/FakeService.h"

#include <cppunit/extensions/HelperMacros.h>

/// Every mail of the plugin has a text in both languages, with no word that has no value.
class MailTextsTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(MailTextsTest);
    CPPUNIT_TEST(testEveryMailInBothLanguages);
    CPPUNIT_TEST_SUITE_END();

    void testEveryMailInBothLanguages()
    {
        const zoco::MailTexts writer(_outbox, {{"tienda", "Mi Tienda"}});
        for (const auto* name : {"clave", "clave-cambiada", "correo-cambiado", "correo-nuevo", "correo-viejo",
                                 "cuenta-borrada", "cuenta-caducada", "cuenta-inactiva", "datos-borrados",
                                 "datos-borrar", "datos-cuenta", "datos-exportar", "dispositivo", "externo-no",
                                 "externo-si", "segundo-factor-no", "segundo-factor-si", "verificacion", "ya-existe"})
            for (const auto* language : {"es", "en"})
            {
                const auto mail = writer.written(name, language,
                                                 {{"enlace", "https://t.es/x?ficha=F"},
                                                  {"fecha", "2026-01-01"},
                                                  {"horas", "24"},
                                                  {"minutos", "30"},
                                                  {"proveedor", "Ejemplo"},
                                                  {"agente", "Firefox"}});
                CPPUNIT_ASSERT_MESSAGE(name, mail.subject.find("Mi Tienda") != std::string::npos);
                CPPUNIT_ASSERT_MESSAGE(name, mail.subject.size() < 78);
                CPPUNIT_ASSERT_MESSAGE(name, mail.text.size() > 50);
            }
    }

    zoco::testing::FakeCrypto _fakeCrypto;
    zoco::testing::FakeService _fakeData;
    zoco::Crypto _crypto{_fakeCrypto.raw(), zoco::Log()};
    zoco::Service _data{prepared()};
    zoco::MailOutbox _outbox{_data, _crypto};

    zoco_service* prepared()
    {
        _fakeData.on("gestorbbdd.publicar", zoco::testing::FakeResult::changed(1));
        return _fakeData.raw();
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MailTextsTest);
