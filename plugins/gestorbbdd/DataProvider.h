#pragma once

#include "AttachedConsumer.h"
#include "SlowLog.h"
#include "engine/Engine.h"
#include "zoco/Provider.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <utility>

namespace zoco::gestorbbdd
{

/// The service zoco.data/1: takes in a consumer's migrations and operations, and runs its calls on the engine.
class DataProvider final : public Provider
{
public:
    struct Limits
    {
        std::int64_t timeoutMs = 0; ///< of a call that has no deadline
        std::int64_t slowMs = 0;    ///< a call that takes longer is logged; 0 = none
    };

    /// `tellHost`: stored events wait to be fetched; called from many threads.
    DataProvider(Engine& engine, CatalogueDirectory& directory, const Limits& limits, Log log,
                 std::function<void()> tellHost)
        : Provider(log),
          _engine(engine),
          _directory(directory),
          _timeoutNs(limits.timeoutMs * 1'000'000),
          _slow(limits.slowMs, log),
          _tellHost(std::move(tellHost)),
          _log(log)
    {
    }

    std::unique_ptr<ConsumerNote> attach(const ServiceConsumer& consumer) override;
    void detach(ConsumerNote* note) noexcept override;
    zoco_operation resolve(ConsumerNote* note, std::string_view operation,
                           std::span<const std::string_view> params) override;
    zoco_status call(ConsumerNote* note, const ServiceCall& call, const ServiceSink& sink) override;

private:
    CallOutcome run(std::string_view consumer, std::span<const BoundStep> steps, const ServiceCall& call,
                    std::int64_t nowNs, const ServiceSink& sink);
    void noteEvents(std::span<const BoundStep> steps);
    zoco_status refuse(const std::string& why, const ServiceCall& call, const ServiceSink& sink) const;
    void logFailure(const CallOutcome& outcome, const Operation& operation, const ServiceCall& call) const;

    Engine& _engine;
    CatalogueDirectory& _directory;
    const std::int64_t _timeoutNs;
    const SlowLog _slow;
    const std::function<void()> _tellHost;
    std::atomic<bool> _isHostTold{false}; ///< since it last looked
    Log _log;
};

} // namespace zoco::gestorbbdd
