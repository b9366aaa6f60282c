#pragma once

#include "Messages.h"
#include "core/MetricSeries.h"
#include "core/TimerQueue.h"
#include "placement/wire/Peer.h"

#include <memory>
#include <mutex>
#include <vector>

namespace zoco::host
{

/// In a plugin's process: tells the host how its metrics have changed, once a second at most, and at its end. Counting
/// itself crosses nothing.
class HostedFigures
{
public:
    HostedFigures(Peer& peer, TimerQueue& timers) : _peer(peer), _timers(timers) {}
    HostedFigures(const HostedFigures&) = delete;
    HostedFigures& operator=(const HostedFigures&) = delete;

    /// What the plugin declared in its init; writes it down for the host, and from now on tells of changes. Once.
    void begin(const std::vector<std::shared_ptr<MetricSeries>>& series, Packer& out);
    /// Tells what has changed. [any-thread]
    void flush() noexcept;

private:
    struct Told
    {
        std::shared_ptr<MetricSeries> series;
        std::vector<double> figures; ///< as the host knows them
    };

    static void onTimer(void* self);
    void waitForNext();
    static void pack(Packer& out, std::size_t index, Told& told, bool isSet);

    Peer& _peer;
    TimerQueue& _timers;
    std::mutex _mutex; ///< of what follows
    std::vector<Told> _told;
};

} // namespace zoco::host
