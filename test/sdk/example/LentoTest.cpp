#include "zoco/testing/Instance.h"

#include <cppunit/extensions/HelperMacros.h>

extern "C" const zoco_plugin_entry zoco_entry;

namespace
{

using namespace zoco::testing;
using std::chrono::milliseconds;

class LentoTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(LentoTest);
    CPPUNIT_TEST(testAnswersWhenTheTimeHasPassed);
    CPPUNIT_TEST(testWrongTimeIs422);
    CPPUNIT_TEST(testFullExecutorIs503);
    CPPUNIT_TEST(testStopAnswersWhatWaits);
    CPPUNIT_TEST(testGoneClientIsNotAnswered);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override { _plugin.start(); }

    void testAnswersWhenTheTimeHasPassed()
    {
        const auto& call = _host.http().get("/Lento/250");
        _host.executor().advance(milliseconds(249));
        CPPUNIT_ASSERT(!call.isAnswered());
        _host.executor().advance(milliseconds(1));
        CPPUNIT_ASSERT_EQUAL(std::string(R"({"esperado_ms":250})"), call.body());
        CPPUNIT_ASSERT(call.isReleased());
    }

    void testWrongTimeIs422()
    {
        for (const auto* ms : {"-1", "10001", "abc", "1.5", "1x", "%20", "99999999999999999999"})
        {
            const auto& call = _host.http().get("/Lento/" + std::string(ms));
            CPPUNIT_ASSERT_EQUAL_MESSAGE(ms, 422, call.status());
            CPPUNIT_ASSERT_EQUAL(std::string("/ms"), call.problem()->errors.at(0).pointer);
        }
        for (const auto* ms : {"0", "10000"})
            CPPUNIT_ASSERT(!_host.http().get("/Lento/" + std::string(ms)).isAnswered());
    }

    void testFullExecutorIs503()
    {
        _host.executor().setFull(true);
        CPPUNIT_ASSERT_EQUAL(503, _host.http().get("/Lento/1").status());
    }

    void testStopAnswersWhatWaits()
    {
        const auto& call = _host.http().get("/Lento/10000");
        _plugin.stop();
        CPPUNIT_ASSERT_EQUAL(200, call.status());
    }

    void testGoneClientIsNotAnswered()
    {
        auto& call = _host.http().get("/Lento/10");
        call.cancel();
        _host.executor().advance(milliseconds(10));
        CPPUNIT_ASSERT(call.isReleased());
        CPPUNIT_ASSERT(call.body().empty());
    }

private:
    FakeHost _host;
    Instance _plugin{_host, zoco_entry};
};

CPPUNIT_TEST_SUITE_REGISTRATION(LentoTest);

} // namespace
