#include "Engine.h"

namespace zoco::gestorbbdd
{

CallOutcome replayAll(std::span<const StepResult> results, const ServiceSink& sink)
{
    for (std::uint32_t i = 0; i < results.size(); ++i)
        if (const auto status = results[i].replay(sink, i); status < 0) return {status, i, 0, true};
    return {};
}

} // namespace zoco::gestorbbdd
