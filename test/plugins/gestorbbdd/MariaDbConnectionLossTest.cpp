#include "CallFixture.h"
#include "CuttingProxy.h"
#include "engine/MonotonicClock.h"

namespace zoco::gestorbbdd::test
{

namespace
{

using Cut = CuttingProxy::Cut;

/// A statement as text; "\x17" below executes a prepared one.
bool isQuery(std::string_view packet, std::string_view sql)
{
    return packet.substr(0, 1) == "\x03" && packet.substr(1) == sql;
}
bool isCommit(std::string_view packet) { return isQuery(packet, "COMMIT"); }
bool isBegin(std::string_view packet) { return isQuery(packet, "START TRANSACTION"); }
bool isExecute(std::string_view packet) { return packet.substr(0, 1) == "\x17"; }

/// The n-th execution of a prepared statement from now on.
CuttingProxy::IsIt execution(int number)
{
    return [left = number](std::string_view packet) mutable { return isExecute(packet) && --left == 0; };
}

} // namespace

/// A connection that breaks at a chosen packet of the conversation with the server.
class MariaDbConnectionLossTest : public CallFixture
{
    CPPUNIT_TEST_SUITE(MariaDbConnectionLossTest);
    CPPUNIT_TEST(testLossWhileCommittingLeavesTheOutcomeUnknown);
    CPPUNIT_TEST(testLossInAWriteThatIsACallOfItsOwnLeavesTheOutcomeUnknown);
    CPPUNIT_TEST(testDeadlineWhileCommittingLeavesTheOutcomeUnknown);
    CPPUNIT_TEST(testGroupThatLostItsConnectionBeforeCommittingIsRunAgain);
    CPPUNIT_TEST(testGroupThatLosesItsConnectionTwiceDoesNotHappen);
    CPPUNIT_TEST(testReadThatLostItsConnectionIsRunAgain);
    CPPUNIT_TEST(testConnectionThatTheServerEndedIsNotUsed);
    CPPUNIT_TEST_SUITE_END();

    bool isMariaDb() const override { return true; }

    /// A plugin that reaches the server through the proxy, over one connection with all its statements prepared.
    struct Cuttable
    {
        Cuttable() : setup(settings(), true) { assertStatus(ZOCO_OK, createTwo(0)); }

        Configuration settings() const
        {
            server.execute("CREATE USER IF NOT EXISTS cortado@'127.0.0.1'; GRANT ALL ON " + database +
                           ".* TO cortado@'127.0.0.1'");
            const auto port = std::to_string(proxy.port());
            return {{"url", "mysql://cortado@127.0.0.1:" + port + "/" + database}, {"connections", "1"}};
        }
        zoco_status createTwo(int id, const CallContext& context = {})
        {
            Group group(setup.service);
            const auto first = "a" + std::to_string(id); // values are borrowed until the group has run
            const auto second = "b" + std::to_string(id);
            group.add(setup.crear, {2 * id, first, 1});
            group.add(setup.crear, {2 * id + 1, second, 1});
            return Setup::statusOf(group.run(context));
        }
        /// The server ends the connection.
        void endSession()
        {
            const auto session =
                "SELECT ID FROM information_schema.PROCESSLIST WHERE USER = 'cortado' AND DB = '" + database + "'";
            server.execute("KILL " + server.execute(session));
            CPPUNIT_ASSERT(eventually([&] { return proxy.links() == 0; }));
        }
        /// Whether a thing is there, asked beside the plugin.
        bool has(int id) const
        {
            return server.execute("SELECT COUNT(*) FROM t_cosas WHERE id = " + std::to_string(id), database) == "1";
        }

        MariaDbServer& server = MariaDbServer::shared();
        const std::string database = server.newDatabase();
        CuttingProxy proxy{server.port()};
        Setup setup;
    };

    void testLossWhileCommittingLeavesTheOutcomeUnknown()
    {
        Cuttable c;
        for (const auto cut : {Cut::Packet, Cut::Answer})
        {
            const int id = static_cast<int>(cut);
            c.proxy.cut(cut, isCommit);
            assertStatus(ZOCO_E_UNKNOWN_OUTCOME, c.createTwo(id));
            CPPUNIT_ASSERT_EQUAL(1, c.proxy.cuts());
            const bool hasHappened = cut == Cut::Answer;
            CPPUNIT_ASSERT_EQUAL(hasHappened, c.has(2 * id));
            CPPUNIT_ASSERT_EQUAL(hasHappened, c.has(2 * id + 1));
            assertStatus(ZOCO_OK, c.createTwo(10 + id));
        }
    }

    void testLossInAWriteThatIsACallOfItsOwnLeavesTheOutcomeUnknown()
    {
        Cuttable c;
        assertStatus(ZOCO_OK, c.setup.call(c.setup.crear, {5, "5", 1}));
        for (const auto cut : {Cut::Packet, Cut::Answer})
        {
            const int id = 10 + static_cast<int>(cut);
            c.proxy.cut(cut, isExecute);
            assertStatus(ZOCO_E_UNKNOWN_OUTCOME, c.setup.call(c.setup.crear, {id, "c", 1}));
            CPPUNIT_ASSERT_EQUAL(1, c.proxy.cuts());
            CPPUNIT_ASSERT_EQUAL(cut == Cut::Answer, c.has(id));
        }
    }

    /// It was counted as the error of a step behind the last one.
    void testDeadlineWhileCommittingLeavesTheOutcomeUnknown()
    {
        Cuttable c;
        c.proxy.cut(Cut::Silence, isCommit);
        CallContext context;
        context.deadlineNs = monotonicNs() + 300'000'000;
        assertStatus(ZOCO_E_UNKNOWN_OUTCOME, c.createTwo(1, context));
        CPPUNIT_ASSERT_EQUAL(1, c.proxy.cuts());
        CPPUNIT_ASSERT(c.has(2) && c.has(3));
        const auto operations = c.setup.gestor.host.http().get("/GestorBBDD/operaciones").body();
        CPPUNIT_ASSERT_MESSAGE(operations, operations.find(R"("ZOCO_E_UNKNOWN_OUTCOME":1)") != std::string::npos);
        assertStatus(ZOCO_OK, c.createTwo(2));
    }

    /// A connection runs a group step by step when it has not met it, and then by one statement.
    void testGroupThatLostItsConnectionBeforeCommittingIsRunAgain()
    {
        const std::pair<bool, CuttingProxy::IsIt> places[] = {
            {false, isBegin}, {false, execution(1)}, {false, execution(2)}, {true, execution(1)}};
        Cuttable c;
        int id = 0;
        for (const auto& [isMet, place] : places)
            for (const auto cut : {Cut::Packet, Cut::Answer})
            {
                c.endSession();
                for (int i = 0; isMet && i < 2; ++i) assertStatus(ZOCO_OK, c.createTwo(++id));
                c.proxy.cut(cut, place);
                assertStatus(ZOCO_OK, c.createTwo(++id));
                CPPUNIT_ASSERT_EQUAL(1, c.proxy.cuts());
                CPPUNIT_ASSERT(c.has(2 * id) && c.has(2 * id + 1));
            }
    }

    void testGroupThatLosesItsConnectionTwiceDoesNotHappen()
    {
        Cuttable c;
        c.proxy.cut(Cut::Answer, isExecute, 2);
        assertStatus(ZOCO_E_UNAVAILABLE, c.createTwo(1));
        CPPUNIT_ASSERT_EQUAL(2, c.proxy.cuts());
        CPPUNIT_ASSERT(!c.has(2) && !c.has(3));
        assertStatus(ZOCO_OK, c.createTwo(1));
    }

    void testReadThatLostItsConnectionIsRunAgain()
    {
        Cuttable c;
        for (const auto cut : {Cut::Packet, Cut::Answer})
        {
            CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, c.setup.rows(c.setup.cosas, {}));
            c.proxy.cut(cut, isExecute);
            CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, c.setup.rows(c.setup.cosas, {}));
            CPPUNIT_ASSERT_EQUAL(1, c.proxy.cuts());
        }
    }

    void testConnectionThatTheServerEndedIsNotUsed()
    {
        Cuttable c;
        for (int id = 1; id < 4; ++id)
        {
            c.endSession();
            assertStatus(ZOCO_OK, c.setup.call(c.setup.crear, {10 + id, std::to_string(id), 1}));
            CPPUNIT_ASSERT(c.has(10 + id));
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MariaDbConnectionLossTest);

} // namespace zoco::gestorbbdd::test
