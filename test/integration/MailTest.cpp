#include "integration/PluginProcesses.h"
#include "support/Eventually.h"
#include "support/RawClient.h"
#include "support/TempFolder.h"

#include <cppunit/extensions/HelperMacros.h>

#include <filesystem>
#include <string>

using namespace zoco::test;

/// Mails that plugins write in their own groups, on the real program.
class MailTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(MailTest);
    CPPUNIT_TEST(testMailIsAFileInEveryPlacement);
    CPPUNIT_TEST(testMailOfAFailedGroupIsNone);
    CPPUNIT_TEST(testNoMailIsLostWhenHostsAreKilled);
    CPPUNIT_TEST(testMailsWaitForTheirServerAndAnOperatorSeesThem);
    CPPUNIT_TEST(testNothingOfAWaitingMailLiesInTheClear);
    CPPUNIT_TEST_SUITE_END();

    TempFolder _folder;

    HostOptions options(std::vector<std::pair<std::string, std::string>> more = {}) const
    {
        auto out = onlyPlugins({"gestorbbdd", "cartero"});
        out.defines.emplace_back("plugins.cartero.library", ZOCO_BUILD_DIR "/test/fixtures/cartero.so");
        out.defines.insert(out.defines.end(), more.begin(), more.end());
        out.dataDir = _folder.path("data");
        return out;
    }
    static int write(const HostProcess& host, const std::string& to, const std::string& text,
                     const std::string& headers = "")
    {
        return RawClient(host.port())
            .request("POST", "/Cartero", "Content-Type: text/plain\r\nX-Para: " + to + "\r\n" + headers, text)
            .status;
    }
    static std::vector<std::string> mails(const std::string& dataDir)
    {
        std::vector<std::string> out;
        std::error_code none;
        for (const auto& file : std::filesystem::directory_iterator(dataDir + "/mail", none))
            if (file.path().extension() == ".eml") out.push_back(readFile(file.path().string()));
        return out;
    }
    static bool isThere(const std::string& dataDir, const std::string& text)
    {
        const auto all = mails(dataDir);
        return std::any_of(all.begin(), all.end(),
                           [&](const auto& mail) { return mail.find(text) != std::string::npos; });
    }
    static ProcessResult mail(const HostProcess& host, std::vector<std::string> words)
    {
        words.insert(words.begin(), {HostProcess::binary(), "mail"});
        words.insert(words.end(), {"-D", "data.dir=" + host.dataDir()});
        return runProcess(words);
    }

public:
    void testMailIsAFileInEveryPlacement()
    {
        for (const auto ids : {std::initializer_list<const char*>{}, {"cartero"}})
        {
            const TempFolder folder;
            auto settings = inProcesses(options(), ids);
            settings.dataDir = folder.path("data");
            HostProcess host(settings);
            CPPUNIT_ASSERT_EQUAL(204, write(host, "ana@example.org", "https://shop.example/verificar?x=1"));
            CPPUNIT_ASSERT(eventually([&] { return mails(host.dataDir()).size() == 1; }));
            const auto text = mails(host.dataDir())[0];
            CPPUNIT_ASSERT(text.find("To: <ana@example.org>\r\n") != std::string::npos);
            CPPUNIT_ASSERT(text.find("https://shop.example/verificar?x=3D1") != std::string::npos);
            CPPUNIT_ASSERT(eventually([&] { return mail(host, {}).out == "no mail waits\n"; }));
        }
    }

    void testMailOfAFailedGroupIsNone()
    {
        HostProcess host(options());
        CPPUNIT_ASSERT_EQUAL(409, write(host, "ana@example.org", "uno", "X-Fail: yes\r\n"));
        CPPUNIT_ASSERT_EQUAL(500, write(host, "none", "dos"));
        CPPUNIT_ASSERT_EQUAL(204, write(host, "ana@example.org", "tres"));
        CPPUNIT_ASSERT(eventually([&] { return isThere(host.dataDir(), "tres"); }));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, mails(host.dataDir()).size());
    }

    void testNoMailIsLostWhenHostsAreKilled()
    {
        int n = 0;
        for (int round = 0; round < 4; ++round)
        {
            HostProcess host(options());
            for (int i = 0; i < 5; ++i)
                CPPUNIT_ASSERT_EQUAL(204, write(host, "ana@example.org", "carta " + std::to_string(++n) + "."));
            host.kill();
        }
        HostProcess host(options());
        for (int i = 1; i <= n; ++i)
            CPPUNIT_ASSERT_MESSAGE(
                std::to_string(i),
                eventually([&] { return isThere(host.dataDir(), "carta " + std::to_string(i) + "."); }));
        CPPUNIT_ASSERT_EQUAL(std::size_t(n), mails(host.dataDir()).size());
    }

    void testMailsWaitForTheirServerAndAnOperatorSeesThem()
    {
        const auto port = std::to_string(freePort());
        std::filesystem::create_directories(_folder.path("in"));
        HostProcess host(options({{"mail.url", "smtp://127.0.0.1:" + port},
                                  {"mail.from", "Shop <shop@shop.example>"},
                                  {"mail.tls", "off"},
                                  {"mail.retry_ms", "20"}}));
        CPPUNIT_ASSERT_EQUAL(204, write(host, "ana@example.org", "uno"));
        CPPUNIT_ASSERT(eventually([&] { return mail(host, {"list"}).out.find("no connection") != std::string::npos; }));
        const ChildProcess server(
            {"/usr/bin/python3", ZOCO_SOURCE_DIR "/test/support/smtp_server.py", port, _folder.path("in"), "plain"});
        CPPUNIT_ASSERT(eventually([&] { return std::filesystem::exists(_folder.path("in/1.eml")); }));
        CPPUNIT_ASSERT(eventually([&] { return mail(host, {}).out == "no mail waits\n"; }));
        CPPUNIT_ASSERT_EQUAL(204, write(host, "unknown@example.org", "dos"));
        CPPUNIT_ASSERT(eventually([&] { return mail(host, {}).out.find("put aside") != std::string::npos; }));
        const auto list = mail(host, {}).out;
        CPPUNIT_ASSERT_MESSAGE(list, list.find("550 5.1.1") != std::string::npos);
        const auto id = list.substr(list.find('\n') + 1, 32);
        CPPUNIT_ASSERT_EQUAL(0, mail(host, {"retry", id}).status.code);
        CPPUNIT_ASSERT(eventually([&] { return mail(host, {"discard", id}).status.code == 0; }));
        CPPUNIT_ASSERT_EQUAL(1, mail(host, {"retry", id}).status.code);
        CPPUNIT_ASSERT_EQUAL(2, mail(host, {"retry", "x"}).status.code);
        CPPUNIT_ASSERT_EQUAL(std::string::npos, host.log().find("example.org"));
    }

    void testNothingOfAWaitingMailLiesInTheClear()
    {
        HostProcess host(options({{"mail.url", "smtp://127.0.0.1:1"}, {"mail.from", "shop@shop.example"}}));
        CPPUNIT_ASSERT_EQUAL(204, write(host, "ana@example.org", "SecretoDeAna"));
        CPPUNIT_ASSERT(eventually(
            [&]
            {
                return mail(host, {}).out.find("waits") != std::string::npos &&
                       mail(host, {}).out.find("no mail") == std::string::npos;
            }));
        (void)host.stop();
        for (const auto& file : std::filesystem::recursive_directory_iterator(host.dataDir()))
        {
            if (!file.is_regular_file()) continue;
            const auto text = readFile(file.path().string());
            for (const std::string secret : {"ana@example", "SecretoDeAna"})
                CPPUNIT_ASSERT_MESSAGE(file.path().string(), text.find(secret) == std::string::npos);
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MailTest);
