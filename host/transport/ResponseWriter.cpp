#include "ResponseWriter.h"

#include "pipeline/HttpDate.h"

#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <ctime>
#include <utility>

namespace zoco::host
{

namespace
{

/// Bodies up to this size are sent together with the head from one buffer: one copy is cheaper than a second vector.
constexpr std::size_t kCopyLimit = 4096;

std::string_view reason(int status) noexcept
{
    static constexpr std::pair<int, std::string_view> kReasons[] = {
        {200, "OK"},
        {201, "Created"},
        {202, "Accepted"},
        {204, "No Content"},
        {206, "Partial Content"},
        {301, "Moved Permanently"},
        {302, "Found"},
        {303, "See Other"},
        {304, "Not Modified"},
        {307, "Temporary Redirect"},
        {308, "Permanent Redirect"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {408, "Request Timeout"},
        {409, "Conflict"},
        {412, "Precondition Failed"},
        {413, "Content Too Large"},
        {414, "URI Too Long"},
        {415, "Unsupported Media Type"},
        {416, "Range Not Satisfiable"},
        {417, "Expectation Failed"},
        {421, "Misdirected Request"},
        {422, "Unprocessable Content"},
        {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"},
        {500, "Internal Server Error"},
        {501, "Not Implemented"},
        {502, "Bad Gateway"},
        {503, "Service Unavailable"},
        {504, "Gateway Timeout"},
        {505, "HTTP Version Not Supported"},
    };
    for (const auto& [known, text] : kReasons)
        if (known == status) return text;
    return {};
}

void appendNumber(std::string& out, std::size_t number)
{
    char buffer[20];
    out.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, number).ptr);
}

/// The Date line, made once per second and thread.
void appendDate(std::string& out)
{
    struct Cached
    {
        std::time_t second = -1;
        std::string line;
    };
    static thread_local Cached cached;
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME_COARSE, &now);
    if (cached.second != now.tv_sec)
    {
        cached.line = "Date: " + formatHttpDate(now.tv_sec) + "\r\n";
        cached.second = now.tv_sec;
    }
    out += cached.line;
}

/// 1xx, 204 and 304 never have content, so no length either (RFC 9110 8.6).
bool hasNoContent(int status) noexcept { return status < 200 || status == 204 || status == 304; }

} // namespace

void ResponseWriter::start(Response&& response, bool isHttp11, bool closes)
{
    _sent = 0;
    _head.assign("HTTP/1.1 ");
    appendNumber(_head, static_cast<std::size_t>(response.status));
    _head += ' ';
    _head += reason(response.status);
    _head += "\r\n";
    appendDate(_head);
    _bodySize = response.body.size();
    if (hasNoContent(response.status))
        _bodySize = 0;
    else
    {
        _head += "Content-Length: ";
        appendNumber(_head, _bodySize);
        _head += "\r\n";
    }
    if (closes)
        _head += "Connection: close\r\n";
    else if (!isHttp11)
        _head += "Connection: keep-alive\r\n";
    _head += response.head;
    _head += "\r\n";
    if (response.omitBody) _bodySize = 0;

    _hasSeparateBody = _bodySize > 0 && (response.body.isFile() || _bodySize > kCopyLimit);
    if (_hasSeparateBody)
        _body = std::move(response.body);
    else if (_bodySize > 0)
        _head += response.body.bytes();
}

ResponseWriter::Result ResponseWriter::write(int socket, TlsChannel* tls) noexcept
{
    if (tls != nullptr) return writeTls(*tls);
    if (!_hasSeparateBody || !_body.isFile()) return writeMemory(socket);
    return writeFile(socket);
}

ResponseWriter::Result ResponseWriter::finished() noexcept
{
    if (_hasSeparateBody) _body = Body();
    _hasSeparateBody = false;
    return Result::Done;
}

ResponseWriter::Result ResponseWriter::writeMemory(int socket) noexcept
{
    const auto body = _hasSeparateBody ? _body.bytes() : std::string_view();
    for (;;)
    {
        iovec parts[2];
        std::size_t count = 0;
        if (_sent < _head.size()) parts[count++] = {_head.data() + _sent, _head.size() - _sent};
        const auto bodySent = _sent > _head.size() ? _sent - _head.size() : 0;
        if (bodySent < body.size())
            parts[count++] = {const_cast<char*>(body.data()) + bodySent, body.size() - bodySent};
        if (count == 0) return finished();
        msghdr message{};
        message.msg_iov = parts;
        message.msg_iovlen = count;
        const auto n = count == 1 ? ::send(socket, parts[0].iov_base, parts[0].iov_len, MSG_NOSIGNAL)
                                  : ::sendmsg(socket, &message, MSG_NOSIGNAL);
        if (n > 0)
            _sent += static_cast<std::size_t>(n);
        else if (n < 0 && errno == EINTR)
            continue;
        else
            return n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK) ? Result::Blocked : Result::Failed;
    }
}

ResponseWriter::Result ResponseWriter::writeFile(int socket) noexcept
{
    for (;;)
    {
        ssize_t n = 0;
        if (_sent < _head.size())
            n = ::send(socket, _head.data() + _sent, _head.size() - _sent, MSG_NOSIGNAL | MSG_MORE);
        else
        {
            const auto done = _sent - _head.size();
            if (done == _bodySize) return finished();
            off_t at = _body.offset() + static_cast<off_t>(done);
            n = ::sendfile(socket, _body.descriptor(), &at, _bodySize - done);
        }
        if (n > 0)
            _sent += static_cast<std::size_t>(n);
        else if (n < 0 && errno == EINTR)
            continue;
        else
            return n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK) ? Result::Blocked : Result::Failed;
    }
}

/// Records of at most 16 KiB. One that the socket did not take whole is offered again with the same bytes.
ResponseWriter::Result ResponseWriter::writeTls(TlsChannel& tls) noexcept
{
    constexpr std::size_t kRecord = 16 * 1024;
    for (;;)
    {
        char fromFile[kRecord];
        std::string_view part;
        const auto bodySize = _hasSeparateBody ? _bodySize : 0;
        if (_sent < _head.size())
            part = std::string_view(_head).substr(_sent);
        else if (const auto done = _sent - _head.size(); done == bodySize)
            return finished();
        else if (!_body.isFile())
            part = _body.bytes().substr(done, bodySize - done);
        else
        {
            const auto size = std::min(kRecord, bodySize - done);
            const auto n = ::pread(_body.descriptor(), fromFile, size, _body.offset() + static_cast<off_t>(done));
            if (n < 0 && errno == EINTR) continue;
            if (n < 0 || static_cast<std::size_t>(n) != size) return Result::Failed;
            part = {fromFile, size};
        }
        std::size_t sent = 0;
        switch (tls.write(part.data(), part.size(), sent))
        {
        case TlsChannel::Io::Done:
            _sent += sent;
            break;
        case TlsChannel::Io::Again:
            return Result::Blocked;
        default:
            return Result::Failed;
        }
    }
}

} // namespace zoco::host
