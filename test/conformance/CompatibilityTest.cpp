#include "HostHarness.h"

#include "plugins/ElfInfo.h"
#include "sdk/ElfSymbols.h"

#include <cppunit/extensions/HelperMacros.h>

namespace
{

using namespace zoco::host::test;

/// Plugins that were built otherwise than the host, and work all the same.
class CompatibilityTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(CompatibilityTest);
    CPPUNIT_TEST(testOtherSizesAndMinorsAreRead);
    CPPUNIT_TEST(testOtherCompilersPluginServes);
    CPPUNIT_TEST(testBothRuntimesServeInOneHost);
    CPPUNIT_TEST(testOwnRuntimeIsHidden);
    CPPUNIT_TEST(testTwoInstancesOfOneFileLiveTogether);
    CPPUNIT_TEST(testExamplesServe);
    CPPUNIT_TEST_SUITE_END();

public:
    void testOtherSizesAndMinorsAreRead()
    {
        for (const auto* name : {"longer_entry", "newer_minor", "short_plugin", "long_route"})
        {
            HostHarness host;
            CPPUNIT_ASSERT_MESSAGE(name + host.errorText(), host.start({HostHarness::fixture(name)}));
            host.stop();
            CPPUNIT_ASSERT(host.manager.status().at(0).state == zoco::host::PluginState::Stopped);
        }
        HostHarness host;
        CPPUNIT_ASSERT(host.start({HostHarness::fixture("long_route")}));
        CPPUNIT_ASSERT_EQUAL(204, host.ask("/Larga")->status());
    }

    void testOtherCompilersPluginServes()
    {
        for (const auto* name : {"clang_libstdcxx", "clang_libcxx"})
        {
            HostHarness host;
            CPPUNIT_ASSERT_MESSAGE(host.refusal(HostHarness::fixture(name)), host.start({HostHarness::fixture(name)}));
            assertServes(host);
        }
    }

    void testBothRuntimesServeInOneHost()
    {
        HostHarness host;
        CPPUNIT_ASSERT(host.start({HostHarness::fixture("clang_libcxx"), HostHarness::plugin("hola"),
                                   HostHarness::fixture("throw_in_handler")}));
        for (int i = 0; i < 3; ++i)
        {
            assertServes(host);
            CPPUNIT_ASSERT_EQUAL(500, host.ask("/Falla")->status());
            CPPUNIT_ASSERT_EQUAL(200, host.ask("/Hola/Ana")->status());
        }
    }

    void testOwnRuntimeIsHidden()
    {
        const auto info = zoco::host::ElfInfo::read(HostHarness::fixture("clang_libcxx"));
        CPPUNIT_ASSERT(info.ok() && !info->needed.empty());
        for (const auto& library : info->needed)
            CPPUNIT_ASSERT_MESSAGE(library, library.find("++") == std::string::npos);
        for (const auto* name : {"clang_libcxx", "clang_libstdcxx"})
        {
            std::string exported;
            for (const auto& s : zoco::test::dynamicSymbols(HostHarness::fixture(name)))
                if (s.isDefined) exported += s.name + " ";
            CPPUNIT_ASSERT_EQUAL(std::string("zoco_entry "), exported);
        }
    }

    void testTwoInstancesOfOneFileLiveTogether()
    {
        HostHarness first;
        HostHarness second;
        CPPUNIT_ASSERT(first.start({HostHarness::plugin("hola")}));
        CPPUNIT_ASSERT(second.start({HostHarness::plugin("hola")}));
        first.stop();
        CPPUNIT_ASSERT_EQUAL(200, second.ask("/Hola/Ana")->status());
    }

    void testExamplesServe()
    {
        const struct
        {
            const char *target, *body;
        } cases[] = {
            {"/Hola/Ana", R"({"saludo":"Hola, Ana"})"},
            {"/HolaC/Ana", "Hola, Ana"},
            {"/Lento/1", R"({"esperado_ms":1})"},
        };
        HostHarness host;
        CPPUNIT_ASSERT(host.start({HostHarness::plugin("hola"), HostHarness::plugin("hola-c"),
                                   HostHarness::plugin("lento"), HostHarness::plugin("poco-handler")}));
        for (const auto& c : cases)
        {
            const auto exchange = host.ask(c.target);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(c.target, 200, exchange->status());
            CPPUNIT_ASSERT_EQUAL(std::string(c.body), exchange->body());
        }
        const auto form = host.ask("/Poco/formulario?nombre=Ana");
        CPPUNIT_ASSERT_EQUAL(201, form->status());
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, form->headerCount("Set-Cookie"));
        CPPUNIT_ASSERT_EQUAL(422, host.ask("/Lento/x")->status());
    }

private:
    static void assertServes(HostHarness& host)
    {
        CPPUNIT_ASSERT_EQUAL(std::string(R"({"texto":"n=12"})"), host.ask("/Otro/12")->body());
        CPPUNIT_ASSERT_EQUAL(std::string(R"({"texto":"n=-1"})"), host.ask("/Otro/x")->body());
        CPPUNIT_ASSERT_EQUAL(500, host.ask("/Otro/falla")->status());
        const auto log = host.log();
        CPPUNIT_ASSERT_MESSAGE(log, log.find("handler threw") != std::string::npos);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CompatibilityTest);

} // namespace
