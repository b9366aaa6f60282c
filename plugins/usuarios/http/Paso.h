#pragma once

#include "cifra/ClaveLane.h"
#include "zoco/Http.h"
#include "zoco/Log.h"

#include <functional>
#include <utility>
#include <variant>

namespace usuarios
{

/// A request that waits for a password to be compared or hashed, and how it goes on then.
struct Pendiente
{
    TrabajoClave trabajo;
    std::function<zoco::Reply(const zoco::Request&, const ResultadoClave&)> termina;
};

/// What the first half of such a request comes to: an answer, or the work and the second half.
class Paso
{
public:
    Paso(zoco::Reply reply) : _state(std::move(reply)) {}
    Paso(zoco::Problem problem) : _state(zoco::Reply(std::move(problem))) {}
    Paso(Pendiente pending) : _state(std::move(pending)) {}

    bool isAnswer() const noexcept { return _state.index() == 0; }
    zoco::Reply& answer() { return std::get<0>(_state); }
    Pendiente& pending() { return std::get<1>(_state); }

private:
    std::variant<zoco::Reply, Pendiente> _state;
};

/// Runs the first half here, the password's work in the lane (full: 503 with Retry-After), and the second half on a
/// thread of the plugin, which answers.
void runSteps(const zoco::Request& request, zoco::Responder responder,
              const std::function<Paso(const zoco::Request&)>& first, ClaveLane& lane, const zoco::Log& log);

} // namespace usuarios
