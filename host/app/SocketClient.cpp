#include "SocketClient.h"

#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/StreamSocket.h>
#include <Poco/StreamCopier.h>

namespace zoco::host
{

bool SocketClient::isServing() const
{
    const auto answer = request("GET", "/healthz");
    return answer.ok() && answer->status == 200;
}

Result<SocketClient::Answer> SocketClient::request(const std::string& method, const std::string& path,
                                                   const std::string& jsonBody) const
{
    using namespace Poco::Net;
    try
    {
        StreamSocket socket(SocketAddress(SocketAddress::UNIX_LOCAL, _path));
        HTTPClientSession session(socket);
        session.setTimeout(Poco::Timespan(30, 0));
        HTTPRequest request(method, path, HTTPMessage::HTTP_1_1);
        request.setHost("localhost");
        if (!jsonBody.empty())
        {
            request.setContentType("application/json");
            request.setContentLength(static_cast<std::streamsize>(jsonBody.size()));
        }
        session.sendRequest(request) << jsonBody;
        HTTPResponse response;
        Answer out;
        Poco::StreamCopier::copyToString(session.receiveResponse(response), out.body);
        out.status = response.getStatus();
        return out;
    }
    catch (const Poco::Exception& e)
    {
        return Problem{503, "unavailable", "No serving process answers", e.displayText(), {}, ZOCO_E_UNAVAILABLE};
    }
}

} // namespace zoco::host
