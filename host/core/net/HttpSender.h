#pragma once

#include "ClientUrl.h"
#include "ReplyReader.h"
#include "core/TimerQueue.h"

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace zoco::host
{

/// A request to another server. A value.
struct HttpRequest
{
    std::string method;
    std::string url;
    std::vector<std::pair<std::string, std::string>> headers{};
    std::string body{};
    std::int64_t timeoutMs = 10'000;
    std::uint64_t mostBytes = 1u << 20;
    bool isPublicOnly = false; ///< only to an address of the public internet
};

/// Sends requests to other servers and waits for their answers, each over a connection of its own (Poco Net and NetSSL:
/// sockets, TLS 1.2 or later, certificates and names verified). [any-thread]
class HttpSender
{
public:
    /// `timers` outlives it. `caFile`: further authorities to trust (PEM); may be empty, and is read at the first use.
    HttpSender(TimerQueue& timers, std::string caFile);
    ~HttpSender();
    HttpSender(const HttpSender&) = delete;
    HttpSender& operator=(const HttpSender&) = delete;

    /// Throws HttpFault.
    HttpReply send(const HttpRequest& request);

private:
    struct Tls;
    const Tls& tls();

    TimerQueue& _timers;
    const std::string _caFile;
    std::mutex _mutex;
    std::unique_ptr<Tls> _tls; ///< made when needed
};

} // namespace zoco::host
