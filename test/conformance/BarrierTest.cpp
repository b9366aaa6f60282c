#include "HostHarness.h"

#include "zoco/testing/FakeCommands.h"

#include <cppunit/extensions/HelperMacros.h>

#include <condition_variable>
#include <mutex>

namespace
{

using namespace zoco::host::test;

/// What a plugin throws becomes a 500 or a failed step and a log record, never a dead host.
class BarrierTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(BarrierTest);
    CPPUNIT_TEST(testThrowInARequestIs500AndLogged);
    CPPUNIT_TEST(testThrowAfterTheAnswerKeepsTheAnswer);
    CPPUNIT_TEST(testThrowInAServiceIs500AndLogged);
    CPPUNIT_TEST(testThrowInACommandIsItsFailure);
    CPPUNIT_TEST(testThrowAtTheEndIsLogged);
    CPPUNIT_TEST_SUITE_END();

public:
    void testThrowInARequestIs500AndLogged()
    {
        const struct
        {
            const char *fixture, *path, *logged;
        } cases[] = {
            {"throw_in_handler", "/Falla", "boom in handler"},
            {"throw_in_handler", "/Falla/raro", "not a std::exception"},
            {"throw_in_deferred", "/Tarde", "boom in deferred"},
            {"throw_in_task", "/Tarea", "boom in task"},
        };
        for (const auto& c : cases)
        {
            HostHarness host;
            CPPUNIT_ASSERT(host.start({HostHarness::fixture(c.fixture), HostHarness::plugin("hola")}));
            for (int i = 0; i < 3; ++i)
            {
                const auto exchange = host.ask(c.path);
                CPPUNIT_ASSERT_EQUAL_MESSAGE(c.path, 500, exchange->status());
                CPPUNIT_ASSERT_EQUAL(std::string("internal"), exchange->slug());
                CPPUNIT_ASSERT(exchange->body().find("boom") == std::string::npos);
            }
            CPPUNIT_ASSERT_EQUAL(200, host.ask("/Hola/Ana")->status());
            host.stop(); // so that every record is written
            assertLogged(host, c.logged);
        }
    }

    void testThrowAfterTheAnswerKeepsTheAnswer()
    {
        HostHarness host;
        CPPUNIT_ASSERT(host.start({HostHarness::fixture("throw_in_deferred")}));
        const auto exchange = host.ask("/Tarde/contestada");
        CPPUNIT_ASSERT_EQUAL(200, exchange->status());
        CPPUNIT_ASSERT_EQUAL(std::string("contestada"), exchange->body());
        host.stop();
        assertLogged(host, "boom after the answer");
    }

    void testThrowInAServiceIs500AndLogged()
    {
        HostHarness host;
        CPPUNIT_ASSERT(host.start({HostHarness::fixture("consumer"), HostHarness::fixture("throw_in_service")}));
        CPPUNIT_ASSERT_EQUAL(500, host.ask("/Consume")->status());
        assertLogged(host, "boom in call");
        host.stop();
        assertLogged(host, "boom in detach");
    }

    void testThrowInACommandIsItsFailure()
    {
        HostHarness host;
        CPPUNIT_ASSERT(host.start({HostHarness::fixture("throw_in_command")}));
        const auto commands = host.manager.commands();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, commands.size());

        zoco::testing::FakeCommands terminal;
        const zoco_command raw{sizeof raw, commands[0].name.c_str(), "", "", commands[0].run, commands[0].context};
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, terminal.raw()->add(terminal.raw()->self, &raw));
        const auto result = terminal.run("falla");
        CPPUNIT_ASSERT_EQUAL(1, result.exitStatus);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, result.error.size());
        assertLogged(host, "boom in command");
    }

    void testThrowAtTheEndIsLogged()
    {
        for (const std::string where : {"stop", "destructor"})
        {
            HostHarness host;
            CPPUNIT_ASSERT(host.start({HostHarness::fixture("throw_in_" + where)}));
            host.stop();
            assertLogged(host, "boom in " + where);
            CPPUNIT_ASSERT(host.manager.status().at(0).state == zoco::host::PluginState::Stopped);
        }
    }

private:
    static void assertLogged(HostHarness& host, const std::string& what)
    {
        const auto log = host.log();
        CPPUNIT_ASSERT_MESSAGE(what + " is not in: " + log, log.find(what) != std::string::npos);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(BarrierTest);

} // namespace
