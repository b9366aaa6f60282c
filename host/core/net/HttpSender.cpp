#include "HttpSender.h"

#include "ClientTls.h"
#include "HttpFault.h"
#include "HttpText.h"
#include "ServerConnection.h"

#include <Poco/Exception.h>
#include <Poco/Net/SecureStreamSocket.h>

#include <array>
#include <optional>

namespace zoco::host
{

using Poco::Net::SecureStreamSocket;
using Poco::Net::StreamSocket;

namespace
{

constexpr std::array<std::string_view, 8> kOurs{"Host", "Connection", "Content-Length", "Transfer-Encoding",
                                                "TE",   "Trailer",    "Upgrade",        "Expect"};

[[noreturn]] void refuse(const char* why) { throw HttpFault(ZOCO_E_INVALID, why); }

/// The whole request as it is sent.
std::string bytesOf(const HttpRequest& request, const ClientUrl& url)
{
    if (!isHttpToken(request.method) || request.method == "CONNECT") refuse("the method is none");
    auto out = request.method + ' ' + url.target + " HTTP/1.1\r\nHost: " + url.authority + "\r\nConnection: close\r\n";
    for (const auto& [name, value] : request.headers)
    {
        const auto isIts = [&](std::string_view ours) { return equalIgnoringCase(ours, name); };
        if (!isHttpToken(name) || !isFieldValue(value) || std::any_of(kOurs.begin(), kOurs.end(), isIts))
            refuse("a header is none, or one that is not the plugin's to set");
        out.append(name).append(": ").append(value).append("\r\n");
    }
    if (!request.body.empty() || (request.method != "GET" && request.method != "HEAD"))
        out.append("Content-Length: ").append(std::to_string(request.body.size())).append("\r\n");
    return out.append("\r\n").append(request.body);
}

void sendAll(StreamSocket& socket, std::string_view bytes)
{
    while (!bytes.empty())
    {
        const auto part = static_cast<int>(std::min<std::size_t>(bytes.size(), 256 * 1024));
        const auto sent = socket.sendBytes(bytes.data(), part);
        if (sent <= 0) throw HttpFault(ZOCO_E_UNKNOWN_OUTCOME, "the connection ended while the request was sent");
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

} // namespace

struct HttpSender::Tls
{
    Poco::Net::Context::Ptr context;
};

HttpSender::HttpSender(TimerQueue& timers, std::string caFile) : _timers(timers), _caFile(std::move(caFile)) {}

HttpSender::~HttpSender() = default;

const HttpSender::Tls& HttpSender::tls()
{
    const std::lock_guard lock(_mutex);
    try
    {
        if (_tls == nullptr) _tls = std::make_unique<Tls>(Tls{clientTls(_caFile)});
    }
    catch (const Poco::Exception& e)
    {
        throw HttpFault(ZOCO_E_UNAVAILABLE, "host.ca_file cannot be used: " + e.displayText());
    }
    return *_tls;
}

HttpReply HttpSender::send(const HttpRequest& request)
{
    const auto url = ClientUrl::parse(request.url);
    if (!url) refuse("the address is not absolute http or https");
    const auto bytes = bytesOf(request, *url);
    if (request.timeoutMs <= 0) refuse("the time is none");
    Deadline deadline(_timers, steadyNs() + request.timeoutMs * 1'000'000);
    bool isSent = false;
    try
    {
        const auto plain = connectTo(url->host, url->port, deadline, request.isPublicOnly);
        GuardedSocket guarded(deadline, plain);
        std::optional<StreamSocket> secure;
        if (url->isTls) secure = SecureStreamSocket::attach(plain, url->host, tls().context);
        auto& socket = secure ? *secure : guarded.socket();
        isSent = true; // the server may have it as soon as its first byte is out
        sendAll(socket, bytes);
        const auto source = [&](char* into, std::size_t size)
        {
            const auto got = socket.receiveBytes(into, static_cast<int>(size));
            if (deadline.isOver()) throw HttpFault(ZOCO_E_UNKNOWN_OUTCOME, "no whole answer in time");
            return got > 0 ? static_cast<std::size_t>(got) : 0;
        };
        return ReplyReader(source, request.mostBytes).read(request.method == "HEAD");
    }
    catch (const Poco::Exception& e)
    {
        if (deadline.isOver() && !isSent) throw HttpFault(ZOCO_E_DEADLINE, "no connection in time");
        const auto status = isSent ? ZOCO_E_UNKNOWN_OUTCOME : ZOCO_E_UNAVAILABLE;
        throw HttpFault(status, deadline.isOver() ? "no whole answer in time" : e.displayText());
    }
}

} // namespace zoco::host
