#include "Support.h"

#include "sqlite/Connection.h"

#include <cppunit/extensions/HelperMacros.h>

#include <csignal>
#include <random>
#include <set>
#include <sys/wait.h>
#include <unistd.h>

namespace zoco::gestorbbdd::test
{

namespace
{

/// The program durability_writer, as a child of this one.
class Writer
{
public:
    Writer(const std::string& database, std::int64_t firstOrder)
    {
        const auto program = std::string(ZOCO_BUILD_DIR) + "/test/gestorbbdd_durability_writer";
        const auto first = std::to_string(firstOrder);
        int ends[2];
        CPPUNIT_ASSERT_EQUAL(0, ::pipe(ends));
        _pid = ::fork();
        if (_pid == 0)
        {
            ::dup2(ends[1], STDOUT_FILENO);
            ::close(ends[0]);
            ::close(ends[1]);
            ::execl(program.c_str(), program.c_str(), database.c_str(), first.c_str(), nullptr);
            ::_exit(127);
        }
        ::close(ends[1]);
        _output = ::fdopen(ends[0], "r");
    }
    ~Writer()
    {
        if (_output != nullptr) ::fclose(_output);
        kill();
    }
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    /// The next acknowledged order; negative when there is none any more.
    std::int64_t next()
    {
        long long id = -1;
        return std::fscanf(_output, "%lld", &id) == 1 ? id : -1;
    }

    /// True when the child lived until now.
    bool kill()
    {
        if (_pid <= 0) return false;
        ::kill(_pid, SIGKILL);
        int status = 0;
        ::waitpid(_pid, &status, 0);
        _pid = -1;
        return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
    }

private:
    ::pid_t _pid = -1;
    std::FILE* _output = nullptr;
};

} // namespace

/// What was acknowledged survives the death of the process.
class DurabilityTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(DurabilityTest);
    CPPUNIT_TEST(testKilledWriterLosesNothingAndLeavesNothingHalf);
    CPPUNIT_TEST_SUITE_END();

    static std::set<std::int64_t> numbers(Connection& connection, const char* sql)
    {
        std::set<std::int64_t> out;
        Statement select(connection.raw(), sql);
        while (select.step()) out.insert(select.row()[0].as.i);
        return out;
    }

    void testKilledWriterLosesNothingAndLeavesNothingHalf()
    {
        testing::FakeFiles files;
        const auto database = files.folder() + "/x.db";
        std::mt19937 random(20261124);
        std::set<std::int64_t> acknowledged;
        for (int round = 0; round < 10; ++round)
        {
            Writer writer(database, 1'000'000 * round);
            const auto killAfter = std::uniform_int_distribution<int>(1, 200)(random);
            for (int i = 0; i < killAfter; ++i) acknowledged.insert(writer.next());
            CPPUNIT_ASSERT(writer.kill());
            for (auto id = writer.next(); id >= 0; id = writer.next()) acknowledged.insert(id);

            Connection connection(database, Connection::Role::Writer, 1000);
            const auto orders = numbers(connection, "SELECT id FROM p_pedidos");
            for (const auto id : acknowledged) CPPUNIT_ASSERT(orders.contains(id));
            const auto whole = numbers(connection, "SELECT pedido FROM p_lineas GROUP BY pedido HAVING COUNT(*) = 3");
            CPPUNIT_ASSERT(orders == whole);
            CPPUNIT_ASSERT(
                numbers(connection, "SELECT 1 FROM pragma_integrity_check WHERE integrity_check <> 'ok'").empty());
        }
        CPPUNIT_ASSERT(acknowledged.size() > 100);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(DurabilityTest);

} // namespace zoco::gestorbbdd::test
