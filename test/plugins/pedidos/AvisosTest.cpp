#include "avisos/Aviso.h"
#include "zoco/testing/FakeCrypto.h"
#include "zoco/testing/FakeService.h"

#include <cppunit/extensions/HelperMacros.h>

#include <filesystem>
#include <set>
#include <string>

using namespace pedidos;

/// What mails about orders say.
class AvisosTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(AvisosTest);
    CPPUNIT_TEST(testEveryMailInBothLanguages);
    CPPUNIT_TEST(testWhatIsToldOfEachChange);
    CPPUNIT_TEST(testFiguresAndLists);
    CPPUNIT_TEST(testACancellationTellsWhatGoesBackYet);
    CPPUNIT_TEST(testTheShipmentOfTheEvent);
    CPPUNIT_TEST(testNamesAddNoLines);
    CPPUNIT_TEST(testAVeryLongOrderCanBeSent);
    CPPUNIT_TEST_SUITE_END();

    using Text = std::string;
    static constexpr std::int64_t kDays = 14;

    static Pedido order()
    {
        Pedido p;
        p.id = "P";
        p.numero = "261129-7K3QXM";
        p.moneda = "EUR";
        p.totales = {2598, 495, 100, {{21, 2474, 519}}, 2993};
        p.datos.direccion = {"Íñigo Núñez", "Calle del Peñón 3", "", "28001", "Madrid", "Madrid", "ES", ""};
        p.lineas = {{"a", "A", "Jamón", 2, 1299, 21, 2598}};
        p.historia = {{1'796'000'000'000'000, "enviado", "entregado", "t", ""}}; // 2026-11-30
        p.expediciones = {{"e1", 1, "Correos", "PK1", "https://correos.example/PK1", {{"a", 1}}},
                          {"e2", 2, "", "", "", {{"a", 1}}}};
        return p;
    }
    static Suceso change(const Text& de, const Text& a, const Text& expedicion = {}, std::int64_t devuelto = 0)
    {
        return {de, a, expedicion, devuelto};
    }

    /// All that there can be, each once.
    static std::vector<Aviso> all(std::string_view idioma)
    {
        std::vector<Aviso> out;
        for (const auto& c :
             {change("pendiente", "confirmado"), change("pendiente", "pagado"), change("preparado", "enviado", "e1"),
              change("enviado", "entregado"), change("pendiente", "cancelado"), change("pagado", "cancelado"),
              change("pendiente", "caducado")})
            out.push_back(avisoDeCambio(order(), c, idioma, kDays).value());
        for (const auto* why : {"devolucion", "acuerdo"})
            out.push_back(avisoDeReembolso(order(), 1299, why, idioma).value());
        return out;
    }

    zoco::Mail written(Aviso aviso, std::string_view idioma)
    {
        aviso.valores.emplace_back("enlace", "https://t.example/pedido?pedido=P");
        return _texts.written(aviso.nombre, idioma, aviso.valores);
    }
    Text textOf(const Suceso& change, std::string_view idioma, const Pedido& pedido = order())
    {
        return written(avisoDeCambio(pedido, change, idioma, kDays).value(), idioma).text;
    }
    static void has(const Text& text, const Text& part)
    {
        CPPUNIT_ASSERT_MESSAGE(part + " is not in " + text, text.find(part) != Text::npos);
    }

    void testEveryMailInBothLanguages()
    {
        std::set<Text> files;
        for (const auto* language : {"es", "en"})
            for (const auto& aviso : all(language))
            {
                const auto mail = written(aviso, language);
                files.insert(Text(aviso.nombre) + '.' + language + ".txt");
                has(mail.subject, "261129-7K3QXM");
                has(mail.subject, "Mi Tienda");
                CPPUNIT_ASSERT_MESSAGE(mail.subject, mail.subject.size() < 90);
                has(mail.text, "Íñigo Núñez");
                has(mail.text, "\nhttps://t.example/pedido?pedido=P\n");
                CPPUNIT_ASSERT_MESSAGE(mail.text, mail.text.find("\n\n\n") == Text::npos);
            }
        std::set<Text> there;
        for (const auto& file : std::filesystem::directory_iterator(ZOCO_SOURCE_DIR "/plugins/pedidos/correos"))
            there.insert(file.path().filename());
        CPPUNIT_ASSERT(there == files);
    }

    void testWhatIsToldOfEachChange()
    {
        const auto name = [](const Text& de, const Text& a)
        {
            const auto aviso = avisoDeCambio(order(), change(de, a), "es", kDays);
            return aviso ? Text(aviso->nombre) : Text("-");
        };
        CPPUNIT_ASSERT_EQUAL(Text("-"), name("", "pendiente"));
        CPPUNIT_ASSERT_EQUAL(Text("pagado"), name("", "pagado"));
        CPPUNIT_ASSERT_EQUAL(Text("-"), name("pagado", "preparado"));
        CPPUNIT_ASSERT_EQUAL(Text("enviado"), name("enviado_parcial", "enviado_parcial"));
        CPPUNIT_ASSERT_EQUAL(Text("cancelado"), name("confirmado", "cancelado"));
        CPPUNIT_ASSERT_EQUAL(Text("cancelado-pagado"), name("preparado", "cancelado"));
        CPPUNIT_ASSERT_EQUAL(Text("-"), name("entregado", "devuelto"));
        CPPUNIT_ASSERT_EQUAL(Text("-"), name("entregado", "algo-nuevo"));
        CPPUNIT_ASSERT(!avisoDeReembolso(order(), 2993, "cancelacion", "es")); // the cancellation tells it
        auto byGuest = order();
        byGuest.historia.push_back({1'796'000'000'000'000, "pendiente", "cancelado", "cliente", ""});
        CPPUNIT_ASSERT(!avisoDeCambio(byGuest, change("pendiente", "cancelado"), "es", kDays)); // of whose address?
        CPPUNIT_ASSERT_EQUAL(Text("cancelado-pagado"),
                             Text(avisoDeCambio(byGuest, change("pagado", "cancelado"), "es", kDays).value().nombre));
        auto free = order();
        free.totales = {};
        CPPUNIT_ASSERT_EQUAL(Text("cancelado"),
                             Text(avisoDeCambio(free, change("pagado", "cancelado"), "es", kDays).value().nombre));
    }

    void testACancellationTellsWhatGoesBackYet()
    {
        has(textOf(change("pagado", "cancelado"), "es"), "Te devolvemos 29,93 € por");
        has(textOf(change("pagado", "cancelado", "", 1000), "es"), "Te devolvemos 19,93 € por");
        has(textOf(change("pagado", "cancelado", "", 1000), "en"), "We pay €19.93 back");
        has(textOf(change("pagado", "cancelado", "", 2993), "es"), "Ya te habíamos devuelto lo que pagaste.");
        has(textOf(change("pagado", "cancelado", "", 2993), "en"), "We had already paid back what you paid.");
    }

    void testFiguresAndLists()
    {
        const auto spanish = textOf(change("pendiente", "pagado"), "es");
        has(spanish, "\n2 × Jamón: 25,98 €\n\nProductos: 25,98 €\nEnvío: 4,95 €\nDescuento: -1,00 €\n"
                     "Total: 29,93 €\nIVA incluido, 21 %: 5,19 €\n");
        has(spanish, "\nÍñigo Núñez\nCalle del Peñón 3\n28001 Madrid\nMadrid\n\n");
        const auto english = textOf(change("pendiente", "pagado"), "en");
        has(english, "\n2 × Jamón: €25.98\n\nProducts: €25.98\nShipping: €4.95\nDiscount: -€1.00\nTotal: €29.93\n"
                     "VAT included, 21 %: €5.19\n");
        has(textOf(change("pagado", "cancelado"), "es"), "Te devolvemos 29,93 €");
        has(textOf(change("enviado", "entregado"), "es"), "hasta el 14/12/2026.");
        has(textOf(change("enviado", "entregado"), "en"), "until 14 December 2026.");
    }

    void testTheShipmentOfTheEvent()
    {
        const auto first = textOf(change("preparado", "enviado_parcial", "e1"), "es");
        has(first, "\n1 × Jamón\n\nTransportista: Correos\nNúmero de seguimiento: PK1\nhttps://correos.example/PK1\n\n"
                   "Lo que falta irá en otro paquete.\n");
        const auto second = textOf(change("enviado_parcial", "enviado", "e2"), "es");
        has(second, "\n1 × Jamón\n\nVa a:\n");
        CPPUNIT_ASSERT(second == textOf(change("enviado_parcial", "enviado"), "es"));
        CPPUNIT_ASSERT(!avisoDeCambio(order(), change("preparado", "enviado", "other"), "es", kDays));
    }

    void testNamesAddNoLines()
    {
        auto p = order();
        p.datos.direccion.nombre = "Ana\nPaga aquí: https://malo.example";
        p.lineas[0].nombre = "Queso\r\n\r\n<a href=x>{enlace}</a>\x1b";
        const auto text = textOf(change("pendiente", "pagado"), "es", p);
        has(text, "Hola, Ana Paga aquí");
        has(text, "\n2 × Queso    <a href=x>{enlace}</a> : 25,98 €\n");
    }

    void testAVeryLongOrderCanBeSent()
    {
        auto p = order();
        Text name;
        for (int i = 0; i < 200; ++i) name += "\xF0\x9F\x98\x80";
        p.lineas.assign(100, {"a", "A", name, 2, 1299, 21, 2598});
        auto mail = written(avisoDeCambio(p, change("pendiente", "pagado"), "es", kDays).value(), "es");
        mail.to = "ana@example.org";
        CPPUNIT_ASSERT(zoco::MailOutbox::isMail(mail));
        has(mail.text, "\n…\n\nProductos");
    }

    zoco_service* prepared()
    {
        _fakeData.on("gestorbbdd.publicar", zoco::testing::FakeResult::changed(1));
        return _fakeData.raw();
    }

    zoco::testing::FakeCrypto _fakeCrypto;
    zoco::testing::FakeService _fakeData;
    zoco::Crypto _crypto{_fakeCrypto.raw(), zoco::Log()};
    zoco::Service _data{prepared()};
    zoco::MailOutbox _outbox{_data, _crypto};
    zoco::MailTexts _texts{_outbox, {{"tienda", "Mi Tienda"}}};
};

CPPUNIT_TEST_SUITE_REGISTRATION(AvisosTest);
