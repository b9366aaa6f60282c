#pragma once

#include "AttachedConsumer.h"
#include "engine/Engine.h"
#include "zoco/Provider.h"

#include <cstdint>

namespace zoco::gestorbbdd
{

/// The service zoco.data/1: takes in a consumer's migrations and operations, and runs its calls on the engine.
class DataProvider final : public Provider
{
public:
    /// `timeoutMs`: limit of a call that has no deadline.
    DataProvider(Engine& engine, CatalogueDirectory& directory, std::int64_t timeoutMs, Log log)
        : Provider(log), _engine(engine), _directory(directory), _timeoutNs(timeoutMs * 1'000'000), _log(log)
    {
    }

    std::unique_ptr<ConsumerNote> attach(const ServiceConsumer& consumer) override;
    void detach(ConsumerNote* note) noexcept override;
    zoco_operation resolve(ConsumerNote* note, std::string_view operation,
                           std::span<const std::string_view> params) override;
    zoco_status call(ConsumerNote* note, const ServiceCall& call, const ServiceSink& sink) override;

private:
    CallOutcome run(std::string_view consumer, std::span<const BoundStep> steps, const ServiceCall& call,
                    const ServiceSink& sink);
    zoco_status refuse(const std::string& why, const ServiceCall& call, const ServiceSink& sink) const;
    void logFailure(const CallOutcome& outcome, const Operation& operation, const ServiceCall& call) const;

    Engine& _engine;
    CatalogueDirectory& _directory;
    const std::int64_t _timeoutNs;
    Log _log;
};

} // namespace zoco::gestorbbdd
