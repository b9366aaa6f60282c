#pragma once

#include "CallMessages.h"
#include "placement/wire/Peer.h"
#include "routing/Route.h"

#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

namespace zoco::host
{

class HostedCalls;

/// One request in the plugin's process: what the host sent, and a responder whose answer goes back as a frame. Lives
/// from its frame until its handler is done and its responder released; then it is used for another request, but not
/// soon, so that a plugin which uses a responder after its end reaches nobody else's.
class HostedCall final : public Invocation
{
public:
    explicit HostedCall(HostedCalls& owner);

    void begin(std::string_view payload, const std::vector<Route>& routes);

    const Route& route() const noexcept override { return *_route; }
    const zoco_request& request() const noexcept override { return _request.raw; }
    /// Asked for just before the handler runs.
    zoco_responder* responder() noexcept override;
    void end(zoco_status status) noexcept override;
    void refuse() noexcept override;

private:
    friend class HostedCalls;

    static zoco_status send(zoco_responder*, int32_t, const zoco_pair*, uint32_t, zoco_blob);
    static zoco_status fail(zoco_responder*, const zoco_problem*);
    static int32_t isCancelled(zoco_responder*);
    static void release(zoco_responder*);
    static HostedCall& self(zoco_responder* responder) { return *static_cast<HostedCall*>(responder->self); }

    /// Whoever gets true answers it. Otherwise why not.
    zoco_status win();
    void misuse(std::string_view what);
    void sendEnd(zoco_status status);
    void letGo();

    HostedCalls& _owner;
    zoco_responder _responder;
    WireRequest _request;
    const Route* _route = nullptr;
    std::uint64_t _number = 0; ///< of all handlers begun; 0: none runs. The list's lock guards it
    std::atomic<bool> _isAnswered{true};
    std::atomic<bool> _isHeld{false}; ///< by the handler, or whoever it was deferred to
    std::atomic<int> _references{0};
};

/// The requests of a plugin's process. [any-thread]
class HostedCalls
{
public:
    explicit HostedCalls(Peer& peer) : _peer(peer) {}
    HostedCalls(const HostedCalls&) = delete;
    HostedCalls& operator=(const HostedCalls&) = delete;

    /// A call for the next request.
    HostedCall& take();
    /// The answer to a query: the handlers that run past their deadline.
    std::string late(std::uint64_t id, const std::vector<Route>& routes);

private:
    friend class HostedCall;

    void give(HostedCall& call);

    Peer& _peer;
    std::mutex _mutex; ///< of what follows
    std::vector<std::unique_ptr<HostedCall>> _all;
    std::deque<HostedCall*> _free; ///< the one that is free the longest first
    std::uint64_t _begun = 0;
};

} // namespace zoco::host
