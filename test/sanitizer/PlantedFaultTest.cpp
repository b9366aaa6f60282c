#include "integration/Examples.h"
#include "support/RawClient.h"

#include <cppunit/extensions/HelperMacros.h>

#include <stdexcept>
#include <string>

using namespace zoco::test;

/// The sanitizers look into plugins that run in the host.
class PlantedFaultTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(PlantedFaultTest);
    CPPUNIT_TEST(testPlantedFaultsAreFound);
    CPPUNIT_TEST(testSoundRunReportsNothing);
    CPPUNIT_TEST_SUITE_END();

    static HostOptions planted()
    {
        auto options = onlyPlugins({"planted"});
        options.defines.emplace_back("plugins.planted.library", PLANTED_PLUGIN);
        return options;
    }

    /// What a host wrote that met the fault and was then asked to stop.
    static std::string reportOf(const std::string& path)
    {
        HostProcess host(planted());
        try
        {
            (void)RawClient(host.port()).request("GET", path);
        }
        catch (const std::runtime_error&)
        {
            // The sanitizer has ended the host before it could answer.
        }
        const auto end = host.stop();
        CPPUNIT_ASSERT(end.has_value());
        CPPUNIT_ASSERT_MESSAGE("the host ended as if nothing had happened", end->code != 0);
        return host.log();
    }

    static void assertFound(const std::string& path, const std::string& report)
    {
        const auto log = reportOf(path);
        CPPUNIT_ASSERT_MESSAGE(log, log.find(report) != std::string::npos);
    }

public:
    void testPlantedFaultsAreFound()
    {
        if (std::string(ZOCO_SANITIZE) == "thread")
        {
            assertFound("/Plantado/carrera", "ThreadSanitizer: data race");
            return;
        }
        assertFound("/Plantado/memoria", "AddressSanitizer: heap-use-after-free");
        assertFound("/Plantado/aritmetica", "signed integer overflow");
    }

    void testSoundRunReportsNothing()
    {
        HostProcess host(planted());
        CPPUNIT_ASSERT_EQUAL(200, RawClient(host.port()).request("GET", "/Plantado/nada").status);
        CPPUNIT_ASSERT_EQUAL(0, host.stop()->code);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PlantedFaultTest);
