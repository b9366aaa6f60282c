#pragma once

#include "zoco/Http.h"

#include <Poco/DateTimeFormat.h>
#include <Poco/DateTimeFormatter.h>
#include <Poco/Exception.h>
#include <Poco/File.h>
#include <Poco/FileStream.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/StreamCopier.h>
#include <Poco/String.h>

#include <array>
#include <sstream>
#include <string>

namespace zoco::detail
{

/// Collects what a Poco handler answers, so that it becomes one Zoco answer. Lives during one handler call, on its
/// thread. As in Poco, status and headers count as they are at the moment of sending.
class PocoResponse final : public Poco::Net::HTTPServerResponse
{
public:
    /// The host waits for the whole answer and has accepted the body already, so there is nothing to do.
    void sendContinue() override {}

    std::ostream& send() override
    {
        freeze();
        return _body;
    }

    void sendFile(const std::string& path, const std::string& mediaType) override
    {
        const Poco::File file(path);
        const auto modified = file.getLastModified(); // throws FileNotFoundException
        Poco::FileInputStream in(path);               // throws OpenFileException
        if (!in.good()) throw Poco::OpenFileException(path);
        set("Last-Modified", Poco::DateTimeFormatter::format(modified, Poco::DateTimeFormat::HTTP_FORMAT));
        setContentType(mediaType);
        setContentLength64(static_cast<Poco::Int64>(file.getSize()));
        freeze();
        Poco::StreamCopier::copyStream(in, _body);
    }

    void sendBuffer(const void* buffer, std::size_t length) override
    {
        setContentLength64(static_cast<Poco::Int64>(length));
        freeze();
        _body.write(static_cast<const char*>(buffer), static_cast<std::streamsize>(length));
    }

    void redirect(const std::string& uri, HTTPStatus status = HTTP_FOUND) override
    {
        setContentLength64(0);
        setStatusAndReason(status);
        set("Location", uri);
        freeze();
    }

    void requireAuthentication(const std::string& realm) override
    {
        if (_isSent) throw Poco::IllegalStateException("the response has been sent");
        setStatusAndReason(HTTP_UNAUTHORIZED);
        set("WWW-Authenticate", "Basic realm=\"" + realm + "\"");
    }

    bool sent() const override { return _isSent; }

    /// What the handler answered, when it has returned. One that sent nothing is answered with the status and headers
    /// it has set, without content.
    Reply take()
    {
        if (!_isSent) freeze();
        _body.flush();
        auto body = std::move(_body).str();
        if (_limit >= 0 && body.size() > static_cast<std::size_t>(_limit))
            body.resize(static_cast<std::size_t>(_limit)); // Poco's stream stops at the declared length
        auto reply = Reply::bytes(std::move(body), _status);
        for (const auto& [name, value] : _headers) reply.header(name, value);
        return reply;
    }

private:
    /// Notes status and headers; later changes come too late. Sending twice is the handler's mistake.
    void freeze()
    {
        if (_isSent) throw Poco::IllegalStateException("the response has been sent");
        _isSent = true;
        _status = getStatus();
        if (hasContentLength() && !getChunkedTransferEncoding()) _limit = getContentLength64();
        for (const auto& [name, value] : *this)
            if (!isOfTheHost(name)) _headers.emplace_back(name, value);
    }

    /// Headers that the host makes by itself.
    static bool isOfTheHost(const std::string& name)
    {
        static constexpr std::array<const char*, 5> kNames{"Content-Length", "Transfer-Encoding", "Connection",
                                                           "Keep-Alive", "Date"};
        for (const auto* n : kNames)
            if (Poco::icompare(name, n) == 0) return true;
        return false;
    }

    std::ostringstream _body;
    bool _isSent = false;
    int _status = 200;
    Poco::Int64 _limit = -1; ///< declared Content-Length; -1: none
    std::vector<std::pair<std::string, std::string>> _headers;
};

} // namespace zoco::detail
