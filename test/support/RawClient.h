#pragma once

#include "support/HttpResponse.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace zoco::test
{

/// A connection that sends exactly the bytes it is given. Blocking, each step with a time limit; a step that fails or
/// is late throws std::runtime_error. One thread.
class RawClient
{
public:
    /// To 127.0.0.1.
    explicit RawClient(std::uint16_t port, std::chrono::milliseconds timeout = std::chrono::seconds(20));
    /// To a Unix socket.
    explicit RawClient(const std::string& socketPath, std::chrono::milliseconds timeout = std::chrono::seconds(20));
    ~RawClient();
    RawClient(RawClient&& other) noexcept;
    RawClient& operator=(RawClient&&) = delete;

    void send(std::string_view bytes);
    /// Receives until the condition holds for all that has come and was not taken yet; leaves it there.
    const std::string& receiveUntil(const std::function<bool(const std::string&)>& condition);
    /// Takes one whole answer off what comes: by Content-Length, chunked, or up to the end of the connection. Interim
    /// ones (1xx) are answers of their own. `isHead`: it answers HEAD, so it has no body.
    HttpResponse readResponse(bool isHead = false);
    /// Sends a request with Host and, for a body, Content-Length, and reads the answer; the connection stays open.
    /// `headers` are whole lines, "Name: value\r\n" each.
    HttpResponse request(std::string_view method, std::string_view target, std::string_view headers = {},
                         std::string_view body = {});

    /// What has come and was not taken.
    const std::string& pending() const noexcept { return _received; }
    /// Whether the other side ends the connection (FIN or RST) within the time limit without sending more.
    bool isClosedByPeer();
    /// No more bytes will come from us.
    void finishSending();
    /// Ends the connection by RST, as a vanished client does.
    void reset();
    int fd() const noexcept { return _fd; }

private:
    bool receive();
    std::string take(std::size_t size);
    std::string readLine();
    std::string readChunks();

    int _fd = -1;
    std::string _received;
};

} // namespace zoco::test
