#include "services/ServiceRegistry.h"
#include "zoco/Problem.h"

#include <cppunit/extensions/HelperMacros.h>

#include <atomic>
#include <thread>
#include <vector>

namespace zoco::host::test
{

namespace
{

/// A provider that notes what is asked of it.
struct FakeProvider
{
    zoco_provider table{sizeof(zoco_provider), this, &attach, &detach, &resolve, &call};
    std::string refusal; ///< not empty: no consumer is taken
    int attached = 0;
    std::string consumer;
    std::atomic<int> running{0};
    std::atomic<bool> isOverlapping{false};

    static FakeProvider& self(zoco_provider* p) { return *static_cast<FakeProvider*>(p->self); }
    static zoco_status attach(zoco_provider* p, const zoco_consumer* c, void** state, void (*report)(void*, zoco_str),
                              void* ctx)
    {
        auto& me = self(p);
        if (!me.refusal.empty())
        {
            report(ctx, str(me.refusal));
            return ZOCO_E_INVALID;
        }
        ++me.attached;
        me.consumer = std::string(view(c->plugin_id)) + " " + std::string(view(c->plugin_version));
        *state = &me.attached;
        return ZOCO_OK;
    }
    static void detach(zoco_provider* p, void* state)
    {
        CPPUNIT_ASSERT(state == &self(p).attached);
        --self(p).attached;
    }
    static zoco_status resolve(zoco_provider* p, void* state, zoco_str operation, const zoco_str*, uint32_t count,
                               zoco_operation* out, void (*report)(void*, zoco_str), void* ctx)
    {
        CPPUNIT_ASSERT(state == &self(p).attached);
        if (view(operation) == "silent") return ZOCO_E_UNSUPPORTED;
        if (view(operation) != "known")
        {
            report(ctx, str("no such operation"));
            return ZOCO_E_UNSUPPORTED;
        }
        *out = 40 + count;
        return ZOCO_OK;
    }
    static zoco_status call(zoco_provider* p, void*, const zoco_call* c, zoco_sink*)
    {
        auto& me = self(p);
        if (++me.running > 1) me.isOverlapping = true;
        for (int i = 0; i < 50; ++i) std::this_thread::yield();
        --me.running;
        return static_cast<zoco_status>(c->step_count);
    }
};

} // namespace

class ServiceRegistryTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(ServiceRegistryTest);
    CPPUNIT_TEST(testAttachAndCall);
    CPPUNIT_TEST(testSecondProviderIsRefused);
    CPPUNIT_TEST(testMissingAndRefusingProviders);
    CPPUNIT_TEST(testFailingResolveIsReported);
    CPPUNIT_TEST(testWithdraw);
    CPPUNIT_TEST(testProviderWithoutAttach);
    CPPUNIT_TEST(testSerialProviderIsCalledByOneAtATime);
    CPPUNIT_TEST_SUITE_END();

    ServiceRegistry _registry;
    FakeProvider _provider;
    std::string _reason;

    static ConsumerInfo consumer(std::string* told = nullptr)
    {
        ConsumerInfo out;
        out.pluginId = "fake";
        out.pluginVersion = "1.2.3";
        if (told != nullptr) out.report = [told](std::string_view why) { *told = why; };
        return out;
    }

public:
    void testAttachAndCall()
    {
        CPPUNIT_ASSERT(_registry.provide("s/1", "p", false, &_provider.table));
        CPPUNIT_ASSERT_EQUAL(std::string("p"), _registry.providerOf("s/1"));
        {
            const auto handle = _registry.attach("s/1", consumer(), _reason);
            CPPUNIT_ASSERT(handle != nullptr);
            CPPUNIT_ASSERT_EQUAL(std::string("fake 1.2.3"), _provider.consumer);
            auto* table = handle->table();
            zoco_operation operation = 0;
            const zoco_str params[2] = {str("a"), str("b")};
            CPPUNIT_ASSERT_EQUAL(ZOCO_OK + 0, table->resolve(table, str("known"), params, 2, &operation));
            CPPUNIT_ASSERT_EQUAL(zoco_operation(42), operation);
            const zoco_call call{sizeof call, 7, nullptr, 0, {}, {}};
            CPPUNIT_ASSERT_EQUAL(7, table->call(table, &call, nullptr));
        }
        CPPUNIT_ASSERT_EQUAL(0, _provider.attached);
    }

    void testSecondProviderIsRefused()
    {
        CPPUNIT_ASSERT(_registry.provide("s/1", "p", false, &_provider.table));
        CPPUNIT_ASSERT(!_registry.provide("s/1", "q", false, &_provider.table));
        CPPUNIT_ASSERT(_registry.provide("s/2", "q", false, &_provider.table));
        CPPUNIT_ASSERT_EQUAL(std::string("p"), _registry.providerOf("s/1"));
    }

    void testMissingAndRefusingProviders()
    {
        CPPUNIT_ASSERT(_registry.attach("s/1", consumer(), _reason) == nullptr);
        CPPUNIT_ASSERT(_reason.find("s/1") != std::string::npos);
        _provider.refusal = "bad SQL";
        CPPUNIT_ASSERT(_registry.provide("s/1", "p", false, &_provider.table));
        CPPUNIT_ASSERT(_registry.attach("s/1", consumer(), _reason) == nullptr);
        CPPUNIT_ASSERT_EQUAL(std::string("bad SQL"), _reason);
        CPPUNIT_ASSERT_EQUAL(0, _provider.attached); // a refused consumer is never detached
    }

    void testFailingResolveIsReported()
    {
        CPPUNIT_ASSERT(_registry.provide("s/1", "p", false, &_provider.table));
        std::string told;
        const auto handle = _registry.attach("s/1", consumer(&told), _reason);
        zoco_operation operation = 0;
        auto* table = handle->table();
        CPPUNIT_ASSERT_EQUAL(ZOCO_E_UNSUPPORTED + 0, table->resolve(table, str("unknown"), nullptr, 0, &operation));
        CPPUNIT_ASSERT_EQUAL(std::string("no such operation"), told);
        CPPUNIT_ASSERT_EQUAL(ZOCO_E_UNSUPPORTED + 0, table->resolve(table, str("silent"), nullptr, 0, &operation));
        CPPUNIT_ASSERT(told.find("silent") != std::string::npos);
    }

    void testWithdraw()
    {
        CPPUNIT_ASSERT(_registry.provide("s/1", "p", false, &_provider.table) &&
                       _registry.provide("s/2", "q", false, &_provider.table));
        _registry.withdraw("p");
        CPPUNIT_ASSERT_EQUAL(std::string(), _registry.providerOf("s/1"));
        CPPUNIT_ASSERT_EQUAL(std::string("q"), _registry.providerOf("s/2"));
        CPPUNIT_ASSERT(_registry.provide("s/1", "r", false, &_provider.table));
    }

    void testProviderWithoutAttach()
    {
        _provider.table.attach = nullptr;
        _provider.table.detach = nullptr;
        CPPUNIT_ASSERT(_registry.provide("s/1", "p", false, &_provider.table));
        CPPUNIT_ASSERT(_registry.attach("s/1", consumer(), _reason) != nullptr);
    }

    void testSerialProviderIsCalledByOneAtATime()
    {
        CPPUNIT_ASSERT(_registry.provide("s/1", "p", true, &_provider.table));
        const auto one = _registry.attach("s/1", consumer(), _reason);
        const auto two = _registry.attach("s/1", consumer(), _reason);
        std::vector<std::thread> threads;
        for (auto* table : {one->table(), two->table(), one->table()})
            threads.emplace_back(
                [table]
                {
                    const zoco_call call{sizeof call, 0, nullptr, 0, {}, {}};
                    for (int i = 0; i < 100; ++i) (void)table->call(table, &call, nullptr);
                });
        for (auto& thread : threads) thread.join();
        CPPUNIT_ASSERT(!_provider.isOverlapping);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ServiceRegistryTest);

} // namespace zoco::host::test
