#pragma once

#include "zoco/Http.h"

#include <Poco/MemoryStream.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/IPAddress.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/URI.h>

#include <string>

namespace zoco::detail
{

/// A Zoco request in Poco's clothes. Lives during one handler call, on its thread; the body is not copied.
///
/// The body has been received whole and without its transfer coding, so Content-Length is always its size. Header
/// values come as received: unlike Poco's own server, encoded words in them are not decoded.
class PocoRequest final : public Poco::Net::HTTPServerRequest
{
public:
    PocoRequest(const Request& request, Poco::Net::HTTPServerResponse& response)
        : _response(response),
          _body(request.body().data(), static_cast<std::streamsize>(request.body().size())),
          _client(address(request.clientAddress())),
          _isSecure(request.publicUrl().starts_with("https://"))
    {
        setMethod(std::string(request.method()));
        std::string uri(request.path());
        if (!request.rawQuery().empty()) uri.append("?").append(request.rawQuery());
        setURI(uri);
        setVersion(HTTP_1_1);
        const auto& raw = request.raw();
        for (std::uint32_t i = 0; i < raw.header_count; ++i)
            add(std::string(view(raw.headers[i].name)), std::string(view(raw.headers[i].value)));
        if (has(TRANSFER_ENCODING) || !request.body().empty())
        {
            erase(TRANSFER_ENCODING);
            setContentLength64(static_cast<Poco::Int64>(request.body().size()));
        }
        setPublicAddress(request.publicUrl());
    }

    std::istream& stream() override { return _body; }
    const Poco::Net::SocketAddress& clientAddress() const override { return _client; }
    const Poco::Net::SocketAddress& serverAddress() const override { return _server; }
    const Poco::Net::HTTPServerParams& serverParams() const override { return *_params; }
    Poco::Net::HTTPServerResponse& response() const override { return _response; }
    bool secure() const override { return _isSecure; }

private:
    /// The client's address, port 0; 127.0.0.1 for one that has none, such as the operator's socket.
    static Poco::Net::SocketAddress address(std::string_view text)
    {
        Poco::Net::IPAddress ip;
        if (!Poco::Net::IPAddress::tryParse(std::string(text), ip)) ip = Poco::Net::IPAddress("127.0.0.1");
        return {ip, 0};
    }

    /// As the world sees the server: the name in the params; the address is that name when it is numeric, else
    /// 127.0.0.1, with its port.
    void setPublicAddress(std::string_view url)
    {
        const Poco::URI parsed{std::string(url)};
        Poco::Net::IPAddress ip;
        if (!Poco::Net::IPAddress::tryParse(parsed.getHost(), ip)) ip = Poco::Net::IPAddress("127.0.0.1");
        _server = Poco::Net::SocketAddress(ip, parsed.getPort());
        _params->setServerName(parsed.getAuthority());
        _params->setSoftwareVersion("Zoco");
    }

    Poco::Net::HTTPServerResponse& _response;
    Poco::MemoryInputStream _body;
    Poco::Net::SocketAddress _client;
    Poco::Net::SocketAddress _server;
    Poco::Net::HTTPServerParams::Ptr _params = new Poco::Net::HTTPServerParams;
    bool _isSecure;
};

} // namespace zoco::detail
