#include "zoco/Provider.h"

#include "zoco/testing/FakeConsumer.h"
#include "zoco/testing/FakeLog.h"

#include <cppunit/extensions/HelperMacros.h>

#include <stdexcept>

namespace zoco::gestorbbdd::test
{

/// The SDK's face for providers.
class ProviderTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(ProviderTest);
    CPPUNIT_TEST(testNoteIsFreedAtDetach);
    CPPUNIT_TEST(testRefusalsCarryTheirCodeAndReason);
    CPPUNIT_TEST(testCallsAreTold);
    CPPUNIT_TEST(testWhatACallThrowsIsAStatusAndAProblem);
    CPPUNIT_TEST(testShorterStructsAreRead);
    CPPUNIT_TEST_SUITE_END();

    struct Note : ConsumerNote
    {
        explicit Note(int& count) : alive(count) { ++alive; }
        ~Note() override { --alive; }
        int& alive;
    };

    /// Adds two numbers, and throws what it is asked to.
    struct Sumas final : Provider
    {
        explicit Sumas(Log log) : Provider(log) {}
        std::unique_ptr<ConsumerNote> attach(const ServiceConsumer& consumer) override
        {
            if (consumer.id() == "malo") throw ProblemException({500, "x", "no se admite", "", {}, ZOCO_E_UNSUPPORTED});
            files = consumer.resources("file").size();
            return std::make_unique<Note>(alive);
        }
        void detach(ConsumerNote* note) noexcept override { isDetached = note != nullptr; }
        zoco_operation resolve(ConsumerNote*, std::string_view operation,
                               std::span<const std::string_view> params) override
        {
            if (operation == "sumar" && params.size() == 2 && params[1] == "b") return 1;
            if (operation == "lanzar") return 2;
            throw ProblemException({500, "x", "no hay " + std::string(operation), "", {}, ZOCO_E_UNSUPPORTED});
        }
        zoco_status call(ConsumerNote*, const ServiceCall& call, const ServiceSink& sink) override
        {
            deadlineNs = call.deadlineNs();
            requestId = call.requestId();
            const auto& step = call.steps().front();
            if (step.operation == 2) throw std::runtime_error("interno");
            if (step.args[0].as.i < 0) throw ProblemException({409, "negativo", "Negativo", "", {}, ZOCO_E_GUARD});
            if (const auto status = sink.columns(0, {"suma"}); status < 0) return status;
            if (const auto status = sink.row(0, {step.args[0].as.i + step.args[1].as.i}); status < 0) return status;
            sink.done(0, 7);
            return ZOCO_OK;
        }

        int alive = 0;
        std::size_t files = 0;
        bool isDetached = false;
        std::int64_t deadlineNs = -1;
        std::string requestId;
    };

    testing::FakeLog _log;

    Log log() { return Log(_log.raw()); }

    void testNoteIsFreedAtDetach()
    {
        Sumas provider(log());
        const zoco_resource resources[] = {
            {"file", "a", {"1", 1}}, {"other", "b", {"2", 1}}, {"file", "c", {"3", 1}}, {nullptr, nullptr, {}}};
        {
            const testing::FakeConsumer consumer(*provider.raw(), "bueno", resources);
            CPPUNIT_ASSERT_EQUAL(1, provider.alive);
            CPPUNIT_ASSERT_EQUAL(std::size_t{2}, provider.files);
            CPPUNIT_ASSERT(!provider.isDetached);
        }
        CPPUNIT_ASSERT_EQUAL(0, provider.alive);
        CPPUNIT_ASSERT(provider.isDetached);
    }

    void testRefusalsCarryTheirCodeAndReason()
    {
        Sumas provider(log());
        try
        {
            const testing::FakeConsumer refused(*provider.raw(), "malo");
            CPPUNIT_FAIL("attached");
        }
        catch (const std::runtime_error& e)
        {
            CPPUNIT_ASSERT_EQUAL(std::string("no se admite"), std::string(e.what()));
        }
        testing::FakeConsumer consumer(*provider.raw(), "bueno");
        try
        {
            (void)consumer.service().operation("restar", {"a", "b"});
            CPPUNIT_FAIL("resolved");
        }
        catch (const ProblemException& e)
        {
            CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_UNSUPPORTED}, e.problem().code);
        }
        CPPUNIT_ASSERT_EQUAL(std::string("no hay restar"), consumer.reason());
    }

    void testCallsAreTold()
    {
        Sumas provider(log());
        testing::FakeConsumer consumer(*provider.raw(), "bueno");
        auto service = consumer.service();
        CallContext context;
        context.deadlineNs = 99;
        context.requestId = "r1";
        std::int64_t sum = 0;
        const auto result = service.call(context, service.operation("sumar", {"a", "b"}), {2, 3},
                                         [&](const Row& row) { row.read(sum); });
        CPPUNIT_ASSERT_EQUAL(std::int64_t{7}, result.value());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{5}, sum);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{99}, provider.deadlineNs);
        CPPUNIT_ASSERT_EQUAL(std::string("r1"), provider.requestId);
    }

    void testWhatACallThrowsIsAStatusAndAProblem()
    {
        Sumas provider(log());
        testing::FakeConsumer consumer(*provider.raw(), "bueno");
        auto service = consumer.service();
        const auto refused = service.call({}, service.operation("sumar", {"a", "b"}), {-1, 1});
        CPPUNIT_ASSERT_EQUAL(std::string("negativo"), refused.problem().slug);
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_GUARD}, refused.problem().code);
        CPPUNIT_ASSERT(_log.records().empty());
        const auto thrown = service.call({}, service.operation("lanzar"), {});
        CPPUNIT_ASSERT_EQUAL(500, thrown.problem().status);
        CPPUNIT_ASSERT(thrown.problem().title.find("interno") == std::string::npos);
        CPPUNIT_ASSERT(_log.has("service call threw"));
    }

    void testShorterStructsAreRead()
    {
        Sumas provider(log());
        const Value args[] = {2, 3};
        const zoco_step step{1, args, 2, -1};
        zoco_call call{offsetof(zoco_call, deadline_ns), 1, &step, 12345, str("x"), str("y")};
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, provider.raw()->call(provider.raw(), nullptr, &call, nullptr));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, provider.deadlineNs);
        CPPUNIT_ASSERT_EQUAL(std::string(), provider.requestId);
        int rows = 0;
        zoco_sink sink{};
        sink.struct_size = offsetof(zoco_sink, done); // done and problem are behind what this caller knows
        sink.self = &rows;
        sink.row = [](void* self, std::uint32_t, const zoco_value*, std::uint32_t) -> zoco_status
        { return ++*static_cast<int*>(self), ZOCO_OK; };
        sink.done = [](void* self, std::uint32_t, std::int64_t) { *static_cast<int*>(self) = -100; };
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, provider.raw()->call(provider.raw(), nullptr, &call, &sink));
        CPPUNIT_ASSERT_EQUAL(1, rows);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ProviderTest);

} // namespace zoco::gestorbbdd::test
