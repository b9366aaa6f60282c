#pragma once

#include "Http.h"
#include "detail/PocoRequest.h"
#include "detail/PocoResponse.h"

#include <Poco/Exception.h>
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>

#include <functional>
#include <memory>
#include <stdexcept>

/// Runs existing Poco::Net::HTTPRequestHandler classes, unchanged, as handlers of a Zoco plugin. An optional header:
/// the plugin that includes it links Poco::Net and Poco::Foundation; no Poco type crosses to the host.
///
/// As with Poco's server each request gets a handler of its own. The request's body is complete before the handler
/// runs, and what it sends becomes one answer after it has returned; Content-Length, Transfer-Encoding, Connection and
/// Date are the host's. An exception is a 500 and a log record, also after something was sent.

namespace zoco
{

/// Makes the handler of one request; owned by the caller. Called on worker threads at the same time.
using PocoHandlerFactory = std::function<Poco::Net::HTTPRequestHandler*(const Poco::Net::HTTPServerRequest&)>;

namespace detail
{

inline Reply runPocoHandler(const PocoHandlerFactory& factory, const Request& request)
{
    try
    {
        PocoResponse response;
        PocoRequest pocoRequest(request, response);
        const std::unique_ptr<Poco::Net::HTTPRequestHandler> handler(factory(pocoRequest));
        if (handler == nullptr) return Problem{501, "not-implemented", "Not implemented", "", {}};
        handler->handleRequest(pocoRequest, response);
        return response.take();
    }
    catch (const Poco::Exception& e)
    {
        throw std::runtime_error(e.displayText()); // what() of a Poco exception is only its class
    }
}

} // namespace detail

/// Registers a route whose requests are handled by `new` handlers: pocoRoute(http, "GET", "/Viejo/{id}", options,
/// [] { return new ViejoHandler; }). [lifecycle, in init]
template <std::invocable MakeHandler>
void pocoRoute(Http& http, const char* method, const char* pattern, const RouteOptions& options, MakeHandler make)
{
    PocoHandlerFactory factory =
        [make = std::move(make)](const Poco::Net::HTTPServerRequest&) -> Poco::Net::HTTPRequestHandler*
    { return make(); };
    http.route(method, pattern, options,
               [factory = std::move(factory)](const Request& r) { return detail::runPocoHandler(factory, r); });
}

/// The same for an existing factory, which chooses the handler by the request. Null from it is a 501, as in Poco.
inline void pocoRoute(Http& http, const char* method, const char* pattern, const RouteOptions& options,
                      Poco::Net::HTTPRequestHandlerFactory::Ptr factory)
{
    PocoHandlerFactory make = [factory = std::move(factory)](const Poco::Net::HTTPServerRequest& request) mutable
    { return factory->createRequestHandler(request); };
    http.route(method, pattern, options,
               [make = std::move(make)](const Request& r) { return detail::runPocoHandler(make, r); });
}

} // namespace zoco
