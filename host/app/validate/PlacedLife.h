#pragma once

#include "PlacedAnswer.h"
#include "PlacedRequest.h"
#include "StandInProvider.h"
#include "Trial.h"
#include "core/Log.h"
#include "core/Metrics.h"
#include "core/TemporaryFolder.h"
#include "core/TimerQueue.h"
#include "core/keys/KeyRing.h"
#include "placement/PluginInstance.h"
#include "services/EventBus.h"

#include <atomic>
#include <memory>
#include <string>
#include <vector>

namespace zoco::host::trial
{

/// Where an instance runs.
enum class Placement
{
    Inproc = 1,
    Process
};

/// One life of the plugin by the code of `host/placement`, among stand-ins for other plugins: all that can be asked of
/// it without knowing it, and what it answered. One thread.
class PlacedLife
{
public:
    /// `folder` is made for this life, as the plugin's own, and removed with it.
    PlacedLife(const Trial& trial, Placement placement, std::string folder);
    ~PlacedLife();
    PlacedLife(const PlacedLife&) = delete;
    PlacedLife& operator=(const PlacedLife&) = delete;

    /// The fault of a step up to its start, or empty.
    std::string begin();
    /// Requests to each route, an introduction to each service it offers, each command without arguments. When an
    /// answer has been waited for too long, nothing more is asked.
    std::vector<PlacedAnswer> askAll();

private:
    struct NoLog final : LogSink
    {
        void write(LogLevel, std::string_view, std::string_view, const zoco_field*, std::uint32_t) noexcept override {}
    };

    std::unique_ptr<PluginInstance> make(std::string& fault);
    void note(const std::string& what) const;
    PlacedAnswer introduce(const ServiceOffer& offer);
    PlacedAnswer run(const PluginCommand& command);

    const Trial& _trial;
    const Placement _placement;
    const TemporaryFolder _folder;
    NoLog _sink;
    const Log _log;
    std::atomic<bool> _isCancelled{false}; ///< the command that runs
    TimerQueue _timers;
    Metrics _metrics;
    EventBus _events;
    KeyRing _keys;
    StandInProvider _provider;
    ServiceRegistry _registry;
    ServiceChange _services;
    std::vector<std::unique_ptr<PlacedRequest>> _requests;
    std::unique_ptr<PluginInstance> _instance;
};

} // namespace zoco::host::trial
