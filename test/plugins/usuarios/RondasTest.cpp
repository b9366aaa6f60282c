#include "casos/Rondas.h"
#include "zoco/testing/FakeExecutor.h"
#include "zoco/testing/FakeLog.h"

#include <cppunit/extensions/HelperMacros.h>

#include <stdexcept>
#include <string>

using namespace usuarios;
using namespace std::chrono_literals;

/// What is deleted once an hour, page by page.
class RondasTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(RondasTest);
    CPPUNIT_TEST(testGoesRoundEveryHour);
    CPPUNIT_TEST(testWhatThrowsStopsNothingElse);
    CPPUNIT_TEST(testNoRoundIsLong);
    CPPUNIT_TEST(testARoundIsNotOvertaken);
    CPPUNIT_TEST(testAStopWaitsForOnePage);
    CPPUNIT_TEST(testAtOnceItGoesToTheEnd);
    CPPUNIT_TEST_SUITE_END();

public:
    void tearDown() override { _fake.drain(); } // as the host does when a plugin stops

    void testGoesRoundEveryHour()
    {
        _pages = {2, 1};
        _rondas.begin();
        pass(59s);
        CPPUNIT_ASSERT_EQUAL(std::string(), _done);
        pass(1s);
        CPPUNIT_ASSERT_EQUAL(std::string("aab"), _done);
        pass(1h);
        CPPUNIT_ASSERT_EQUAL(std::string("aabaab"), _done);
    }

    void testWhatThrowsStopsNothingElse()
    {
        _pages = {2, 1};
        _throwing = 0;
        _rondas.begin();
        pass(1min);
        CPPUNIT_ASSERT_EQUAL(std::string("!b"), _done);
        _areRefused = true; // not even what is to be done can be told
        pass(1h);
        _areRefused = false;
        _throwing = -1;
        pass(1h);
        CPPUNIT_ASSERT_EQUAL(std::string("!baab"), _done);
    }

    void testNoRoundIsLong()
    {
        _pages = {kMost + 5, 1};
        _rondas.begin();
        pass(1min);
        CPPUNIT_ASSERT_EQUAL(std::string(kMost, 'a') + 'b', _done);
    }

    void testARoundIsNotOvertaken()
    {
        _pages = {2, 1};
        _onPage = [this]
        {
            _onPage = {};
            pass(1h);
        };
        _rondas.begin();
        pass(1min); // the first page takes an hour
        pass(1h);
        CPPUNIT_ASSERT_EQUAL(std::string("aab"), _done);
        pass(1h);
        CPPUNIT_ASSERT_EQUAL(std::string("aabaab"), _done);
    }

    void testAStopWaitsForOnePage()
    {
        _pages = {3, 1};
        _onPage = [this]
        {
            _onPage = {};
            _fake.drain();
        };
        _rondas.begin();
        pass(1min);
        CPPUNIT_ASSERT_EQUAL(std::string("a"), _done);
        CPPUNIT_ASSERT_EQUAL(std::size_t(0), _fake.waitingTimers());
    }

    void testAtOnceItGoesToTheEnd()
    {
        _pages = {kMost + 5, 1};
        auto done = _rondas.all();
        CPPUNIT_ASSERT_EQUAL(std::size_t(2), done.size());
        CPPUNIT_ASSERT_EQUAL(std::int64_t(kMost + 5), done[0].count);
        CPPUNIT_ASSERT(done[0].isWhole && done[1].isWhole);
        _throwing = 0;
        done = _rondas.all();
        CPPUNIT_ASSERT(!done[0].isWhole && done[1].isWhole);
        CPPUNIT_ASSERT_EQUAL(std::int64_t(1), done[1].count);
    }

private:
    static constexpr int kMost = 4;

    void pass(std::chrono::milliseconds time)
    {
        _now += time;
        _fake.advance(time);
    }

    std::vector<Tarea> tareas()
    {
        if (_areRefused) throw std::runtime_error("no memory");
        std::vector<Tarea> out;
        for (int kind = 0; kind < 2; ++kind)
            out.push_back({"things", kMost,
                           [this, kind, left = _pages[static_cast<std::size_t>(kind)]]() mutable
                           {
                               if (kind == _throwing)
                               {
                                   _done += '!';
                                   throw std::runtime_error("unreadable");
                               }
                               _done += static_cast<char>('a' + kind);
                               if (const auto hook = _onPage) hook();
                               return Pagina{1, --left == 0};
                           }});
        return out;
    }

    zoco::testing::FakeLog _log;
    zoco::testing::FakeExecutor _fake;
    zoco::Executor _executor{_fake.raw(), zoco::Log(_log.raw())};
    std::chrono::steady_clock::time_point _now;
    std::string _done;
    std::vector<int> _pages;
    std::function<void()> _onPage;
    int _throwing = -1;
    bool _areRefused = false;
    Rondas _rondas{_executor, zoco::Log(_log.raw()), [this] { return tareas(); }, [this] { return _now; }};
};

CPPUNIT_TEST_SUITE_REGISTRATION(RondasTest);
