#include "SlowLog.h"

#include <cstddef>
#include <string>

namespace zoco::gestorbbdd
{

namespace
{

constexpr std::size_t kMaxNames = 8; ///< of a group; an import has thousands of steps

/// "catalogo.crear x500, catalogo.contar": the operations in their order, repeated ones once.
std::string namesOf(std::span<const BoundStep> steps)
{
    std::string out;
    std::size_t names = 0;
    for (std::size_t i = 0; i < steps.size();)
    {
        if (names++ == kMaxNames) return out + ", ...";
        const auto begin = i;
        while (i < steps.size() && steps[i].operation == steps[begin].operation) ++i;
        out += (out.empty() ? "" : ", ") + steps[begin].operation->fullName;
        if (i - begin > 1) out += " x" + std::to_string(i - begin);
    }
    return out;
}

} // namespace

void SlowLog::warn(const Call& call) const
{
    _log.warning("slow call", {{"operations", namesOf(call.steps)},
                               {"plugin", call.plugin},
                               {"milliseconds", call.nanoseconds / 1'000'000},
                               {"rows", call.rows},
                               {"status", call.status},
                               {"request_id", call.requestId}});
}

} // namespace zoco::gestorbbdd
