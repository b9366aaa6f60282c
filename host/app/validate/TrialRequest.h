#pragma once

#include "AbiStruct.h"
#include "SampleRequest.h"
#include "TrialExecutor.h"
#include "TrialRoute.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>

namespace zoco::host::trial
{

/// One plain, well-formed request to a route and what became of it. Lives as long as the plugin's process, so that a
/// responder used too late is noticed. Made, sent and judged on one thread; its responder is [any-thread].
class TrialRequest
{
public:
    /// `sample` stands for every parameter of the pattern.
    TrialRequest(const TrialRoute& route, const std::string& sample, Shape shape);
    TrialRequest(const TrialRequest&) = delete;
    TrialRequest& operator=(const TrialRequest&) = delete;

    /// Calls the handler on the plugin's threads; returns at once.
    void send(TrialExecutor& executor);
    /// Waits until the request has ended, time passing for the plugin's timers. False at the deadline.
    bool await(TrialExecutor& executor, std::chrono::milliseconds deadline);

    bool hasReturned() const; ///< the handler
    bool isEnded() const;     ///< the handler returned, and a deferred responder was released
    bool isDeferred() const;
    int status() const;        ///< of the answer; 500 for a failed handler without one; 0: none
    std::string fault() const; ///< the first rule broken by the way it was answered, or empty
    const std::string& name() const noexcept { return _sample.name(); }

private:
    static void run(void* self);
    static zoco_status answer(zoco_responder* responder, int32_t status, const zoco_pair* headers, uint32_t count,
                              zoco_blob body);
    static zoco_status fail(zoco_responder* responder, const zoco_problem* problem);
    static int32_t isCancelled(zoco_responder* responder);
    static void release(zoco_responder* responder);

    zoco_status take(int status);
    void returned(zoco_status status);
    bool isEndedLocked() const;
    void note(std::string fault);

    const zoco_handler _handler;
    void* const _context;
    const SampleRequest _sample;
    AbiStruct<zoco_request> _request;
    AbiStruct<zoco_responder> _responder;

    mutable std::mutex _mutex; ///< of what follows
    std::condition_variable _changed;
    bool _hasReturned = false;
    bool _isDeferred = false;
    bool _isReleased = false;
    int _status = 0;
    std::string _fault;
};

} // namespace zoco::host::trial
