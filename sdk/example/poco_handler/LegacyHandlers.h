#pragma once

#include <Poco/Net/HTTPRequestHandler.h>

/// Handlers as they were written for Poco::Net::HTTPServer: this file and its .cpp know nothing of Zoco.
namespace legacy
{

/// Tells what it received: method, URI, a header, the body; by send() and a stream.
class EchoHandler : public Poco::Net::HTTPRequestHandler
{
public:
    void handleRequest(Poco::Net::HTTPServerRequest& request, Poco::Net::HTTPServerResponse& response) override;
};

/// Reads an HTML form and a cookie, sets two cookies, answers by sendBuffer(), or sends the visitor elsewhere.
class FormHandler : public Poco::Net::HTTPRequestHandler
{
public:
    void handleRequest(Poco::Net::HTTPServerRequest& request, Poco::Net::HTTPServerResponse& response) override;
};

} // namespace legacy
