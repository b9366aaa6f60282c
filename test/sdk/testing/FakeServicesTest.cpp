#include "zoco/testing/FakeConsumer.h"
#include "zoco/testing/FakeHost.h"

#include "zoco/Host.h"

#include <cppunit/extensions/HelperMacros.h>

namespace
{

using namespace zoco;
using namespace zoco::testing;

/// A provider with one operation, "echo", that gives its arguments back as a row; refuses the consumer "malo".
struct EchoProvider
{
    zoco_provider table{sizeof(zoco_provider), this, &attach, &detach, &resolve, &call};
    int attached = 0;

    static zoco_status attach(zoco_provider* p, const zoco_consumer* consumer, void**, void (*report)(void*, zoco_str),
                              void* ctx)
    {
        if (view(consumer->plugin_id) == "malo")
        {
            report(ctx, str("not you"));
            return ZOCO_E_FAILED;
        }
        ++static_cast<EchoProvider*>(p->self)->attached;
        return ZOCO_OK;
    }
    static void detach(zoco_provider* p, void*) { --static_cast<EchoProvider*>(p->self)->attached; }
    static zoco_status resolve(zoco_provider*, void*, zoco_str name, const zoco_str*, uint32_t, zoco_operation* out,
                               void (*report)(void*, zoco_str), void* ctx)
    {
        *out = 1;
        if (view(name) == "echo") return ZOCO_OK;
        report(ctx, str("unknown"));
        return ZOCO_E_UNSUPPORTED;
    }
    static zoco_status call(zoco_provider*, void*, const zoco_call* call, zoco_sink* sink)
    {
        if (const auto s = sink->row(sink->self, 0, call->steps[0].args, call->steps[0].arg_count); s < 0) return s;
        sink->done(sink->self, 0, 0);
        return ZOCO_OK;
    }
};

class FakeServicesTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(FakeServicesTest);
    CPPUNIT_TEST(testScriptedRowsAndSeenArguments);
    CPPUNIT_TEST(testUnscriptedOperationCannotBeResolved);
    CPPUNIT_TEST(testGroupRefersToEarlierSteps);
    CPPUNIT_TEST(testGuardFailsTheWholeGroup);
    CPPUNIT_TEST(testScriptedFailureCarriesItsProblem);
    CPPUNIT_TEST(testReaderThatThrowsEndsTheCall);
    CPPUNIT_TEST(testUnlentServiceIsNull);
    CPPUNIT_TEST(testUsingAServiceThatIsNotThereIsAnError);
    CPPUNIT_TEST(testOfferedServiceIsConsumed);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override
    {
        _data.on("producto", FakeResult{{"id", "nombre", "precio"}, {{"p1", "Pan", 120}, {"p2", nullptr, 90}}});
        _data.on("gastar", [](const FakeStep& step) { return FakeResult::changed(step.args.at("n").integer()); });
        _service = _api.services().find("zoco.data/1");
        _producto = _service.operation("producto", {"id"});
        _gastar = _service.operation("gastar", {"id", "n"});
    }

    void testScriptedRowsAndSeenArguments()
    {
        std::string seen;
        const auto result = _service.call({}, _producto, {"x"},
                                          [&](const Row& row)
                                          {
                                              std::string id;
                                              std::optional<std::string> name;
                                              int price = 0;
                                              row.read(id, name, price);
                                              seen += id + name.value_or("-") + std::to_string(price) + " ";
                                          });
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, *result);
        CPPUNIT_ASSERT_EQUAL(std::string("p1Pan120 p2-90 "), seen);
        CPPUNIT_ASSERT(_data.steps().at(0).args.at("id") == FakeValue("x"));
    }

    void testUnscriptedOperationCannotBeResolved()
    {
        CPPUNIT_ASSERT_THROW((void)_service.operation("otra"), ProblemException);
    }

    void testGroupRefersToEarlierSteps()
    {
        Group group(_service);
        const auto first = group.add(_producto, {"x"});
        group.add(_gastar, {Value::ref(first, "nombre"), 3}, 3);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{3}, *group.run({}));
        CPPUNIT_ASSERT_EQUAL(std::string("Pan"), _data.steps().at(1).args.at("id").text());
        CPPUNIT_ASSERT_EQUAL(_data.steps()[0].call, _data.steps()[1].call);
    }

    void testGuardFailsTheWholeGroup()
    {
        int rows = 0;
        Group group(_service);
        group.add(_producto, {"x"});
        group.add(_gastar, {"x", 2}, 1);
        const auto result = group.run({}, [&](std::uint32_t, const Row&) { ++rows; });
        CPPUNIT_ASSERT(!result.ok());
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_GUARD}, result.problem().code);
        CPPUNIT_ASSERT_EQUAL(409, result.problem().status);
        CPPUNIT_ASSERT_EQUAL(0, rows);
    }

    void testScriptedFailureCarriesItsProblem()
    {
        FakeResult failure = FakeResult::failure(ZOCO_E_DUPLICATE);
        failure.problem = Problem{409, "taken", "Taken", "", {}};
        _data.on("gastar", failure);
        const auto result = _service.call({}, _gastar, {"x", 1});
        CPPUNIT_ASSERT_EQUAL(std::string("taken"), result.problem().slug);
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_DUPLICATE}, result.problem().code);
    }

    void testReaderThatThrowsEndsTheCall()
    {
        int rows = 0;
        const auto call = [&]
        {
            (void)_service.call({}, _producto, {"x"},
                                [&](const Row& row)
                                {
                                    ++rows;
                                    (void)row[7];
                                });
        };
        CPPUNIT_ASSERT_THROW(call(), ProblemException);
        CPPUNIT_ASSERT_EQUAL(1, rows);
    }

    void testUnlentServiceIsNull() { CPPUNIT_ASSERT(!_api.services().find("acme.otra/1")); }

    void testUsingAServiceThatIsNotThereIsAnError()
    {
        const zoco::Service none = _api.services().find("acme.otra/1");
        CPPUNIT_ASSERT_THROW(none.operation("suma"), zoco::ProblemException);
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_UNAVAILABLE}, none.call({}, {}, {}).problem().code);
    }

    void testOfferedServiceIsConsumed()
    {
        EchoProvider provider;
        _api.services().provide("acme.echo/1", &provider.table);
        {
            FakeConsumer consumer(_host.services().offered("acme.echo/1"));
            CPPUNIT_ASSERT_EQUAL(1, provider.attached);
            std::int64_t seen = 0;
            const auto echo = consumer.service().operation("echo", {"n"});
            CPPUNIT_ASSERT(consumer.service().call({}, echo, {5}, [&](const Row& row) { row.read(seen); }).ok());
            CPPUNIT_ASSERT_EQUAL(std::int64_t{5}, seen);
            CPPUNIT_ASSERT_THROW((void)consumer.service().operation("otra"), ProblemException);
            CPPUNIT_ASSERT_EQUAL(std::string("unknown"), consumer.reason());
        }
        CPPUNIT_ASSERT_EQUAL(0, provider.attached);
        CPPUNIT_ASSERT_THROW(FakeConsumer(provider.table, "malo"), std::runtime_error);
    }

private:
    FakeHost _host;
    FakeService& _data = _host.services().lend("zoco.data/1");
    Host _api{_host.raw()};
    Service _service;
    Operation _producto;
    Operation _gastar;
};

CPPUNIT_TEST_SUITE_REGISTRATION(FakeServicesTest);

} // namespace
