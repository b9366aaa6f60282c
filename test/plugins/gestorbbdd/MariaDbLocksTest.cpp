#include "CallFixture.h"
#include "engine/MonotonicClock.h"

#include <atomic>

namespace zoco::gestorbbdd::test
{

/// Callers that are in each other's way, and in that of somebody outside.
class MariaDbLocksTest : public CallFixture
{
    CPPUNIT_TEST_SUITE(MariaDbLocksTest);
    CPPUNIT_TEST(testGroupThatLostADeadlockIsRunAgain);
    CPPUNIT_TEST_SUITE_END();

    bool isMariaDb() const override { return true; }

    /// The outsider has changed more rows, so that the server lets the group lose.
    void testGroupThatLostADeadlockIsRunAgain()
    {
        for (const bool isMet : {false, true}) loseADeadlock(isMet);
    }

    /// `isMet`: by the connection, so that the group is one statement.
    void loseADeadlock(bool isMet)
    {
        auto& server = MariaDbServer::shared();
        const auto database = server.newDatabase();
        Setup s(Configuration{{"url", server.socketUrl(database)}, {"connections", "1"}}, true);
        for (int id = 1; id <= 9; ++id) assertStatus(ZOCO_OK, s.call(s.crear, {id, std::to_string(id), 1}));
        const auto one = s.service.operation("encarecer_una", {"id"});
        const auto runGroup = [&]
        {
            Group group(s.service);
            group.add(one, {1}, 1);
            group.add(one, {2}, 1);
            return Setup::statusOf(group.run({}));
        };
        for (int i = 0; isMet && i < 2; ++i) assertStatus(ZOCO_OK, runGroup());
        const auto before = server.counter("INNODB_DEADLOCKS");

        auto outsider = server.session(database);
        outsider.execute("BEGIN; UPDATE t_cosas SET precio = 100 WHERE id >= 2");
        zoco_status status = ZOCO_E_FAILED;
        std::jthread caller([&] { status = runGroup(); });
        CPPUNIT_ASSERT(eventually([&] { return server.counter("INNODB_ROW_LOCK_CURRENT_WAITS") == 1; }));
        outsider.execute("UPDATE t_cosas SET precio = 50 WHERE id = 1");
        outsider.execute("COMMIT");
        caller.join();

        assertStatus(ZOCO_OK, status);
        CPPUNIT_ASSERT_EQUAL(before + 1, server.counter("INNODB_DEADLOCKS"));
        CPPUNIT_ASSERT_EQUAL(std::string("51"), server.execute("SELECT precio FROM t_cosas WHERE id = 1", database));
        CPPUNIT_ASSERT_EQUAL(std::string("101"), server.execute("SELECT precio FROM t_cosas WHERE id = 2", database));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MariaDbLocksTest);

} // namespace zoco::gestorbbdd::test
