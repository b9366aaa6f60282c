#pragma once

#include "FakeExchange.h"
#include "core/WorkerPool.h"
#include "pipeline/Pipeline.h"
#include "support/TempFolder.h"

#include <deque>
#include <functional>
#include <memory>
#include <string>

namespace zoco::host::test
{

/// What a test's handler does.
using TestHandler = std::function<zoco_status(const zoco_request& request, zoco_responder* responder)>;

/// A plugin without a library: runs its handlers on a small pool, or in the caller's thread.
class FakePlugin final : public RouteTarget
{
public:
    explicit FakePlugin(WorkerPoolSettings pool = {"test", 4, 256}) : _pool(std::move(pool)) {}

    Route route(std::string_view method, std::string_view pattern, TestHandler handler);
    void dispatch(Invocation& invocation) noexcept override;
    WorkerPool& pool() { return _pool; }

    bool isInline = false;

private:
    static void run(void* invocation);
    static zoco_status handle(void* handler, const zoco_request* request, zoco_responder* responder);

    std::deque<TestHandler> _handlers;
    WorkerPool _pool;
};

/// Answers with text.
zoco_status sendText(zoco_responder* responder, std::string_view text, int status = 200);

/// A pipeline with what it needs. `routes` first, then requests.
class PipelineHarness
{
public:
    /// `idempotency`: of requests with a key; null: none are taken. `authentication` null: nobody can log in.
    explicit PipelineHarness(PipelineSettings settings = {}, Idempotency* idempotency = nullptr,
                             Authentication* authentication = nullptr);
    /// Waits for handlers that have answered but not returned yet.
    ~PipelineHarness();

    void add(Route route) { _routes.push_back(std::move(route)); }
    /// Makes the table of what was added.
    void open();
    /// Hands the exchange over and waits for its answer.
    FakeExchange& ask(FakeExchange& exchange);
    /// Everything that was logged.
    std::string log();
    std::string accessLog();

    zoco::test::TempFolder folder;
    AsyncFile logFile{folder.path("log")};
    AsyncFile accessFile{folder.path("access")};
    Log logger{logFile, LogLevel::Debug};
    TimerQueue timers;
    Metrics metrics;
    std::unique_ptr<StaticFiles> files;
    std::unique_ptr<Pipeline> pipeline;

private:
    PipelineSettings _settings;
    std::vector<Route> _routes;
};

} // namespace zoco::host::test
