#include "LegacyHandlers.h"

#include <Poco/Net/HTMLForm.h>
#include <Poco/Net/HTTPCookie.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/NameValueCollection.h>
#include <Poco/StreamCopier.h>

#include <string>

using Poco::Net::HTTPCookie;
using Poco::Net::HTTPResponse;

namespace legacy
{

void EchoHandler::handleRequest(Poco::Net::HTTPServerRequest& request, Poco::Net::HTTPServerResponse& response)
{
    response.setChunkedTransferEncoding(true);
    response.setContentType("text/plain; charset=utf-8");
    response.set("X-Seen-By", "EchoHandler");
    std::ostream& out = response.send();
    out << request.getMethod() << ' ' << request.getURI() << '\n';
    out << "agent: " << request.get("User-Agent", "none") << '\n';
    out << "from: " << request.clientAddress().host().toString() << '\n';
    Poco::StreamCopier::copyStream(request.stream(), out);
}

void FormHandler::handleRequest(Poco::Net::HTTPServerRequest& request, Poco::Net::HTTPServerResponse& response)
{
    const Poco::Net::HTMLForm form(request, request.stream());
    if (!form.has("nombre"))
    {
        response.redirect("/Poco/echo");
        return;
    }
    Poco::Net::NameValueCollection cookies;
    request.getCookies(cookies);

    HTTPCookie last("ultimo", HTTPCookie::escape(form["nombre"]));
    last.setPath("/Poco");
    last.setHttpOnly();
    response.addCookie(last);
    response.addCookie(HTTPCookie("visto", "si"));

    response.setStatusAndReason(HTTPResponse::HTTP_CREATED);
    response.setContentType("text/html; charset=utf-8");
    const std::string body = "<p>Gracias, " + Poco::Net::htmlize(form["nombre"]) +
                             "; antes: " + Poco::Net::htmlize(cookies.get("ultimo", "nadie")) + "</p>";
    response.sendBuffer(body.data(), body.size());
}

} // namespace legacy
