#include "services/ServiceChange.h"
#include "FakeProvider.h"

#include <cppunit/extensions/HelperMacros.h>

#include <atomic>
#include <thread>
#include <vector>

namespace zoco::host::test
{

namespace
{

/// The life of a provider that hangs from one of its steps on.
class FakeSteps final : public ProviderSteps
{
public:
    explicit FakeSteps(ProviderStep hangsIn) : _hangsIn(hangsIn) {}

    bool lead(ProviderStep step, std::function<void()> body, std::string& reason) override
    {
        led.emplace_back(name(step));
        if (step == _hangsIn) _hangs = true;
        if (_hangs)
            reason = "it hangs";
        else
            body();
        return !_hangs;
    }
    bool hangs() const noexcept override { return _hangs; }
    void keep(std::shared_ptr<const void> borrowed) override { kept.push_back(std::move(borrowed)); }

    std::vector<std::string> led;
    std::vector<std::shared_ptr<const void>> kept;

private:
    const ProviderStep _hangsIn;
    bool _hangs = false;
};

} // namespace

class ServiceChangeTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(ServiceChangeTest);
    CPPUNIT_TEST(testAttachAndCall);
    CPPUNIT_TEST(testOperationsThatWereNotResolvedAreRefused);
    CPPUNIT_TEST(testLongGroupKeepsItsOperations);
    CPPUNIT_TEST(testSecondProviderIsRefused);
    CPPUNIT_TEST(testMissingAndRefusingProviders);
    CPPUNIT_TEST(testFailingResolveIsReported);
    CPPUNIT_TEST(testProviderWithoutAttach);
    CPPUNIT_TEST(testSerialProviderIsCalledByOneAtATime);
    CPPUNIT_TEST(testUncommittedChangeLeavesNoTrace);
    CPPUNIT_TEST(testProviderIsReplacedUnderItsConsumer);
    CPPUNIT_TEST(testRunningCallStaysWithItsProvider);
    CPPUNIT_TEST(testProviderThatLacksAnOperationIsNotTaken);
    CPPUNIT_TEST(testProviderThatHangsIsAskedNothingMore);
    CPPUNIT_TEST(testProviderThatHangsInItsDetachIsLeft);
    CPPUNIT_TEST(testProviderThatHangsIsForNobody);
    CPPUNIT_TEST(testSerialProviderIsLeftOnceItIsNotBusy);
    CPPUNIT_TEST(testConsumerSaysWhatItWaitsFor);
    CPPUNIT_TEST(testConsumerOfWhatIsGoneIsTold);
    CPPUNIT_TEST(testChangingConsumerKeepsItsProvider);
    CPPUNIT_TEST(testNoCallFailsWhileProvidersChange);
    CPPUNIT_TEST_SUITE_END();

    ServiceRegistry _registry;
    FakeProvider _provider;
    FakeProvider _other;
    std::string _reason;

    static ConsumerInfo consumer(std::string* told = nullptr)
    {
        ConsumerInfo out;
        out.pluginId = "fake";
        out.pluginVersion = "1.2.3";
        if (told != nullptr) out.report = [told](std::string_view why) { *told = why; };
        return out;
    }
    ServiceOffer offer(FakeProvider& provider, const char* plugin = "p", const char* id = "s/1")
    {
        return {id, plugin, &provider.table, nullptr};
    }
    /// A committed handle to _provider's s/1.
    std::shared_ptr<ServiceHandle> attached(std::string* told = nullptr)
    {
        ServiceChange change(_registry, {"p"});
        CPPUNIT_ASSERT(change.offer(offer(_provider)));
        auto out = change.attach("s/1", consumer(told), _reason);
        CPPUNIT_ASSERT(out != nullptr);
        change.commit();
        return out;
    }
    static zoco_operation resolve(ServiceHandle& handle, const char* name = "known", uint32_t params = 0)
    {
        zoco_operation out = 0;
        const zoco_str names[2] = {str("a"), str("b")};
        CPPUNIT_ASSERT_EQUAL(ZOCO_OK + 0, handle.table()->resolve(handle.table(), str(name), names, params, &out));
        return out;
    }
    static zoco_status call(ServiceHandle& handle, zoco_operation operation, uint32_t count = 1)
    {
        const std::vector<zoco_step> steps(count, zoco_step{operation, nullptr, 0, -1});
        const zoco_call raw{sizeof raw, count, steps.data(), 0, {}, {}};
        return handle.table()->call(handle.table(), &raw, nullptr);
    }

public:
    void testAttachAndCall()
    {
        {
            const auto handle = attached();
            CPPUNIT_ASSERT_EQUAL(std::string("p"), _registry.providerOf("s/1"));
            CPPUNIT_ASSERT_EQUAL(std::string("fake 1.2.3"), _provider.consumer);
            CPPUNIT_ASSERT_EQUAL(42, call(*handle, resolve(*handle, "known", 2)));
        }
        CPPUNIT_ASSERT_EQUAL(0, _provider.attached);
    }

    void testOperationsThatWereNotResolvedAreRefused()
    {
        const auto handle = attached();
        const auto known = resolve(*handle);
        for (const auto wrong : {zoco_operation{0}, known + 1, ~zoco_operation{0}})
            CPPUNIT_ASSERT_EQUAL(ZOCO_E_INVALID + 0, call(*handle, wrong));
        CPPUNIT_ASSERT_EQUAL(ZOCO_E_INVALID + 0, call(*handle, known, 0));
    }

    void testLongGroupKeepsItsOperations()
    {
        const auto handle = attached();
        CPPUNIT_ASSERT_EQUAL(40, call(*handle, resolve(*handle), 40));
    }

    void testSecondProviderIsRefused()
    {
        ServiceChange change(_registry, {});
        CPPUNIT_ASSERT(change.offer(offer(_provider)));
        CPPUNIT_ASSERT(!change.offer(offer(_provider, "q")));
        CPPUNIT_ASSERT(change.offer(offer(_provider, "q", "s/2")));
        change.commit();
        CPPUNIT_ASSERT_EQUAL(std::string("p"), _registry.providerOf("s/1"));
        CPPUNIT_ASSERT_EQUAL(std::string("q"), _registry.providerOf("s/2"));
    }

    void testMissingAndRefusingProviders()
    {
        ServiceChange change(_registry, {});
        CPPUNIT_ASSERT(change.attach("s/1", consumer(), _reason) == nullptr);
        CPPUNIT_ASSERT(_reason.find("s/1") != std::string::npos);
        _provider.refusal = "bad SQL";
        CPPUNIT_ASSERT(change.offer(offer(_provider)));
        CPPUNIT_ASSERT(change.attach("s/1", consumer(), _reason) == nullptr);
        CPPUNIT_ASSERT_EQUAL(std::string("bad SQL"), _reason);
        CPPUNIT_ASSERT_EQUAL(0, _provider.attached); // a refused consumer is never detached
    }

    void testFailingResolveIsReported()
    {
        std::string told;
        const auto handle = attached(&told);
        zoco_operation operation = 0;
        auto* table = handle->table();
        CPPUNIT_ASSERT_EQUAL(ZOCO_E_UNSUPPORTED + 0, table->resolve(table, str("unknown"), nullptr, 0, &operation));
        CPPUNIT_ASSERT_EQUAL(std::string("no such operation"), told);
        CPPUNIT_ASSERT_EQUAL(ZOCO_E_UNSUPPORTED + 0, table->resolve(table, str("silent"), nullptr, 0, &operation));
        CPPUNIT_ASSERT(told.find("silent") != std::string::npos);
    }

    void testProviderWithoutAttach()
    {
        _provider.table.attach = nullptr;
        _provider.table.detach = nullptr;
        CPPUNIT_ASSERT(attached() != nullptr);
    }

    void testSerialProviderIsCalledByOneAtATime()
    {
        ServiceChange change(_registry, {});
        auto serial = offer(_provider);
        serial.turn = std::make_shared<std::mutex>();
        CPPUNIT_ASSERT(change.offer(serial));
        const auto one = change.attach("s/1", consumer(), _reason);
        const auto two = change.attach("s/1", consumer(), _reason);
        const auto operation = resolve(*one);
        CPPUNIT_ASSERT_EQUAL(operation, resolve(*two));
        std::vector<std::thread> threads;
        for (auto* handle : {one.get(), two.get(), one.get()})
            threads.emplace_back(
                [handle, operation]
                {
                    for (int i = 0; i < 100; ++i) (void)call(*handle, operation);
                });
        for (auto& thread : threads) thread.join();
        CPPUNIT_ASSERT(!_provider.isOverlapping);
    }

    void testUncommittedChangeLeavesNoTrace()
    {
        const auto handle = attached();
        const auto operation = resolve(*handle);
        {
            ServiceChange change(_registry, {"p"});
            CPPUNIT_ASSERT(change.offer(offer(_other, "q")));
            CPPUNIT_ASSERT(change.rebind(_reason));
            CPPUNIT_ASSERT_EQUAL(1, _other.attached);
        }
        CPPUNIT_ASSERT_EQUAL(0, _other.attached);
        CPPUNIT_ASSERT_EQUAL(40, call(*handle, operation));
        CPPUNIT_ASSERT_EQUAL(std::string("p"), _registry.providerOf("s/1"));
    }

    void testProviderIsReplacedUnderItsConsumer()
    {
        const auto handle = attached();
        const auto operation = resolve(*handle);
        _other.number = 70;
        ServiceChange change(_registry, {"p"});
        CPPUNIT_ASSERT(change.offer(offer(_other)));
        CPPUNIT_ASSERT(change.rebind(_reason));
        CPPUNIT_ASSERT_EQUAL(40, call(*handle, operation));
        change.commit();
        CPPUNIT_ASSERT_EQUAL(70, call(*handle, operation));
        CPPUNIT_ASSERT(change.letGo());
        CPPUNIT_ASSERT_EQUAL(0, _provider.attached);
    }

    void testRunningCallStaysWithItsProvider()
    {
        const auto handle = attached();
        const auto operation = resolve(*handle);
        _other.number = 70;
        ServiceChange change(_registry, {"p"});
        CPPUNIT_ASSERT(change.offer(offer(_other)));
        CPPUNIT_ASSERT(change.rebind(_reason));
        bool wasLetGo = true;
        _provider.during = [&]
        {
            change.commit();
            wasLetGo = change.letGo();
        };
        CPPUNIT_ASSERT_EQUAL(40, call(*handle, operation));
        CPPUNIT_ASSERT(!wasLetGo);
        CPPUNIT_ASSERT_EQUAL(1, _provider.attached);
        CPPUNIT_ASSERT(change.letGo());
        CPPUNIT_ASSERT_EQUAL(0, _provider.attached);
    }

    void testProviderThatLacksAnOperationIsNotTaken()
    {
        const auto handle = attached();
        const auto operation = resolve(*handle);
        _other.operation = "another";
        ServiceChange change(_registry, {"p"});
        CPPUNIT_ASSERT(change.offer(offer(_other)));
        CPPUNIT_ASSERT(!change.rebind(_reason));
        CPPUNIT_ASSERT(_reason.find("fake") != std::string::npos && _reason.find("s/1") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(40, call(*handle, operation));
        CPPUNIT_ASSERT_EQUAL(0, _other.attached);
    }

    void testProviderThatHangsIsAskedNothingMore()
    {
        const auto handle = attached();
        const auto operation = resolve(*handle);
        for (const auto step : {ProviderStep::Attach, ProviderStep::Resolve})
        {
            FakeSteps steps(step);
            {
                ServiceChange change(_registry, {"p"});
                auto led = offer(_other);
                led.steps = &steps;
                CPPUNIT_ASSERT(change.offer(led));
                CPPUNIT_ASSERT(!change.rebind(_reason));
                CPPUNIT_ASSERT_EQUAL(std::string("the plugin fake cannot use the new s/1: it hangs"), _reason);
                CPPUNIT_ASSERT(change.attach("s/1", consumer(), _reason) == nullptr);
                CPPUNIT_ASSERT_EQUAL(std::string("the plugin p hangs"), _reason);
            }
            CPPUNIT_ASSERT_EQUAL(std::string(name(step)),
                                 step == ProviderStep::Attach ? steps.led.back() : steps.led.at(1));
            CPPUNIT_ASSERT(!steps.kept.empty()); // it may still look at the consumer
            CPPUNIT_ASSERT_EQUAL(40, call(*handle, operation));
        }
    }

    void testProviderThatHangsInItsDetachIsLeft()
    {
        FakeSteps steps(ProviderStep::Detach);
        auto led = offer(_provider);
        led.steps = &steps;
        std::shared_ptr<ServiceHandle> handle;
        {
            ServiceChange change(_registry, {"p"});
            CPPUNIT_ASSERT(change.offer(led));
            handle = change.attach("s/1", consumer(), _reason);
            change.commit();
        }
        const auto operation = resolve(*handle);
        CPPUNIT_ASSERT(steps.led.empty()); // the consumer's own thread did it
        ServiceChange change(_registry, {"p"});
        _other.number = 50;
        CPPUNIT_ASSERT(change.offer(offer(_other)));
        CPPUNIT_ASSERT(change.rebind(_reason));
        change.commit();
        CPPUNIT_ASSERT(change.letGo());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, steps.led.size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, steps.kept.size());
        CPPUNIT_ASSERT_EQUAL(50, call(*handle, operation));
    }

    void testProviderThatHangsIsForNobody()
    {
        auto who = consumer();
        who.mayLack = true; // as the host is, which goes without what is refused
        const auto handle = std::make_shared<ServiceHandle>("s/1", who);
        CPPUNIT_ASSERT(handle->prepare(ServiceOffer{}, Attachment::On::Caller, _reason));
        handle->commit();
        _registry.add(handle);
        FakeSteps steps(ProviderStep::Attach);
        auto led = offer(_provider);
        led.steps = &steps;
        ServiceChange change(_registry, {"p"});
        CPPUNIT_ASSERT(change.offer(led));
        CPPUNIT_ASSERT(!change.rebind(_reason));
    }

    void testSerialProviderIsLeftOnceItIsNotBusy()
    {
        auto serial = offer(_provider);
        serial.turn = std::make_shared<std::mutex>();
        std::shared_ptr<ServiceHandle> handle;
        {
            ServiceChange change(_registry, {"p"});
            CPPUNIT_ASSERT(change.offer(serial));
            handle = change.attach("s/1", consumer(), _reason);
            change.commit();
        }
        ServiceChange change(_registry, {"p"});
        CPPUNIT_ASSERT(change.offer(offer(_other)));
        CPPUNIT_ASSERT(change.rebind(_reason));
        change.commit();
        bool isLetGo = false;
        {
            const std::lock_guard busy(*serial.turn); // a task of it
            std::thread([&] { isLetGo = change.letGo(); }).join();
        }
        CPPUNIT_ASSERT(!isLetGo);
        CPPUNIT_ASSERT_EQUAL(1, _provider.attached);
        CPPUNIT_ASSERT(change.letGo());
        CPPUNIT_ASSERT_EQUAL(0, _provider.attached);
    }

    void testConsumerSaysWhatItWaitsFor()
    {
        std::vector<std::string> waits;
        {
            ServiceChange change(_registry, {});
            CPPUNIT_ASSERT(change.offer(offer(_provider)));
            auto who = consumer();
            who.waitsFor = [&](std::string_view what) { waits.emplace_back(what); };
            const auto handle = change.attach("s/1", who, _reason);
            (void)resolve(*handle);
        }
        const std::vector<std::string> expected{"attach by the plugin p", "", "resolve by the plugin p", "",
                                                "detach by the plugin p", ""};
        CPPUNIT_ASSERT(expected == waits);
    }

    void testConsumerOfWhatIsGoneIsTold()
    {
        const auto handle = attached();
        const auto operation = resolve(*handle);
        ServiceChange change(_registry, {"p"});
        CPPUNIT_ASSERT(change.rebind(_reason));
        change.commit();
        CPPUNIT_ASSERT_EQUAL(ZOCO_E_UNAVAILABLE + 0, call(*handle, operation));
        CPPUNIT_ASSERT_EQUAL(std::string(), _registry.providerOf("s/1"));
    }

    void testChangingConsumerKeepsItsProvider()
    {
        const auto handle = attached();
        const auto operation = resolve(*handle);
        ServiceChange change(_registry, {"p", "fake"});
        CPPUNIT_ASSERT(change.offer(offer(_other)));
        CPPUNIT_ASSERT(change.rebind(_reason));
        change.commit();
        CPPUNIT_ASSERT_EQUAL(40, call(*handle, operation));
        CPPUNIT_ASSERT_EQUAL(1, _provider.attached);
    }

    void testNoCallFailsWhileProvidersChange()
    {
        const auto handle = attached();
        const auto operation = resolve(*handle);
        std::atomic<bool> isOver{false};
        std::atomic<int> wrong{0};
        std::vector<std::thread> threads;
        for (int i = 0; i < 3; ++i)
            threads.emplace_back(
                [&]
                {
                    while (!isOver)
                        if (const auto got = call(*handle, operation); got != 40) ++wrong;
                });
        for (int i = 0; i < 200; ++i)
        {
            ServiceChange change(_registry, {"p"});
            CPPUNIT_ASSERT(change.offer(offer(i % 2 == 0 ? _other : _provider)));
            CPPUNIT_ASSERT(change.rebind(_reason));
            change.commit();
            while (!change.letGo()) std::this_thread::yield();
            CPPUNIT_ASSERT_EQUAL(1, _provider.attached + _other.attached);
        }
        isOver = true;
        for (auto& thread : threads) thread.join();
        CPPUNIT_ASSERT_EQUAL(0, wrong.load());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ServiceChangeTest);

} // namespace zoco::host::test
