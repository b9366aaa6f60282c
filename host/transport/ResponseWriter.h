#pragma once

#include "TlsChannel.h"
#include "pipeline/Response.h"

#include <string>

namespace zoco::host
{

/// Sends one answer over a non-blocking socket, in as many steps as the socket needs. Keeps its buffer for the next
/// one. Owned by one connection; one thread at a time.
class ResponseWriter
{
public:
    enum class Result
    {
        Done = 1,
        Blocked, ///< call again when the socket is writable
        Failed,  ///< the client is gone, or a file became shorter while it was sent
    };

    /// Takes the answer and completes its head: status line, Date, Content-Length, Connection.
    void start(Response&& response, bool isHttp11, bool closes);
    /// `tls`: what the socket is to be written by; null: as it is.
    Result write(int socket, TlsChannel* tls) noexcept;
    /// Bytes sent so far of this answer: moves on while the client takes some.
    std::size_t sent() const noexcept { return _sent; }

private:
    Result writeMemory(int socket) noexcept;
    Result writeFile(int socket) noexcept;
    Result writeTls(TlsChannel& tls) noexcept;
    Result finished() noexcept;

    std::string _head;
    Body _body;
    bool _hasSeparateBody = false; ///< the body is sent from where it lies
    std::size_t _bodySize = 0;
    std::size_t _sent = 0;
};

} // namespace zoco::host
