#pragma once

#include "Request.h"
#include "Response.h"

namespace zoco::host
{

/// One request and its one answer. The transport owns it; whoever received it calls `finish` exactly once, on any
/// thread, and must not touch it afterwards.
class Exchange
{
public:
    virtual const Request& request() const noexcept = 0;

    /// [any-thread] Sends the answer (or queues what the socket does not take) and gives the exchange back.
    virtual void finish(Response&& response) noexcept = 0;

    /// [any-thread] Whether the client has gone away; the answer is then thrown away.
    virtual bool isCancelled() const noexcept = 0;

protected:
    ~Exchange() = default;
};

/// What the transport must do with a request whose head has arrived.
struct HeadVerdict
{
    std::uint64_t bodyLimit = 0; ///< a larger body is refused with 413, before it is read when its length is known
    int rejectStatus = 0;        ///< 0 = go on; otherwise answer this (by `reject`) without reading the body
};

/// What stands behind the transport. The pipeline implements it.
class HttpService
{
public:
    virtual ~HttpService() = default;

    /// [loop] The head is complete, no body byte has been looked at. Must not block. `request.body` is empty.
    virtual HeadVerdict onHead(const Request& request) noexcept = 0;

    /// [loop] The request is complete. Must not block: post the work, finish the exchange later or at once.
    virtual void onRequest(Exchange& exchange) noexcept = 0;

    /// [loop] Renders the answer to what the transport refuses: a malformed request (what of it could be read is set),
    /// a limit, a time-out, or a `rejectStatus` of onHead. `slug` is a stable word such as "bad-host", for the log.
    virtual Response reject(const Request& request, int status, std::string_view slug) noexcept = 0;
};

} // namespace zoco::host
