#pragma once

#include "TlsContext.h"
#include "core/UniqueFd.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace zoco::host
{

/// One TLS connection over a non-blocking socket. Nothing waits but the functions with a deadline. One user.
class TlsStream
{
public:
    enum class Io
    {
        Done = 1, ///< some bytes, at least one
        Again,    ///< not now: when poll reports `events()`
        Ended,    ///< the other side closed it in order
        Failed    ///< `fault()` says why; nothing else can be done with it
    };

    /// `context` outlives it. `peerName`, of a gateway's side: the name or address that the certificate must have.
    TlsStream(const TlsContext& context, UniqueFd socket, const std::string& peerName);
    ~TlsStream();
    TlsStream(const TlsStream&) = delete;
    TlsStream& operator=(const TlsStream&) = delete;

    Io read(char* to, std::size_t room, std::size_t& size);
    Io write(const char* from, std::size_t size, std::size_t& written);
    /// Tells the other side that nothing follows, as far as the socket takes it.
    void shutdown() noexcept;

    /// Waits for the handshake, at most until `deadlineNs` (steady clock) or until `stop`, a descriptor or -1, is
    /// readable. False: `fault()`.
    bool handshake(std::int64_t deadlineNs, int stop);
    /// Likewise sends all of it.
    bool send(std::string_view bytes, std::int64_t deadlineNs, int stop);
    /// Likewise takes a line of at most `limit` bytes, without its end; nothing behind it is touched.
    bool receiveLine(std::string& line, std::size_t limit, std::int64_t deadlineNs, int stop);

    /// After a refusal: sends nothing more, and drops what comes until the other side has gone, a second at most.
    /// Without it the refusal could be lost on its way.
    void linger(int stop) noexcept;

    int descriptor() const noexcept { return _socket.get(); }
    /// What poll is to wait for after Again.
    short events() const noexcept { return _events; }
    const std::string& fault() const noexcept { return _fault; }
    /// The common name of the other side's certificate, for the log; cleaned of control characters.
    std::string peerName() const;

private:
    Io outcome(int result);
    std::string describe(bool isHandshake) const;
    bool await(std::int64_t deadlineNs, int stop);
    bool fail(std::string why);

    const UniqueFd _socket;
    std::unique_ptr<SSL, decltype(&SSL_free)> _ssl;
    short _events = 0;
    std::string _fault;
};

} // namespace zoco::host
