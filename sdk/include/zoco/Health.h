#pragma once

#include "zoco/abi/health.h"

#include <cstdint>
#include <string>
#include <utility>

namespace zoco
{

/// How a plugin is, with the reason that operators read when it is not simply good.
class Health
{
public:
    enum class State : std::uint32_t
    {
        Good = ZOCO_HEALTH_GOOD,
        Degraded = ZOCO_HEALTH_DEGRADED,
        Bad = ZOCO_HEALTH_BAD
    };

    static Health good() { return {State::Good, {}}; }
    /// Serves, with this reservation.
    static Health degraded(std::string reason) { return {State::Degraded, std::move(reason)}; }
    /// A new generation is not made current; a current one makes /readyz answer 503.
    static Health bad(std::string reason) { return {State::Bad, std::move(reason)}; }

    State state() const noexcept { return _state; }
    const std::string& reason() const noexcept { return _reason; }

private:
    Health(State state, std::string reason) : _state(state), _reason(std::move(reason)) {}

    State _state;
    std::string _reason;
};

} // namespace zoco
