#include "services/mail/Mailer.h"
#include "core/AsyncFile.h"
#include "services/EventBus.h"
#include "services/mail/FolderSender.h"
#include "support/Eventually.h"
#include "support/TempFolder.h"
#include "zoco/testing/FakeCrypto.h"

#include <cppunit/extensions/HelperMacros.h>

#include <sys/stat.h>

#include <deque>
#include <filesystem>

using zoco::test::eventually;

namespace zoco::host::test
{

namespace
{

/// A port whose events a test makes.
class FakePort final : public EventPort
{
public:
    explicit FakePort(zoco_subscription& subscription) : _subscription(subscription) {}
    zoco_status subscribe(const zoco_subscription& subscription, std::string&) override
    {
        _subscription = subscription;
        return ZOCO_OK;
    }
    zoco_status publish(std::string_view, const zoco_field*, std::uint32_t) override { return ZOCO_E_UNSUPPORTED; }
    void activate() override {}
    void deactivate() override {}

private:
    zoco_subscription& _subscription;
};

class FakeEvents final : public EventSource
{
public:
    std::unique_ptr<EventPort> join(std::string, EventPort::Post) override
    {
        return std::make_unique<FakePort>(subscription);
    }
    zoco_subscription subscription{};
};

/// Says what it is told to, and notes what it was to send.
class FakeSender final : public MailSender
{
public:
    struct State
    {
        std::mutex mutex;
        std::deque<MailOutcome> outcomes; ///< then it is sent
        std::vector<OutgoingMail> sent;
        int attempts = 0;
    };
    explicit FakeSender(State& state) : _state(state) {}
    MailOutcome send(const OutgoingMail& mail) override
    {
        const std::lock_guard lock(_state.mutex);
        ++_state.attempts;
        if (_state.outcomes.empty())
        {
            _state.sent.push_back(mail);
            return {};
        }
        auto out = _state.outcomes.front();
        _state.outcomes.pop_front();
        return out;
    }

private:
    State& _state;
};

} // namespace

class MailerTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(MailerTest);
    CPPUNIT_TEST(testMailIsSentOnce);
    CPPUNIT_TEST(testTakenMailOutlivesTheHost);
    CPPUNIT_TEST(testFailuresAreTriedAgain);
    CPPUNIT_TEST(testRefusedMailWaitsForAnOperator);
    CPPUNIT_TEST(testOldMailIsPutAside);
    CPPUNIT_TEST(testServerThatIsAwayIsNotAskedForEachMail);
    CPPUNIT_TEST(testSpoolShowsNothingOfAMail);
    CPPUNIT_TEST(testWhatIsNoMailIsNotKept);
    CPPUNIT_TEST(testWaitingMailsAreSealedAgain);
    CPPUNIT_TEST(testFolderHasOneFileAMail);
    CPPUNIT_TEST(testMailWaitsForAFolder);
    CPPUNIT_TEST_SUITE_END();

    zoco::test::TempFolder _folder;
    AsyncFile _file{_folder.path("log")};
    Log _log{_file, LogLevel::Debug};
    Metrics _metrics;
    FakeEvents _events;
    testing::FakeCrypto _fake;
    Crypto _crypto{_fake.raw(), zoco::Log(nullptr)};
    FakeSender::State _state;
    MailSettings _settings;

    std::unique_ptr<Mailer> make(std::unique_ptr<MailSender> sender = nullptr)
    {
        _settings.spool = _folder.path("spool");
        if (_settings.firstPauseMs > 1'000) _settings.firstPauseMs = 1;
        if (sender == nullptr) sender = std::make_unique<FakeSender>(_state);
        return std::make_unique<Mailer>(
            _settings, _events, _metrics,
            Mailer::Seals{[this](std::string_view sealed, std::string_view context) -> std::optional<std::string>
                          {
                              auto out = _crypto.open(sealed, context);
                              if (!out.ok()) return std::nullopt;
                              return *out;
                          },
                          [this](std::string_view plain, std::string_view context)
                          { return _crypto.seal(plain, context); },
                          [this](std::string_view sealed) { return _crypto.isCurrent(sealed); }},
            std::move(sender), _log.source("host.mail"));
    }
    static std::string id(int n) { return std::string(31, 'a') + std::to_string(n); }
    static std::int64_t now()
    {
        return std::chrono::duration_cast<std::chrono::microseconds>(
                   std::chrono::system_clock::now().time_since_epoch())
            .count();
    }
    zoco_status give(int n, std::int64_t timeUs = now(), const std::string& subject = "Secreto")
    {
        const NamedValue content[] = {
            {"para", "ana@example.org"}, {"asunto", subject}, {"texto", "Hola"}, {"html", ""}, {"idioma", "es"}};
        const auto name = id(n);
        const auto sealed = _crypto.seal(detail::FieldWriter::write(content), MailOutbox::context(name));
        const NamedValue fields[] = {{"id", name}, {"contenido", Value::blob(sealed)}};
        const zoco_event event{sizeof event,    2, str("zoco.mail"), fields,
                               str("usuarios"), 1, timeUs,           static_cast<std::uint64_t>(n + 1)};
        return _events.subscription.handler(_events.subscription.ctx, &event);
    }
    std::size_t sent()
    {
        const std::lock_guard lock(_state.mutex);
        return _state.sent.size();
    }
    bool shows(const std::string& line) const
    {
        return eventually([&] { return _metrics.text().find("\n" + line + "\n") != std::string::npos; });
    }

public:
    void testMailIsSentOnce()
    {
        const auto mailer = make();
        mailer->start();
        for (int i = 0; i < 3; ++i) CPPUNIT_ASSERT_EQUAL(ZOCO_OK + 0, give(1));
        CPPUNIT_ASSERT(eventually([&] { return sent() == 1; }));
        CPPUNIT_ASSERT(shows("zoco_mail_waiting 0"));
        CPPUNIT_ASSERT_EQUAL(ZOCO_OK + 0, give(1));
        CPPUNIT_ASSERT_EQUAL(ZOCO_OK + 0, give(2));
        CPPUNIT_ASSERT(eventually([&] { return sent() == 2; }));
        CPPUNIT_ASSERT_EQUAL(id(2), _state.sent[1].id);
        CPPUNIT_ASSERT_EQUAL(std::string("ana@example.org"), _state.sent[1].mail.to);
        CPPUNIT_ASSERT(shows("zoco_mail_sent_total 2"));
    }

    void testTakenMailOutlivesTheHost()
    {
        {
            const auto mailer = make();
            for (int i = 0; i < 3; ++i) CPPUNIT_ASSERT_EQUAL(ZOCO_OK + 0, give(i));
        }
        CPPUNIT_ASSERT_EQUAL(0, _state.attempts);
        std::ofstream(_folder.path("spool/" + id(9) + ".mail.new")) << "half a mai"; // as a crash leaves it
        const auto mailer = make();
        mailer->start();
        CPPUNIT_ASSERT(eventually([&] { return sent() == 3; }));
        mailer->stop();
        const auto again = make();
        CPPUNIT_ASSERT_EQUAL(ZOCO_OK + 0, give(1));
        CPPUNIT_ASSERT(again->list().empty());
    }

    void testFailuresAreTriedAgain()
    {
        _state.outcomes = {{MailOutcome::Kind::Later, "RCPT: 450"},
                           {MailOutcome::Kind::Away, "refused"},
                           {MailOutcome::Kind::Later, "RCPT: 450"}};
        const auto mailer = make();
        mailer->start();
        CPPUNIT_ASSERT_EQUAL(ZOCO_OK + 0, give(1));
        CPPUNIT_ASSERT(eventually([&] { return sent() == 1; }));
        CPPUNIT_ASSERT_EQUAL(4, _state.attempts);
        CPPUNIT_ASSERT(shows("zoco_mail_failed_total 3"));
    }

    void testRefusedMailWaitsForAnOperator()
    {
        _state.outcomes = {{MailOutcome::Kind::Refused, "RCPT: 550 5.1.1"}, {MailOutcome::Kind::Refused, "RCPT: 550"}};
        {
            const auto mailer = make();
            mailer->start();
            CPPUNIT_ASSERT_EQUAL(ZOCO_OK + 0, give(1));
            CPPUNIT_ASSERT(shows("zoco_mail_aside 1"));
        }
        const auto mailer = make();
        mailer->start();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, mailer->list().size());
        CPPUNIT_ASSERT(mailer->list()[0].entry.isAside);
        CPPUNIT_ASSERT_EQUAL(std::string("RCPT: 550 5.1.1"), mailer->list()[0].entry.reason);
        CPPUNIT_ASSERT(mailer->retry(id(1)));
        CPPUNIT_ASSERT(eventually([&] { return mailer->list()[0].entry.reason == "RCPT: 550"; }));
        CPPUNIT_ASSERT(eventually([&] { return mailer->discard(id(1)); }));
        CPPUNIT_ASSERT(mailer->list().empty());
        CPPUNIT_ASSERT(!mailer->retry(id(1)) && !mailer->discard(id(1)));
        CPPUNIT_ASSERT_EQUAL(2, _state.attempts);
    }

    void testOldMailIsPutAside()
    {
        _state.outcomes = {{MailOutcome::Kind::Later, "RCPT: 450"}};
        const auto mailer = make();
        mailer->start();
        CPPUNIT_ASSERT_EQUAL(ZOCO_OK + 0, give(1, now() - 172'801'000'000));
        CPPUNIT_ASSERT(shows("zoco_mail_aside 1"));
    }

    void testServerThatIsAwayIsNotAskedForEachMail()
    {
        _settings.firstPauseMs = 900;
        for (int i = 0; i < 100; ++i) _state.outcomes.push_back({MailOutcome::Kind::Away, "refused"});
        const auto mailer = make();
        for (int i = 0; i < 9; ++i) CPPUNIT_ASSERT_EQUAL(ZOCO_OK + 0, give(i));
        mailer->start();
        CPPUNIT_ASSERT(shows("zoco_mail_failed_total 1"));
        mailer->stop();
        CPPUNIT_ASSERT_EQUAL(1, _state.attempts);
    }

    void testSpoolShowsNothingOfAMail()
    {
        const auto mailer = make();
        CPPUNIT_ASSERT_EQUAL(ZOCO_OK + 0, give(1));
        for (const auto& file : std::filesystem::recursive_directory_iterator(_folder.path()))
        {
            if (!file.is_regular_file()) continue;
            const auto text = zoco::test::readFile(file.path().string());
            for (const std::string secret : {"ana@example", "Secreto"})
                CPPUNIT_ASSERT_MESSAGE(file.path().string(), text.find(secret) == std::string::npos);
        }
        struct stat info
        {
        };
        CPPUNIT_ASSERT_EQUAL(0, ::stat(_folder.path("spool/" + id(1) + ".mail").c_str(), &info));
        CPPUNIT_ASSERT_EQUAL(0600U, info.st_mode & 0777U);
    }

    void testWhatIsNoMailIsNotKept()
    {
        const auto mailer = make();
        mailer->start();
        const NamedValue fields[] = {{"id", "../../etc/passwd"}, {"contenido", Value::blob("x")}};
        const zoco_event event{sizeof event, 2, str("zoco.mail"), fields, str("otro"), 1, 1, 7};
        CPPUNIT_ASSERT_EQUAL(ZOCO_OK + 0, _events.subscription.handler(_events.subscription.ctx, &event));
        CPPUNIT_ASSERT(mailer->list().empty());
        CPPUNIT_ASSERT_EQUAL(ZOCO_OK + 0, give(1, now(), "a\r\nBcc: b@c")); // by a plugin that does without MailOutbox
        CPPUNIT_ASSERT(shows("zoco_mail_aside 1"));
        CPPUNIT_ASSERT_EQUAL(0, _state.attempts);
    }

    void testWaitingMailsAreSealedAgain()
    {
        const auto mailer = make();
        for (int i = 0; i < 3; ++i) CPPUNIT_ASSERT_EQUAL(ZOCO_OK + 0, give(i));
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, mailer->sealAgain());
        _fake.changeKey();
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, mailer->sealAgain());
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, mailer->sealAgain());
        _fake.retireKeys();
        mailer->start();
        CPPUNIT_ASSERT(eventually([&] { return sent() == 3; }));
    }

    void testMailWaitsForAFolder()
    {
        const auto path = _folder.path("mail");
        std::ofstream(path) << "no folder";
        const auto mailer = make(std::make_unique<FolderSender>(path, MailFrom{"", "shop@shop.example"}));
        mailer->start();
        CPPUNIT_ASSERT_EQUAL(ZOCO_OK + 0, give(1));
        CPPUNIT_ASSERT(shows("zoco_mail_waiting 1"));
        CPPUNIT_ASSERT(shows("zoco_mail_sent_total 0"));
        std::filesystem::remove(path);
        CPPUNIT_ASSERT(mailer->retry(id(1)));
        CPPUNIT_ASSERT(shows("zoco_mail_sent_total 1"));
        CPPUNIT_ASSERT(shows("zoco_mail_waiting 0"));
        CPPUNIT_ASSERT(!std::filesystem::is_empty(path));
    }

    void testFolderHasOneFileAMail()
    {
        const MailFrom from{"", "shop@shop.example"};
        FolderSender sender(_folder.path("mail"), from);
        const OutgoingMail mail{id(1), 1'795'896'900'000'000, {"ana@example.org", "Hola", "Hola", "", "es"}};
        for (int i = 0; i < 2; ++i) CPPUNIT_ASSERT(sender.send(mail).kind == MailOutcome::Kind::Sent);
        const auto path = _folder.path("mail/20261128T201500Z-" + id(1) + ".eml");
        CPPUNIT_ASSERT(zoco::test::readFile(path).find("To: <ana@example.org>\r\n") != std::string::npos);
        struct stat info
        {
        };
        CPPUNIT_ASSERT_EQUAL(0, ::stat(path.c_str(), &info));
        CPPUNIT_ASSERT_EQUAL(0600U, info.st_mode & 0777U);
        std::size_t files = 0;
        for ([[maybe_unused]] const auto& file : std::filesystem::directory_iterator(_folder.path("mail"))) ++files;
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, files);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MailerTest);

} // namespace zoco::host::test
