#pragma once

#include "core/UniqueFd.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace zoco::gestorbbdd::test
{

/// Stands between the plugin and a MariaDB server, and ends a connection just where a test wants it: a network that
/// breaks. What it does not cut it hands on. [any-thread]
class CuttingProxy
{
public:
    enum class Cut
    {
        Packet = 1, ///< the server never gets it
        Answer,     ///< the server has done what it asks; its answer is lost
        Silence     ///< the same, but the connection stays, and nothing comes over it any more
    };
    /// What a client sends, without the header of the packet: its first byte says which command it is.
    using IsIt = std::function<bool(std::string_view packet)>;

    explicit CuttingProxy(std::uint16_t serverPort);
    ~CuttingProxy();
    CuttingProxy(const CuttingProxy&) = delete;
    CuttingProxy& operator=(const CuttingProxy&) = delete;

    std::uint16_t port() const noexcept { return _port; }
    /// Cuts at the next packets of this sort, so many times.
    void cut(Cut cut, IsIt isIt, int times = 1);
    /// How often it has cut since `cut` was called.
    int cuts() const;
    /// Connections that it hands on now.
    std::size_t links() const noexcept { return _count; }

private:
    struct Link
    {
        host::UniqueFd client;
        host::UniqueFd server;
        std::string begun{};      ///< of a packet of the client that is not whole yet
        std::optional<Cut> cut{}; ///< when an answer comes
    };

    void run();
    void accept();
    /// False when the link is at its end.
    bool fromClient(Link& link);
    bool fromServer(Link& link);
    bool handOn(Link& link, std::string_view packet);

    const std::uint16_t _serverPort;
    std::uint16_t _port = 0;
    host::UniqueFd _listener;
    host::UniqueFd _stop;
    std::vector<Link> _links; ///< of the thread
    std::atomic<std::size_t> _count{0};

    mutable std::mutex _mutex; ///< of what follows
    Cut _cut = Cut::Packet;
    IsIt _isIt;
    int _left = 0;
    int _cuts = 0;

    std::thread _thread; ///< last: it uses the others
};

} // namespace zoco::gestorbbdd::test
