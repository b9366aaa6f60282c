#include "services/HostService.h"
#include "FakeProvider.h"
#include "core/AsyncFile.h"
#include "services/ServiceChange.h"

#include <cppunit/extensions/HelperMacros.h>

#include <memory>

namespace zoco::host::test
{

class HostServiceTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(HostServiceTest);
    CPPUNIT_TEST(testItIsUnavailableUntilSomebodyOffersIt);
    CPPUNIT_TEST(testItGoesAndComesWithItsProvider);
    CPPUNIT_TEST(testItFollowsAReplacedProvider);
    CPPUNIT_TEST(testUncommittedProviderIsNotCalled);
    CPPUNIT_TEST(testMissingOperationIsUnsupportedAlone);
    CPPUNIT_TEST(testRefusingProviderRefusesNoChange);
    CPPUNIT_TEST(testReleaseWaitsForCallsAndDetaches);
    CPPUNIT_TEST_SUITE_END();

    AsyncFile _file{"/dev/null"};
    Log _log{_file, LogLevel::Info};
    ServiceRegistry _registry;
    FakeProvider _provider;
    FakeProvider _other;
    HostService _service{_registry, "s/1", "1.2.3", _log.source("test")};
    Operation _known = _service.operation("known");

    /// What the world offers from now on; null: nothing.
    void offer(FakeProvider* provider)
    {
        ServiceChange change(_registry, {"p"});
        if (provider != nullptr) CPPUNIT_ASSERT(change.offer({"s/1", "p", &provider->table, nullptr}));
        std::string reason;
        CPPUNIT_ASSERT_MESSAGE(reason, change.rebind(reason));
        change.commit();
        CPPUNIT_ASSERT(change.letGo());
    }
    zoco_status call(const Operation& operation) const
    {
        const auto result = _service.service().call({}, operation, {});
        return result.ok() ? zoco_status{ZOCO_OK} : result.problem().code;
    }

public:
    void testItIsUnavailableUntilSomebodyOffersIt()
    {
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_UNAVAILABLE}, call(_known));
        offer(&_provider);
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, call(_known));
        CPPUNIT_ASSERT_EQUAL(std::string("host 1.2.3"), _provider.consumer);
    }

    void testItGoesAndComesWithItsProvider()
    {
        offer(&_provider);
        offer(nullptr);
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_UNAVAILABLE}, call(_known));
        CPPUNIT_ASSERT_EQUAL(0, _provider.attached);
        offer(&_provider);
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, call(_known));
    }

    void testItFollowsAReplacedProvider()
    {
        offer(&_provider);
        offer(&_other);
        int calls = 0;
        _other.during = [&] { ++calls; };
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, call(_known));
        CPPUNIT_ASSERT_EQUAL(1, calls);
        CPPUNIT_ASSERT_EQUAL(0, _provider.attached);
    }

    void testUncommittedProviderIsNotCalled()
    {
        {
            ServiceChange change(_registry, {"p"});
            CPPUNIT_ASSERT(change.offer({"s/1", "p", &_provider.table, nullptr}));
            std::string reason;
            CPPUNIT_ASSERT(change.rebind(reason));
            CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_UNAVAILABLE}, call(_known));
        }
        CPPUNIT_ASSERT_EQUAL(0, _provider.attached);
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_UNAVAILABLE}, call(_known));
    }

    void testMissingOperationIsUnsupportedAlone()
    {
        const auto missing = _service.operation("missing");
        offer(&_provider);
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_UNSUPPORTED}, call(missing));
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, call(_known));
    }

    void testRefusingProviderRefusesNoChange()
    {
        _provider.refusal = "not the host";
        offer(&_provider);
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_UNAVAILABLE}, call(_known));
        offer(&_other);
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, call(_known));
    }

    void testReleaseWaitsForCallsAndDetaches()
    {
        offer(&_provider);
        bool isReleased = true;
        _provider.during = [&] { isReleased = _service.release(std::chrono::milliseconds(1)); };
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, call(_known));
        CPPUNIT_ASSERT_MESSAGE("a call ran", !isReleased);
        CPPUNIT_ASSERT_EQUAL(1, _provider.attached);
        CPPUNIT_ASSERT(_service.release(std::chrono::milliseconds(1000)));
        CPPUNIT_ASSERT_EQUAL(0, _provider.attached);
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_UNAVAILABLE}, call(_known));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(HostServiceTest);

} // namespace zoco::host::test
