#include "placement/process/PendingRequests.h"

#include <cppunit/extensions/HelperMacros.h>

namespace zoco::host::test
{

namespace
{

class FakeInvocation final : public Invocation
{
public:
    const Route& route() const noexcept override { return _route; }
    const zoco_request& request() const noexcept override { return _request; }
    zoco_responder* responder() noexcept override { return nullptr; }
    void end(zoco_status) noexcept override {}
    void refuse() noexcept override {}

private:
    Route _route;
    zoco_request _request{};
};

} // namespace

class PendingRequestsTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(PendingRequestsTest);
    CPPUNIT_TEST(testWhatWasSentIsLostWithTheProcess);
    CPPUNIT_TEST(testWhatWasNotSentStaysItsSenders);
    CPPUNIT_TEST(testWhatIsSentToAProcessThatIsGoneIsTheSendersToEnd);
    CPPUNIT_TEST(testAnsweredBeforeItWasNotedIsNobodys);
    CPPUNIT_TEST_SUITE_END();

    PendingRequests _pending{4};
    FakeInvocation _invocation;

    std::uint64_t placed()
    {
        const auto id = _pending.reserve();
        CPPUNIT_ASSERT(_pending.place(id, _invocation));
        return id;
    }

public:
    void testWhatWasSentIsLostWithTheProcess()
    {
        const auto id = placed();
        CPPUNIT_ASSERT(_pending.noteSent(id) == nullptr);
        const auto lost = _pending.close();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, lost.size());
        CPPUNIT_ASSERT(lost.front() == &_invocation);
        CPPUNIT_ASSERT(_pending.take(id) == nullptr);
    }

    void testWhatWasNotSentStaysItsSenders()
    {
        const auto id = placed();
        CPPUNIT_ASSERT(_pending.close().empty());
        CPPUNIT_ASSERT(_pending.take(id) == &_invocation);
    }

    void testWhatIsSentToAProcessThatIsGoneIsTheSendersToEnd()
    {
        const auto id = placed();
        CPPUNIT_ASSERT(_pending.close().empty());
        CPPUNIT_ASSERT(_pending.noteSent(id) == &_invocation);
        CPPUNIT_ASSERT(_pending.noteSent(id) == nullptr);
    }

    void testAnsweredBeforeItWasNotedIsNobodys()
    {
        const auto id = placed();
        CPPUNIT_ASSERT(_pending.take(id) == &_invocation);
        CPPUNIT_ASSERT(_pending.noteSent(id) == nullptr);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PendingRequestsTest);

} // namespace zoco::host::test
