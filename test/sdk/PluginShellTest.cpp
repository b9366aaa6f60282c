#include "zoco/testing/Instance.h"

#include <cppunit/extensions/HelperMacros.h>

#include <memory>
#include <stdexcept>

namespace
{

using namespace zoco;
using namespace zoco::testing;

/// Throws in the step that the setting "where" names.
class Thrower final : public Plugin
{
public:
    Thrower() = default;
    ~Thrower() override
    {
        if (_where == "destructor") throw std::runtime_error("boom in destructor");
    }
    void init(Host& host) override
    {
        _where = host.config().text("where");
        throwIn("init");
    }
    void start(Host&) override { throwIn("start"); }
    void stop() override { throwIn("stop"); }

private:
    void throwIn(std::string_view step) const
    {
        if (_where == step) throw std::runtime_error("boom in " + _where);
    }

    std::string _where;
};

/// Fails before it has an init to call.
class Unborn final : public Plugin
{
public:
    Unborn() { throw 42; }
    void init(Host&) override {}
};

class PluginShellTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(PluginShellTest);
    CPPUNIT_TEST(testThrowInInitAndStartFailsTheStep);
    CPPUNIT_TEST(testThrowInStopAndDestructorIsLogged);
    CPPUNIT_TEST(testThrowInConstructorFailsInit);
    CPPUNIT_TEST(testMissingInterfaceFailsTheStepByName);
    CPPUNIT_TEST_SUITE_END();

public:
    void testThrowInInitAndStartFailsTheStep()
    {
        for (const auto* where : {"init", "start"})
        {
            FakeHost host;
            host.config().set("where", where);
            auto plugin = Instance::of<Thrower>(host);
            CPPUNIT_ASSERT_THROW(plugin.start(), std::runtime_error);
            CPPUNIT_ASSERT_EQUAL("boom in " + std::string(where), host.reason());
        }
    }

    void testThrowInStopAndDestructorIsLogged()
    {
        for (const auto* where : {"stop", "destructor"})
        {
            FakeHost host;
            host.config().set("where", where);
            auto plugin = Instance::of<Thrower>(host);
            plugin.start();
            plugin.stop();
            CPPUNIT_ASSERT_EQUAL(std::size_t{1}, host.log().records().size());
            CPPUNIT_ASSERT_EQUAL("boom in " + std::string(where), host.log().records()[0].fields.at("what"));
        }
    }

    void testThrowInConstructorFailsInit()
    {
        FakeHost host;
        auto plugin = Instance::of<Unborn>(host);
        CPPUNIT_ASSERT_THROW(plugin.init(), std::runtime_error);
        CPPUNIT_ASSERT(!host.reason().empty());
    }

    void testMissingInterfaceFailsTheStepByName()
    {
        FakeHost host;
        host.withhold(ZOCO_CONFIG);
        auto plugin = Instance::of<Thrower>(host);
        CPPUNIT_ASSERT_THROW(plugin.init(), std::runtime_error);
        CPPUNIT_ASSERT(host.reason().find(ZOCO_CONFIG) != std::string::npos);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PluginShellTest);

} // namespace
