#include "services/mail/SmtpSender.h"
#include "integration/Certificates.h"
#include "support/ChildProcess.h"
#include "support/Eventually.h"
#include "support/SmallServer.h"
#include "support/TempFolder.h"

#include <cppunit/extensions/HelperMacros.h>

#include <filesystem>

using namespace zoco::test;

namespace zoco::host::test
{

/// Mails to a real server (aiosmtpd).
class SmtpSenderTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(SmtpSenderTest);
    CPPUNIT_TEST(testStartTlsAndLogIn);
    CPPUNIT_TEST(testTlsFromTheStart);
    CPPUNIT_TEST(testDotsAndLongLinesArriveAsTheyAre);
    CPPUNIT_TEST(testNothingIsSentWithoutTls);
    CPPUNIT_TEST(testPlainWhenTold);
    CPPUNIT_TEST(testServerThatIsNotWhoItShouldBe);
    CPPUNIT_TEST(testWrongPasswordIsNotTheMailsFault);
    CPPUNIT_TEST(testUnknownRecipientIsRefusedForGood);
    CPPUNIT_TEST(testBusyServerIsForLater);
    CPPUNIT_TEST(testServerAway);
    CPPUNIT_TEST(testSilentServerIsLeft);
    CPPUNIT_TEST_SUITE_END();

    TimerQueue _timers;
    Certificates _certificates;
    TempFolder _folder;

    /// The server's process, once it listens.
    class Server
    {
    public:
        Server(const TempFolder& folder, std::vector<std::string> options)
            : _process(argv(folder.path(), std::move(options)))
        {
            if (!eventually([&] { return _process.out().ends_with('\n') || !_process.isRunning(); }) ||
                _process.out().empty())
                throw std::runtime_error("no mail server: " + _process.error());
            port = static_cast<std::uint16_t>(std::stoi(_process.out()));
        }
        std::uint16_t port = 0;

    private:
        static std::vector<std::string> argv(const std::string& folder, std::vector<std::string> options)
        {
            options.insert(options.begin(),
                           {"/usr/bin/python3", ZOCO_SOURCE_DIR "/test/support/smtp_server.py", "0", folder});
            return options;
        }
        ChildProcess _process;
    };

    std::vector<std::string> withTls(std::vector<std::string> options = {}, const std::string& name = "mail")
    {
        if (!std::filesystem::exists(_certificates.certificate(name)))
            _certificates.issue(name, name == "mail" ? "DNS:localhost" : "DNS:other.example", "serverAuth");
        options.push_back("cert=" + _certificates.certificate(name));
        options.push_back("key=" + _certificates.key(name));
        return options;
    }
    MailSettings settings(std::uint16_t port, const std::string& user = "", bool isTls = false)
    {
        MailSettings out;
        out.server =
            SmtpServer{"localhost", port, user, isTls ? SmtpServer::Tls::FromTheStart : SmtpServer::Tls::StartTls};
        out.password = "secret";
        out.from = {"La Tienda", "shop@shop.example"};
        out.caFile = _certificates.ca();
        out.timeoutMs = 20'000;
        return out;
    }
    static OutgoingMail mail(const std::string& to = "ana@example.org", const std::string& text = "Hola, Íñigo")
    {
        return {std::string(32, 'a'), 1'795'896'900'000'000, {to, "Confirma: ñ", text, "<p>Hola</p>", "es"}};
    }
    MailOutcome send(const MailSettings& settings, const OutgoingMail& what = mail())
    {
        return SmtpSender(_timers, settings).send(what);
    }
    std::string delivered() const { return _folder.read("1.eml"); }
    bool isAnyDelivered() const { return std::filesystem::exists(_folder.path("1.eml")); }
    static void assertIs(MailOutcome::Kind kind, const std::string& reason, const MailOutcome& outcome)
    {
        CPPUNIT_ASSERT_MESSAGE(outcome.reason, kind == outcome.kind);
        if (!reason.empty()) CPPUNIT_ASSERT_EQUAL(reason, outcome.reason);
    }

public:
    void testStartTlsAndLogIn()
    {
        const Server server(_folder, withTls({"auth"}));
        assertIs(MailOutcome::Kind::Sent, "", send(settings(server.port, "shop")));
        const auto text = delivered();
        CPPUNIT_ASSERT_MESSAGE(text, text.starts_with("X-Seen: tls=True user=True from=shop@shop.example\r\n"));
        CPPUNIT_ASSERT(text.find("Message-ID: <" + std::string(32, 'a') + "@shop.example>\r\n") != std::string::npos);
    }

    void testTlsFromTheStart()
    {
        const Server server(_folder, withTls({"auth", "tls"}));
        assertIs(MailOutcome::Kind::Sent, "", send(settings(server.port, "shop", true)));
        CPPUNIT_ASSERT(delivered().find("user=True") != std::string::npos);
    }

    void testDotsAndLongLinesArriveAsTheyAre()
    {
        const Server server(_folder, withTls());
        auto what = mail("ana@example.org", ".\n..\n.a\n" + std::string(2'000, 'x') + "\n.\n");
        what.mail.html.clear();
        assertIs(MailOutcome::Kind::Sent, "", send(settings(server.port), what));
        const auto read =
            runProcess({"/usr/bin/python3", "-c",
                        "import sys, email, email.policy\n"
                        "m = email.message_from_binary_file(open(sys.argv[1], 'rb'), policy=email.policy.default)\n"
                        "print(m.get_content().strip() == '.\\n..\\n.a\\n' + 2000 * 'x' + '\\n.')",
                        _folder.path("1.eml")});
        CPPUNIT_ASSERT_EQUAL_MESSAGE(read.error + delivered(), std::string("True\n"), read.out);
    }

    void testNothingIsSentWithoutTls()
    {
        const Server server(_folder, {});
        assertIs(MailOutcome::Kind::Away, "", send(settings(server.port)));
        CPPUNIT_ASSERT(!isAnyDelivered());
        const Server secure(_folder, withTls());
        auto plain = settings(secure.port);
        plain.server->tls = SmtpServer::Tls::None;
        assertIs(MailOutcome::Kind::Away, "MAIL: 530", send(plain)); // the server's own rule
        CPPUNIT_ASSERT(!isAnyDelivered());
    }

    void testPlainWhenTold()
    {
        const Server server(_folder, {"auth", "plain"});
        auto plain = settings(server.port, "shop");
        plain.server->tls = SmtpServer::Tls::None;
        assertIs(MailOutcome::Kind::Sent, "", send(plain));
        CPPUNIT_ASSERT(delivered().find("tls=False user=True") != std::string::npos);
    }

    void testServerThatIsNotWhoItShouldBe()
    {
        const Server other(_folder, withTls({}, "other"));
        assertIs(MailOutcome::Kind::Away, "", send(settings(other.port)));
        const Server unknown(_folder, withTls());
        auto trusting = settings(unknown.port);
        trusting.caFile.clear();
        assertIs(MailOutcome::Kind::Away, "", send(trusting));
        CPPUNIT_ASSERT(!isAnyDelivered());
    }

    void testWrongPasswordIsNotTheMailsFault()
    {
        const Server server(_folder, withTls({"auth"}));
        auto wrong = settings(server.port, "shop");
        wrong.password = "wrong";
        assertIs(MailOutcome::Kind::Away, "AUTH: 535 5.7.8", send(wrong));
        assertIs(MailOutcome::Kind::Away, "MAIL: 530 5.7.0", send(settings(server.port)));
    }

    /// Nothing of the mail is in the reason, though the server says it.
    void testUnknownRecipientIsRefusedForGood()
    {
        const Server server(_folder, withTls());
        assertIs(MailOutcome::Kind::Refused, "RCPT: 550 5.1.1",
                 send(settings(server.port), mail("unknown@example.org")));
    }

    void testBusyServerIsForLater()
    {
        const Server server(_folder, withTls({"busy=1"}));
        assertIs(MailOutcome::Kind::Later, "RCPT: 450 4.2.0", send(settings(server.port)));
        assertIs(MailOutcome::Kind::Sent, "", send(settings(server.port)));
    }

    void testServerAway()
    {
        std::uint16_t port = 0;
        {
            const Server server(_folder, {});
            port = server.port;
        }
        assertIs(MailOutcome::Kind::Away, "", send(settings(port)));
    }

    void testSilentServerIsLeft()
    {
        SmallServer silent([](SmallServer::Peer& peer) { peer.awaitEnd(); });
        auto hasty = settings(silent.port());
        hasty.timeoutMs = 200;
        assertIs(MailOutcome::Kind::Away, "", send(hasty));
        SmallServer slow(
            [](SmallServer::Peer& peer)
            {
                while (peer.write("2")) std::this_thread::sleep_for(std::chrono::milliseconds(10));
            });
        hasty.server->port = slow.port();
        assertIs(MailOutcome::Kind::Away, "", send(hasty));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SmtpSenderTest);

} // namespace zoco::host::test
