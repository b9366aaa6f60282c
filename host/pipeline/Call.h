#pragma once

#include "Exchange.h"
#include "KnownRequest.h"
#include "identity/Arrival.h"
#include "routing/RouteHold.h"

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace zoco::host
{

class CallFinisher;

/// One request from the pipeline's view: its own copy of what arrived, its route, and the state of its answer.
/// The copy lets an answer (a time-out's, say) go out while a slow handler still reads the request.
/// Pooled: made by CallPool, given back when it is answered and its handler is done. Every life has a responder of its
/// own, so that a plugin which uses one after its end is told so and reaches nobody else's request (unless it comes
/// back many lives later).
class Call final : public Invocation
{
public:
    explicit Call(CallFinisher& finisher);

    /// The parameters of its route; to be filled before `begin`.
    RouteMatch& match() noexcept { return _match; }
    /// What its route needs until it is over; before `begin`.
    void hold(RouteHold hold) noexcept { _hold = std::move(hold); }
    /// Copies the request and starts a new life. `route` outlives it. [loop]
    void begin(Exchange& exchange, const Route& route, std::int64_t deadlineNs, const Arrival& arrival);
    /// The shop's address; lives as long as the call.
    void setPublicUrl(std::string_view url) noexcept { _request.public_url = {url.data(), url.size()}; }

    const Route& route() const noexcept override { return *_route; }
    const zoco_request& request() const noexcept override { return _request; }
    zoco_responder* responder() noexcept override { return &_responder->table; }
    void end(zoco_status status) noexcept override;
    void refuse() noexcept override;

    /// By what it is known again: before its handler runs. Kept until it is over.
    void setKnown(std::unique_ptr<KnownRequest> known) noexcept;
    const KnownRequest* known() const noexcept { return _known.get(); }

    /// Who asks, when that was not known at its arrival: before its handler runs. Null: nobody.
    void setSession(std::shared_ptr<const Session> session);
    /// It has passed the gate: what the gate has for its client goes out with its answer.
    void admit() noexcept { _isAdmitted.store(true, std::memory_order_release); }
    bool isAdmitted() const noexcept { return _isAdmitted.load(std::memory_order_acquire); }
    /// For the log, from whatever thread answers; null: nobody that is known.
    const Session* asker() const noexcept { return _asker.load(std::memory_order_acquire); }
    /// A token of no session is 401 for it, rather than nobody.
    bool mustBeKnown() const noexcept { return _mustBeKnown; }
    /// The visitor that it has made known; empty when the client has one, or its route has none.
    std::string_view newVisitor() const noexcept { return _isVisitorNew ? view(_visitor) : std::string_view(); }
    /// The visitor as its client sent it; empty: it sent none.
    std::string_view sentVisitor() const noexcept { return _isVisitorNew ? std::string_view() : view(_visitor); }

    /// Answers if nobody has; false when somebody did. [any-thread]
    bool answer(Response&& response) noexcept;
    /// Sends the answer that CallFinisher::reconsider took.
    void complete(Response&& response) noexcept;
    /// Ends it for a handler that has not answered in time; `sequence` as read by `deadline`.
    void expire(std::uint64_t sequence) noexcept;
    /// The deadline when it waits for an answer, else 0; `sequence` names this life.
    std::int64_t deadline(std::uint64_t& sequence) const noexcept;

    std::string_view requestId() const noexcept { return {_requestId, sizeof _requestId}; }
    std::string_view method() const noexcept { return {_request.method.data, _request.method.size}; }
    std::string_view path() const noexcept { return {_request.path.data, _request.path.size}; }
    std::string_view clientAddress() const noexcept
    {
        return {_request.client_address.data, _request.client_address.size};
    }
    std::int64_t receivedNs() const noexcept { return _receivedNs; }
    bool isHead() const noexcept { return _isHead; }

private:
    enum Phase : std::uint64_t
    {
        kFree = 0,
        kOpen = 1,
        kAnswered = 2,
        kExpired = 3 ///< answered by us, since the handler was late
    };

    /// What a plugin holds: the table, and the life it belongs to.
    struct Responder
    {
        zoco_responder table;
        Call* call = nullptr;
        std::atomic<const RouteLabel*> route{nullptr};
        std::atomic<std::uint64_t> life{0}; ///< sequence << 2
        std::atomic<bool> isHeld{false};    ///< by its handler, or by whoever it was deferred to
    };

    void copy(const Request& r, const Arrival& arrival);
    void copyHeaders(const Request& r, bool isForwarded);
    void fillClaims(const Request& r, const Arrival& arrival);
    zoco_str keep(std::string_view text);
    void addParams();
    bool makeTrace(std::string_view received);
    bool win(std::uint64_t life, Phase how) noexcept;
    void deliver(Response&& response) noexcept;
    void deliverProblem(int status, std::string_view slug) noexcept;
    void fail(std::uint64_t life, int status, std::string_view slug) noexcept;
    void release() noexcept;
    std::uint64_t life() const noexcept { return _responder->life.load(std::memory_order_relaxed); }
    bool isIn(std::uint64_t life, Phase phase) const noexcept
    {
        return _state.load(std::memory_order_acquire) == (life | phase);
    }

    static Responder& self(zoco_responder* responder) { return *static_cast<Responder*>(responder->self); }
    static zoco_status refuseAnswer(const Responder& responder) noexcept;
    void misuse(const Responder& responder, std::string_view what) noexcept;

    static zoco_status send(zoco_responder*, int32_t, const zoco_pair*, uint32_t, zoco_blob);
    static zoco_status sendProblem(zoco_responder*, const zoco_problem*);
    static int32_t isCancelled(zoco_responder*);
    static void releaseDeferred(zoco_responder*);

    CallFinisher& _finisher;
    std::array<Responder, 8> _responders; ///< one after the other
    Responder* _responder = _responders.data();
    zoco_request _request{};
    Exchange* _exchange = nullptr;
    const Route* _route = nullptr;
    RouteMatch _match;
    RouteHold _hold;
    std::unique_ptr<KnownRequest> _known; ///< null: it has no Idempotency-Key
    std::string _storage;                 ///< head and body of the request
    std::vector<zoco_pair> _headers;
    std::vector<zoco_pair> _params;
    std::vector<zoco_pair> _claims;
    std::shared_ptr<const Session> _session; ///< of the claims
    zoco_str _visitor{};
    bool _isVisitorNew = false;
    bool _mustBeKnown = false;
    std::int64_t _receivedNs = 0;
    bool _isHead = false;
    char _requestId[20];
    char _traceparent[55];

    std::atomic<std::uint64_t> _state{kFree}; ///< sequence << 2 | phase
    std::atomic<std::int64_t> _deadlineNs{0};
    std::atomic<int> _references{0}; ///< the answer's, the running handler's, and the responder's
    std::atomic<const Session*> _asker{nullptr};
    std::atomic<bool> _isAdmitted{false};
    std::atomic_flag _isLooking; ///< somebody asks the exchange whether the client is there: do not finish it yet
};

/// What the end of a call needs from the pipeline.
class CallFinisher
{
public:
    /// Completes the answer's head, logs it, sends it. The exchange is finished afterwards. [any-thread]
    virtual void finish(Call& call, Exchange& exchange, Response&& response) noexcept = 0;
    /// The answer to a fault of the host's catalogue.
    virtual Response problem(const Call& call, const zoco_problem& problem) noexcept = 0;
    /// A known request is about to be answered. True: another answer may be the right one; `response` was taken, and
    /// `Call::complete` will be called.
    virtual bool reconsider(Call& call, Response& response) noexcept = 0;
    /// A response header by which a plugin speaks to the host: what it stands for goes to the response. False: it is
    /// not this plugin's to say, or malformed.
    virtual bool hostHeader(const RouteLabel& route, std::string_view name, std::string_view value,
                            Response& response) noexcept = 0;
    /// A plugin broke the contract; for the log. `requestId` is empty when that request is long over.
    virtual void misuse(const RouteLabel& route, std::string_view requestId, std::string_view what) noexcept = 0;
    /// The call may be used again.
    virtual void recycle(Call& call) noexcept = 0;

protected:
    ~CallFinisher() = default;
};

} // namespace zoco::host
