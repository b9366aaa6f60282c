#include "zoco/MailTexts.h"
#include "zoco/testing/FakeCrypto.h"
#include "zoco/testing/FakeService.h"

#include <cppunit/extensions/HelperMacros.h>

#include <map>
#include <string>

using zoco::MailValue;

/// Mails from texts that a plugin carries.
class MailTextsTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(MailTextsTest);
    CPPUNIT_TEST(testSubjectAndText);
    CPPUNIT_TEST(testValuesArePutInOnce);
    CPPUNIT_TEST(testAnEmptyParagraphIsLeftOut);
    CPPUNIT_TEST(testNoValueAddsALineToTheSubject);
    CPPUNIT_TEST(testWhatIsMissingThrows);
    CPPUNIT_TEST(testOneLine);
    CPPUNIT_TEST(testItIsAddedToTheGroup);
    CPPUNIT_TEST_SUITE_END();

    using Text = std::string;
    using Values = std::initializer_list<MailValue>;

    zoco::Mail written(const Text& file, Values values)
    {
        _files["saludo.es.txt"] = file;
        return _texts.written("saludo", "es", values);
    }

    void testSubjectAndText()
    {
        const auto mail = written("Hola de {tienda}\nHola, {nombre}.\n\n{enlace}\n",
                                  {{"nombre", "Íñigo"}, {"enlace", "https://t.example/x"}});
        CPPUNIT_ASSERT_EQUAL(Text("Hola de Mi Tienda"), mail.subject);
        CPPUNIT_ASSERT_EQUAL(Text("Hola, Íñigo.\n\nhttps://t.example/x\n"), mail.text);
        CPPUNIT_ASSERT_EQUAL(Text("es"), mail.language);
        CPPUNIT_ASSERT_EQUAL(Text(), mail.html);
        CPPUNIT_ASSERT_EQUAL(Text("Hola de Otra"), written("Hola de {tienda}\nx\n", {{"tienda", "Otra"}}).subject);
    }

    /// Who is called {enlace} is not given somebody's link.
    void testValuesArePutInOnce()
    {
        const auto mail = written("x\n{nombre} {enlace}\n", {{"nombre", "{enlace}<b>"}, {"enlace", "L"}});
        CPPUNIT_ASSERT_EQUAL(Text("{enlace}<b> L\n"), mail.text);
    }

    void testAnEmptyParagraphIsLeftOut()
    {
        const auto text = [&](const char* more) {
            return written("x\nuno\n\n{mas}\n\ndos {mas}\n", {{"mas", more}}).text;
        };
        CPPUNIT_ASSERT_EQUAL(Text("uno\n\ndos \n"), text(""));
        CPPUNIT_ASSERT_EQUAL(Text("uno\n\na\nb\n\ndos a\nb\n"), text("a\nb"));
    }

    void testNoValueAddsALineToTheSubject()
    {
        const auto mail = written("Hola {nombre}\n{nombre}\n", {{"nombre", "A\r\nBcc: x@y.example\x1b[2J"}});
        CPPUNIT_ASSERT_EQUAL(Text("Hola A  Bcc: x@y.example [2J"), mail.subject);
        CPPUNIT_ASSERT_EQUAL(Text("A \nBcc: x@y.example [2J\n"), mail.text);
    }

    void testWhatIsMissingThrows()
    {
        CPPUNIT_ASSERT_THROW(written("x\n{nada}\n", {}), std::logic_error);
        CPPUNIT_ASSERT_THROW(written("x\nabierto {tienda\n", {}), std::logic_error);
        CPPUNIT_ASSERT_THROW(_texts.written("saludo", "fr", {}), std::logic_error);
    }

    void testOneLine()
    {
        CPPUNIT_ASSERT_EQUAL(Text("a b  c"), zoco::oneLine("a\nb\r\tc"));
        CPPUNIT_ASSERT_EQUAL(Text("ab cd e"), zoco::oneLine("ab\xE2\x80\xAE"
                                                            "cd\xC2\x85"
                                                            "e"));
        CPPUNIT_ASSERT_EQUAL(Text("«Peña» €×\xF0\x9F\x98\x80"), zoco::oneLine("«Peña» €×\xF0\x9F\x98\x80"));
        CPPUNIT_ASSERT_EQUAL(Text("\xE2"), zoco::oneLine("\xE2"));
    }

    void testItIsAddedToTheGroup()
    {
        _files["saludo.es.txt"] = "Hola\nHola.\n";
        zoco::Group group(_data);
        _texts.add(group, "saludo", "es", "ana@example.org", {});
        CPPUNIT_ASSERT(group.run({}).ok());
        CPPUNIT_ASSERT_EQUAL(std::size_t(1), _fakeData.steps().size());
    }

    zoco_service* prepared()
    {
        _fakeData.on("gestorbbdd.publicar", zoco::testing::FakeResult::changed(1));
        return _fakeData.raw();
    }

    std::map<Text, Text, std::less<>> _files;
    zoco::testing::FakeCrypto _fakeCrypto;
    zoco::testing::FakeService _fakeData;
    zoco::Crypto _crypto{_fakeCrypto.raw(), zoco::Log()};
    zoco::Service _data{prepared()};
    zoco::MailOutbox _outbox{_data, _crypto};
    zoco::MailTexts _texts{_outbox,
                           {{"tienda", "Mi Tienda"}},
                           [this](std::string_view name) -> std::optional<std::string_view>
                           {
                               const auto found = _files.find(name);
                               if (found == _files.end()) return std::nullopt;
                               return found->second;
                           }};
};

CPPUNIT_TEST_SUITE_REGISTRATION(MailTextsTest);
