#include "zoco/testing/FakeStoredReplies.h"

#include "zoco/StoredReplies.h"
#include "zoco/testing/FakeHost.h"

#include "zoco/Host.h"

#include <cppunit/extensions/HelperMacros.h>

#include <stdexcept>

namespace
{

using namespace zoco;
using namespace zoco::testing;

/// Storing answers, as a plugin's test sees it.
class FakeStoredRepliesTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(FakeStoredRepliesTest);
    CPPUNIT_TEST(testReplyOfAKeyedRequestIsStored);
    CPPUNIT_TEST(testRequestWithoutAKeyStoresNothing);
    CPPUNIT_TEST(testTakenKeyFailsTheGroup);
    CPPUNIT_TEST(testProblemIsNotStored);
    CPPUNIT_TEST(testRequestOfAnOlderHostHasNoKey);
    CPPUNIT_TEST_SUITE_END();

    FakeHost _fake;
    Host _host{_fake.raw()};
    FakeStoredReplies _stored{_fake.services().lend("zoco.data/1"), _fake.crypto()};
    StoredReplies _replies;
    Service _data;
    Result<std::int64_t> _outcome = std::int64_t{-1};

public:
    void setUp() override
    {
        _data = _host.services().find("zoco.data/1");
        _replies = StoredReplies(_data, _host.crypto());
        _host.http().route("POST", "/Cosas", {.auth = Auth::Public, .idempotency = Idempotency::Accepted},
                           [this](const Request& request)
                           {
                               auto reply = Reply::json(std::string(request.body()), 201)
                                                .header("location", "/Cosas/1")
                                                .header("Set-Cookie", "c=1");
                               Group group(_data);
                               _replies.add(group, request, reply);
                               _outcome = group.empty() ? Result<std::int64_t>(std::int64_t{0}) : group.run(request);
                               return reply;
                           });
    }

    void testReplyOfAKeyedRequestIsStored()
    {
        _fake.http().send({.method = "POST", .path = "/Cosas", .body = "{}", .idempotencyKey = "k"});
        const auto& reply = _stored.byKey().at("k");
        CPPUNIT_ASSERT_EQUAL(std::int64_t{201}, reply.status);
        CPPUNIT_ASSERT_EQUAL(std::string("Content-Type: application/json\nlocation: /Cosas/1\n"), reply.headers);
        CPPUNIT_ASSERT_EQUAL(std::string("{}"), reply.body);
    }

    void testRequestWithoutAKeyStoresNothing()
    {
        _fake.http().send({.method = "POST", .path = "/Cosas", .body = "{}"});
        CPPUNIT_ASSERT(_stored.byKey().empty());
        CPPUNIT_ASSERT(_outcome.ok());
    }

    void testTakenKeyFailsTheGroup()
    {
        for (int i = 0; i < 2; ++i)
            _fake.http().send({.method = "POST", .path = "/Cosas", .body = "{}", .idempotencyKey = "k"});
        CPPUNIT_ASSERT(!_outcome.ok());
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_DUPLICATE}, _outcome.problem().code);
    }

    void testProblemIsNotStored()
    {
        const zoco_idempotency known{sizeof known, str("k"), str("POST /"), {}, {"f", 1}};
        zoco_request raw{};
        raw.struct_size = sizeof raw;
        raw.idempotency = &known;
        Group group(_data);
        CPPUNIT_ASSERT_THROW(_replies.add(group, Request(raw), Problem{422, "no", "No", "", {}, ZOCO_E_FAILED}),
                             std::logic_error);
        CPPUNIT_ASSERT(group.empty());
    }

    void testRequestOfAnOlderHostHasNoKey()
    {
        const zoco_idempotency known{};
        zoco_request raw{};
        raw.idempotency = &known;
        raw.struct_size = offsetof(zoco_request, idempotency);
        CPPUNIT_ASSERT(Request(raw).idempotency() == nullptr);
        raw.struct_size = sizeof raw;
        CPPUNIT_ASSERT(Request(raw).idempotency() == &known);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(FakeStoredRepliesTest);

} // namespace
