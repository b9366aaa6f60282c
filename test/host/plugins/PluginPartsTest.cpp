#include "plugins/DependencyOrder.h"
#include "plugins/ElfInfo.h"
#include "plugins/LifecycleThread.h"
#include "plugins/PluginLibrary.h"
#include "support/TempFolder.h"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <future>
#include <memory>

namespace zoco::host::test
{

class DependencyOrderTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(DependencyOrderTest);
    CPPUNIT_TEST(testProvidersFirst);
    CPPUNIT_TEST(testFaultsNameThePlugins);
    CPPUNIT_TEST_SUITE_END();

    static PluginIdentity plugin(const std::string& id, std::vector<std::string> provides,
                                 std::vector<std::string> needs, std::vector<std::string> uses = {})
    {
        PluginIdentity out;
        out.id = id;
        out.provides = std::move(provides);
        out.needs = std::move(needs);
        out.uses = std::move(uses);
        return out;
    }

public:
    void testProvidersFirst()
    {
        const std::vector<PluginIdentity> plugins{plugin("a", {}, {"s/1"}, {"t/1", "missing/1"}), plugin("b", {}, {}),
                                                  plugin("c", {"s/1"}, {"u/1"}), plugin("d", {"t/1"}, {}),
                                                  plugin("e", {"u/1"}, {})};
        const auto found = DependencyOrder::of(plugins);
        CPPUNIT_ASSERT(found.errors.empty());
        CPPUNIT_ASSERT(found.order == (std::vector<std::size_t>{4, 2, 3, 0, 1}));
        CPPUNIT_ASSERT(DependencyOrder::of({}).order.empty());
    }

    void testFaultsNameThePlugins()
    {
        const auto faults = [](const std::vector<PluginIdentity>& plugins)
        {
            const auto found = DependencyOrder::of(plugins);
            CPPUNIT_ASSERT_EQUAL(std::size_t(1), found.errors.size());
            return found.errors[0];
        };
        const auto missing = faults({plugin("a", {}, {"s/1"})});
        CPPUNIT_ASSERT(missing.find("plugin a") != std::string::npos && missing.find("s/1") != std::string::npos);
        const auto two = faults({plugin("a", {"s/1"}, {}), plugin("b", {"s/1"}, {})});
        CPPUNIT_ASSERT(two.find("a and b") != std::string::npos);
        const auto circle =
            faults({plugin("a", {"a/1"}, {"b/1"}), plugin("b", {"b/1"}, {"c/1"}), plugin("c", {"c/1"}, {"a/1"})});
        CPPUNIT_ASSERT_MESSAGE(circle, circle.find("a -> b -> c -> a") != std::string::npos);
        const auto itself = faults({plugin("a", {"a/1"}, {"a/1"})});
        CPPUNIT_ASSERT_MESSAGE(itself, itself.find("a -> a") != std::string::npos);
        CPPUNIT_ASSERT(!faults({plugin("a", {"a/1"}, {}, {"b/1"}), plugin("b", {"b/1"}, {"a/1"})}).empty());
    }
};

class ElfInfoTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(ElfInfoTest);
    CPPUNIT_TEST(testOwnProgram);
    CPPUNIT_TEST(testCutFilesNeverCrash);
    CPPUNIT_TEST(testChangedBytesNeverCrash);
    CPPUNIT_TEST(testOtherFiles);
    CPPUNIT_TEST(testForeignPoco);
    CPPUNIT_TEST_SUITE_END();

    zoco::test::TempFolder _folder;

    static std::string library()
    {
        auto bytes = zoco::test::readFile("/proc/self/exe"); // position-independent, so an ELF shared object
        return bytes;
    }

public:
    void testOwnProgram()
    {
        const auto info = ElfInfo::read("/proc/self/exe");
        CPPUNIT_ASSERT(info.ok());
        CPPUNIT_ASSERT(std::any_of(info->needed.begin(), info->needed.end(),
                                   [](const std::string& n) { return n.starts_with("libcppunit"); }));
    }

    void testCutFilesNeverCrash()
    {
        const auto bytes = library();
        for (std::size_t size = 0; size < 1200; size += size < 80 ? 1 : 7)
            CPPUNIT_ASSERT(!ElfInfo::read(_folder.write("cut", bytes.substr(0, size))).ok());
        for (std::size_t part = 1; part < 40; ++part) // whether it is a whole library or not, depends on what is cut
            (void)ElfInfo::read(_folder.write("cut", bytes.substr(0, bytes.size() / 40 * part)));
    }

    void testChangedBytesNeverCrash()
    {
        auto bytes = library().substr(0, 64 * 1024);
        for (std::size_t at = 16; at < 900; at += 3)
            for (const char value : {'\0', '\xff', '\x7f'})
            {
                auto changed = bytes;
                changed[at] = changed[at + 1] = changed[at + 7] = value;
                if (const auto info = ElfInfo::read(_folder.write("changed", changed)); info.ok())
                    (void)foreignPoco(*info);
            }
    }

    void testOtherFiles()
    {
        CPPUNIT_ASSERT(!ElfInfo::read(_folder.path("missing")).ok());
        CPPUNIT_ASSERT(!ElfInfo::read(_folder.path()).ok());
        CPPUNIT_ASSERT(!ElfInfo::read(_folder.write("text", std::string(4096, 'x'))).ok());
        const auto problem = ElfInfo::read(_folder.write("empty", "")).problem();
        CPPUNIT_ASSERT(problem.detail.find(_folder.path("empty")) != std::string::npos);
    }

    void testForeignPoco()
    {
        CPPUNIT_ASSERT(foreignPoco({"x", {"libc.so.6", "libPocoFoundation.so.80", "libPocoNet.so.80"}}).empty());
        CPPUNIT_ASSERT(
            foreignPoco({"x", {"libPocoNet.so.80", "libPocoFoundation.so.94"}}).find("libPocoFoundation.so.94") !=
            std::string::npos);
        CPPUNIT_ASSERT(foreignPoco({"x", {"libPoco"}}).empty());
    }
};

class LifecycleThreadTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(LifecycleThreadTest);
    CPPUNIT_TEST(testAllStepsOnOneThread);
    CPPUNIT_TEST(testHangingStepIsGivenUp);
    CPPUNIT_TEST_SUITE_END();

public:
    void testAllStepsOnOneThread()
    {
        LifecycleThread thread("life");
        std::thread::id first;
        std::thread::id second;
        CPPUNIT_ASSERT(thread.run(std::chrono::seconds(20), [&] { first = std::this_thread::get_id(); }));
        CPPUNIT_ASSERT(thread.run(std::chrono::seconds(20), [&] { second = std::this_thread::get_id(); }));
        CPPUNIT_ASSERT(first == second && first != std::this_thread::get_id());
    }

    void testHangingStepIsGivenUp()
    {
        auto release = std::make_shared<std::promise<void>>();
        std::promise<void> ended;
        {
            LifecycleThread thread("life");
            const bool isInTime = thread.run(std::chrono::milliseconds(5),
                                             [gate = release->get_future().share(), &ended]
                                             {
                                                 gate.wait();
                                                 ended.set_value();
                                             });
            CPPUNIT_ASSERT(!isInTime && thread.isStuck());
            CPPUNIT_ASSERT(!thread.run(std::chrono::seconds(20), [] {}));
        }
        release->set_value();
        ended.get_future().wait();
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(DependencyOrderTest);
CPPUNIT_TEST_SUITE_REGISTRATION(ElfInfoTest);
CPPUNIT_TEST_SUITE_REGISTRATION(LifecycleThreadTest);

} // namespace zoco::host::test
