#include "zoco/testing/Instance.h"

#include <cppunit/extensions/HelperMacros.h>

#include <stdexcept>

namespace
{

using namespace zoco;
using namespace zoco::testing;

/// Remembers a word, and hands it on.
class Memoria final : public Plugin, public StateKeeper
{
public:
    void init(Host& host) override
    {
        _word = host.config().text("word");
        host.http().route("GET", "/palabra", {.auth = Auth::Public},
                          [this](const Request&) { return Reply::text(_word + _savedBy); });
    }
    void saveState(const StateWriter& writer) override
    {
        if (_word == "unsavable") throw std::runtime_error("boom");
        writer.write("v1:");
        writer.write(_word);
    }
    bool loadState(std::string_view state, std::string_view savedBy) override
    {
        if (state == "v1:throw") throw ProblemException({500, "", "boom", "", {}, ZOCO_E_UNSUPPORTED});
        if (!state.starts_with("v1:")) return false;
        _word = state.substr(3);
        _savedBy = savedBy;
        return true;
    }

private:
    std::string _word;
    std::string _savedBy;
};

class Forgetful final : public Plugin
{
    void init(Host&) override {}
};

/// The hand-over of state between generations, as the C++ face does it.
class StateTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(StateTest);
    CPPUNIT_TEST(testStateGoesToTheNextGeneration);
    CPPUNIT_TEST(testStateThatIsNotUnderstoodStartsEmpty);
    CPPUNIT_TEST(testThrowingLoadFailsTheChange);
    CPPUNIT_TEST(testThrowingSaveIsLogged);
    CPPUNIT_TEST(testFullSinkEndsTheSaving);
    CPPUNIT_TEST(testOnlyKeepersOfferState);
    CPPUNIT_TEST_SUITE_END();

public:
    void testStateGoesToTheNextGeneration()
    {
        FakeHost before, after;
        auto old = makeIn(before, "uno");
        old.start();
        auto next = makeIn(after, "dos");
        next.init();
        CPPUNIT_ASSERT(next.loadState(old.saveState().value(), "/1.2.3"));
        next.start();
        CPPUNIT_ASSERT_EQUAL(std::string("uno/1.2.3"), after.http().get("/palabra").body());
    }

    void testStateThatIsNotUnderstoodStartsEmpty()
    {
        FakeHost host;
        auto plugin = makeIn(host, "dos");
        plugin.init();
        for (const auto* bytes : {"", "v2:x", "\xff\xfe"}) CPPUNIT_ASSERT(!plugin.loadState(bytes));
        plugin.start();
        CPPUNIT_ASSERT_EQUAL(std::string("dos"), host.http().get("/palabra").body());
        CPPUNIT_ASSERT(host.reason().empty());
    }

    void testThrowingLoadFailsTheChange()
    {
        FakeHost host;
        auto plugin = makeIn(host, "dos");
        plugin.init();
        CPPUNIT_ASSERT_THROW(plugin.loadState("v1:throw"), std::runtime_error);
        CPPUNIT_ASSERT_EQUAL(std::string("boom"), host.reason());
    }

    void testThrowingSaveIsLogged()
    {
        FakeHost host;
        auto plugin = makeIn(host, "unsavable");
        plugin.start();
        CPPUNIT_ASSERT(!plugin.saveState());
        CPPUNIT_ASSERT_EQUAL(std::string("boom"), host.log().records().at(0).fields.at("what"));
    }

    void testFullSinkEndsTheSaving()
    {
        FakeHost host;
        auto* plugin = zoco::detail::Shell<Memoria>::create();
        host.config().set("word", "w");
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, plugin->init(plugin, host.raw()));
        const auto* table = static_cast<const zoco_state*>(plugin->get_interface(plugin, ZOCO_STATE));
        int calls = 0;
        const auto refuse = [](void* count, zoco_bytes) -> zoco_status
        {
            ++*static_cast<int*>(count);
            return ZOCO_E_UNAVAILABLE;
        };
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_UNAVAILABLE}, table->save(table->self, refuse, &calls));
        CPPUNIT_ASSERT_EQUAL(1, calls);
        plugin->destroy(plugin);
    }

    void testOnlyKeepersOfferState()
    {
        FakeHost host;
        auto plugin = Instance::of<Forgetful>(host);
        plugin.init();
        CPPUNIT_ASSERT(!plugin.loadState("v1:x"));
        plugin.start();
        CPPUNIT_ASSERT(!plugin.saveState());
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{ZOCO_HEALTH_GOOD}, plugin.health().state);
    }

private:
    static Instance makeIn(FakeHost& host, const char* word)
    {
        host.config().set("word", word);
        return Instance::of<Memoria>(host);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(StateTest);

} // namespace
