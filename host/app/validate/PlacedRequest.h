#pragma once

#include "PlacedAnswer.h"
#include "SampleRequest.h"
#include "routing/Route.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>

namespace zoco::host::trial
{

/// A sample request on its way to an instance of any placement. Outlives the instance. Made and awaited on one thread;
/// the rest [any-thread].
class PlacedRequest final : public Invocation
{
public:
    PlacedRequest(const Route& route, const std::string& sample);
    PlacedRequest(const PlacedRequest&) = delete;
    PlacedRequest& operator=(const PlacedRequest&) = delete;

    const std::string& name() const noexcept { return _sample.name(); }
    const Route& route() const noexcept override { return _route; }
    const zoco_request& request() const noexcept override { return _sample.raw(); }
    zoco_responder* responder() noexcept override { return &_responder; }
    void end(zoco_status status) noexcept override;
    void refuse() noexcept override;

    /// Waits until the request has ended, at most until then; its answer.
    PlacedAnswer await(std::chrono::steady_clock::time_point until);

private:
    static PlacedRequest& self(zoco_responder* responder) { return *static_cast<PlacedRequest*>(responder->self); }
    static zoco_status answer(zoco_responder* responder, int32_t status, const zoco_pair* headers, uint32_t count,
                              zoco_blob body);
    static zoco_status fail(zoco_responder* responder, const zoco_problem* problem);
    static int32_t isCancelled(zoco_responder*) { return 0; }
    static void release(zoco_responder* responder);

    const Route& _route;
    const SampleRequest _sample;
    zoco_responder _responder;

    std::mutex _mutex; ///< of what follows
    std::condition_variable _changed;
    PlacedAnswer _answer;
    bool _hasReturned = false;
    bool _isDeferred = false;
    bool _isReleased = false;
};

} // namespace zoco::host::trial
