#pragma once

#include "support/SmallServer.h"

#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

namespace zoco::test
{

/// An HTTP server that is told of orders: it keeps what comes, and answers as a test says. [any-thread]
class Receptor
{
public:
    struct Aviso
    {
        std::string signature; ///< the header Zoco-Signature
        std::string body;
        std::string id; ///< of the event
    };

    /// `answers`: the status of the n-th delivery, from 0.
    explicit Receptor(std::function<int(std::size_t)> answers = [](std::size_t) { return 204; });

    std::string url() const { return "http://127.0.0.1:" + std::to_string(_server.port()) + "/avisos"; }
    std::uint16_t port() const noexcept { return _server.port(); }
    int served() const noexcept { return _server.served(); }
    std::vector<Aviso> all() const;
    /// Whether so many deliveries have come, now or soon.
    bool has(std::size_t count) const;

private:
    void answer(SmallServer::Peer& peer);

    std::function<int(std::size_t)> _answers;
    mutable std::mutex _mutex;
    std::vector<Aviso> _all;
    SmallServer _server; ///< the last to begin, and the first to end
};

} // namespace zoco::test
