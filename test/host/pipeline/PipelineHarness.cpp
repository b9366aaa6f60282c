#include "PipelineHarness.h"

#include "support/Eventually.h"
#include "zoco/Problem.h"

#include <cppunit/extensions/HelperMacros.h>

#include <filesystem>

namespace zoco::host::test
{

Route FakePlugin::route(std::string_view method, std::string_view pattern, TestHandler handler)
{
    Route route;
    route.pattern = RoutePattern::parse(pattern).value();
    route.method = method;
    route.auth = ZOCO_AUTH_PUBLIC;
    route.plugin = "fake";
    route.handler = &handle;
    route.context = &_handlers.emplace_back(std::move(handler));
    route.target = this;
    return route;
}

void FakePlugin::dispatch(Invocation& invocation) noexcept
{
    if (isInline) return run(&invocation);
    if (!_pool.post({&run, &invocation})) invocation.refuse();
}

void FakePlugin::run(void* context)
{
    auto& invocation = *static_cast<Invocation*>(context);
    const auto& route = invocation.route();
    invocation.end(route.handler(route.context, &invocation.request(), invocation.responder()));
}

zoco_status FakePlugin::handle(void* handler, const zoco_request* request, zoco_responder* responder)
{
    return (*static_cast<TestHandler*>(handler))(*request, responder);
}

zoco_status sendText(zoco_responder* responder, std::string_view text, int status)
{
    auto* copy = new std::string(text);
    const zoco_pair type{str("Content-Type"), str("text/plain")};
    return responder->send(responder, status, &type, 1,
                           {copy->data(), copy->size(), [](void* p) { delete static_cast<std::string*>(p); }, copy});
}

PipelineHarness::PipelineHarness(PipelineSettings settings, Idempotency* idempotency, Authentication* authentication)
    : _settings(std::move(settings))
{
    std::filesystem::create_directories(folder.path("web"));
    files = std::make_unique<StaticFiles>(folder.path("web"));
    pipeline = std::make_unique<Pipeline>(_settings, AccessLog(&accessFile), logger, files.get(), timers, metrics,
                                          idempotency, authentication);
}

PipelineHarness::~PipelineHarness()
{
    zoco::test::eventually([this] { return pipeline->active() == 0; });
}

void PipelineHarness::open()
{
    std::vector<RouteConflict> conflicts;
    pipeline->setRoutes(RouteTable::build(_routes, conflicts));
    CPPUNIT_ASSERT(conflicts.empty());
}

FakeExchange& PipelineHarness::ask(FakeExchange& exchange)
{
    pipeline->onRequest(exchange);
    (void)exchange.response();
    return exchange;
}

std::string PipelineHarness::log()
{
    logFile.flush();
    return folder.read("log");
}

std::string PipelineHarness::accessLog()
{
    accessFile.flush();
    return folder.read("access");
}

} // namespace zoco::host::test
