#include "services/mail/MailText.h"
#include "services/mail/MailSettings.h"
#include "support/ChildProcess.h"
#include "support/TempFolder.h"

#include <cppunit/extensions/HelperMacros.h>

namespace zoco::host::test
{

/// What goes out, read by Python's e-mail library, which knows the standards.
class MailTextTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(MailTextTest);
    CPPUNIT_TEST(testIsReadAsWritten);
    CPPUNIT_TEST(testHeadersOfAPlainMail);
    CPPUNIT_TEST(testWordsNeverPartACharacter);
    CPPUNIT_TEST(testLinesAreShortAndEndInCrlf);
    CPPUNIT_TEST(testDates);
    CPPUNIT_TEST(testSenders);
    CPPUNIT_TEST(testServers);
    CPPUNIT_TEST(testWhatIsNoMail);
    CPPUNIT_TEST_SUITE_END();

    static OutgoingMail example(std::string subject = "Confirma tu correo", std::string html = "<p>Hola, Íñigo</p>\n")
    {
        return {"00112233445566778899aabbccddeeff",
                1'795'896'900'000'000,
                {"ana@example.org", std::move(subject), "Hola, Íñigo:\nhttps://shop.example/v?x=1&y=2\n.\nFin 😀\n",
                 std::move(html), "es"}};
    }
    static std::string readByPython(const std::string& text, const std::string& expression)
    {
        const zoco::test::TempFolder folder;
        const auto file = folder.write("mail.eml", text);
        const auto result = zoco::test::runProcess(
            {"/usr/bin/python3", "-c",
             "import sys, email, email.policy\n"
             "m = email.message_from_binary_file(open(sys.argv[1], 'rb'), policy=email.policy.default)\n"
             "sys.stdout.buffer.write((" +
                 expression + ").encode())",
             file});
        CPPUNIT_ASSERT_EQUAL_MESSAGE(result.error, 0, result.status.code);
        return result.out;
    }
    static std::string normal(std::string text)
    {
        std::erase(text, '\r');
        while (text.ends_with('\n')) text.pop_back();
        return text;
    }

public:
    void testIsReadAsWritten()
    {
        const std::string subject =
            "Cámbialo ya: ñandú, 😀 y «más» de una línea, que es larga, larguísima y no acaba nunca";
        const auto mail = example(subject);
        const auto text = mailText(mail, {"Tienda de Íñigo", "shop@shop.example"});
        CPPUNIT_ASSERT_EQUAL(subject, readByPython(text, "m['Subject']"));
        CPPUNIT_ASSERT_EQUAL(
            std::string("Tienda de Íñigo|shop@shop.example"),
            readByPython(text, "m['From'].addresses[0].display_name+'|'+m['From'].addresses[0].addr_spec"));
        CPPUNIT_ASSERT_EQUAL(std::string("ana@example.org"), readByPython(text, "m['To'].addresses[0].addr_spec"));
        CPPUNIT_ASSERT_EQUAL(normal(mail.mail.text),
                             normal(readByPython(text, "m.get_body(('plain',)).get_content()")));
        CPPUNIT_ASSERT_EQUAL(normal(mail.mail.html), normal(readByPython(text, "m.get_body(('html',)).get_content()")));
        CPPUNIT_ASSERT_EQUAL(std::string("multipart/alternative text/plain text/html"),
                             readByPython(text, "' '.join(p.get_content_type() for p in m.walk())"));
        CPPUNIT_ASSERT_EQUAL(std::string(), readByPython(text, "''.join(str(d) for p in m.walk() for d in p.defects)"));
    }

    void testHeadersOfAPlainMail()
    {
        const auto text = mailText(example("Confirma tu correo", ""), {"", "shop@shop.example"});
        for (const std::string line :
             {"Message-ID: <00112233445566778899aabbccddeeff@shop.example>\r\n", "Auto-Submitted: auto-generated\r\n",
              "Date: Sat, 28 Nov 2026 20:15:00 +0000\r\n", "Subject: Confirma tu correo\r\n",
              "From: shop@shop.example\r\n", "Content-Language: es\r\n"})
            CPPUNIT_ASSERT_MESSAGE(line + text, text.find(line) != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(std::string("text/plain"), readByPython(text, "m.get_content_type()"));
        CPPUNIT_ASSERT_EQUAL(std::string("1.0"), readByPython(text, "m['MIME-Version']"));
    }

    void testWordsNeverPartACharacter()
    {
        for (std::size_t before = 0; before < 60; ++before)
        {
            std::string subject(before, 'a');
            for (int i = 0; i < 40; ++i) subject += "😀ñ";
            const auto text = mailText(example(subject), {"", "shop@shop.example"});
            if (before % 10 == 0) CPPUNIT_ASSERT_EQUAL(subject, readByPython(text, "m['Subject']"));
            const auto encoded = encodedHeader(subject);
            if (before % 10 == 0) // each word is whole by itself, whatever a reader does with several
                CPPUNIT_ASSERT_EQUAL(subject,
                                     readByPython(encoded, "''.join(__import__('base64').b64decode(w[10:-2]).decode() "
                                                           "for w in open(sys.argv[1]).read().split())"));
            for (std::size_t at = 0; at < encoded.size();)
            {
                const auto end = std::min(encoded.find("\r\n", at), encoded.size());
                CPPUNIT_ASSERT(end - at <= 76);
                at = end + 2;
            }
        }
        CPPUNIT_ASSERT_EQUAL(std::string("plain"), encodedHeader("plain"));
        CPPUNIT_ASSERT(encodedHeader("=?UTF-8?Q?fake?=").find("fake") == std::string::npos);
    }

    void testLinesAreShortAndEndInCrlf()
    {
        const auto text = mailText(example(std::string(400, 'a'), std::string(5'000, 'b')), {"", "shop@shop.example"});
        for (std::size_t at = 0; at < text.size();)
        {
            const auto end = text.find('\n', at);
            CPPUNIT_ASSERT(end != std::string::npos && end > at && text[end - 1] == '\r');
            CPPUNIT_ASSERT(end - at <= 998);
            at = end + 1;
        }
        CPPUNIT_ASSERT(std::all_of(text.begin(), text.end(), [](char c) { return static_cast<signed char>(c) > 0; }));
    }

    void testDates()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("Thu, 1 Jan 1970 00:00:00 +0000"), mailDate(0));
        CPPUNIT_ASSERT_EQUAL(std::string("Thu, 29 Feb 2024 23:59:59 +0000"), mailDate(1'709'251'199'999'999));
    }

    void testSenders()
    {
        const auto named = MailFrom::parse("La Tienda <shop@shop.example>");
        CPPUNIT_ASSERT(named && named->name == "La Tienda" && named->address == "shop@shop.example");
        const auto bare = MailFrom::parse("shop@shop.example");
        CPPUNIT_ASSERT(bare && bare->name.empty() && bare->address == "shop@shop.example");
        CPPUNIT_ASSERT(MailFrom::parse("<shop@shop.example>"));
        for (const std::string text :
             {"", "shop", "@a", "a@", "A <a@b", "A <a@b> c", "A\r\nX: y <a@b>", "a b@c", "\"A\" <a@b>"})
            CPPUNIT_ASSERT_MESSAGE(text, !MailFrom::parse(text));
    }

    void testServers()
    {
        const auto full = SmtpServer::parse("smtp://ana@example.org@mail.example:2525");
        CPPUNIT_ASSERT(full && full->user == "ana@example.org" && full->host == "mail.example" && full->port == 2525);
        CPPUNIT_ASSERT(full->tls == SmtpServer::Tls::StartTls);
        const auto secure = SmtpServer::parse("smtps://[::1]/");
        CPPUNIT_ASSERT(secure && secure->host == "::1" && secure->port == 465 && secure->user.empty());
        CPPUNIT_ASSERT(secure->tls == SmtpServer::Tls::FromTheStart);
        for (const std::string text : {"", "http://a", "smtp://", "smtp://@a", "smtp://a:0", "smtp://a:x",
                                       "smtp://a:70000", "smtp://a b", "smtp://a\r\nb", "smtp://[::1", "smtp://a:25x"})
            CPPUNIT_ASSERT_MESSAGE(text, !SmtpServer::parse(text));
    }

    void testWhatIsNoMail()
    {
        const Mail good{"ana@example.org", "Hola", "Hola", "", "es"};
        CPPUNIT_ASSERT(MailOutbox::isMail(good));
        for (const std::string to :
             {"", "ana", "@a", "a@", "a b@c", "a@b\r\nBcc: c@d", "<a@b>", "a@b,c@d", "a@b;c@d", "a@\xc3\xb1", "a\0@b"})
        {
            auto bad = good;
            bad.to = to;
            CPPUNIT_ASSERT_MESSAGE(to, !MailOutbox::isMail(bad));
        }
        for (const std::string& subject : {std::string("a\r\nBcc: b@c"), std::string("a\nb"), std::string("a\rb"),
                                           std::string("a\0b", 3), std::string(401, 'a')})
        {
            auto bad = good;
            bad.subject = subject;
            CPPUNIT_ASSERT_MESSAGE(subject, !MailOutbox::isMail(bad));
        }
        auto large = good;
        large.text.assign(57 * 1024, 'a');
        CPPUNIT_ASSERT(!MailOutbox::isMail(large));
        large.text.clear();
        CPPUNIT_ASSERT(!MailOutbox::isMail(large));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MailTextTest);

} // namespace zoco::host::test
