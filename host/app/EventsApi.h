#pragma once

#include "pipeline/HostEndpoints.h"
#include "services/EventFeed.h"
#include "services/HostService.h"

namespace zoco::host
{

/// What operators see of durable events, and do about those that were put aside: `/_zoco/eventos`.
class EventsApi
{
public:
    /// Adds the endpoints. All arguments outlive them.
    EventsApi(HostEndpoints& endpoints, const HostService& data, EventFeed& feed);

private:
    Reply list() const;
    /// Hands one out again.
    Reply replay(const zoco::Request& request);
    Reply discard(const zoco::Request& request);
    /// Forgets how far a plugin that is gone was, so that its events need not be kept.
    Reply forget(const zoco::Request& request);
    Reply change(const zoco::Request& request, const Operation& operation, std::initializer_list<Value> args);

    Service _data;
    EventFeed& _feed;
    Operation _latest, _readers, _aside, _replay, _discard, _forget;
};

} // namespace zoco::host
