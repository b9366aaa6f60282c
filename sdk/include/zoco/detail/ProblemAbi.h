#pragma once

#include "Barrier.h"
#include "zoco/Problem.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace zoco::detail
{

/// A Problem as it crosses. Its views are those of the Problem, which outlives it.
class ProblemAbi
{
public:
    explicit ProblemAbi(const Problem& p)
    {
        _errors.reserve(p.errors.size());
        for (const auto& e : p.errors) _errors.push_back({str(e.pointer), str(e.detail)});
        _raw = {sizeof(zoco_problem),
                p.status,
                str(p.slug),
                str(p.title),
                str(p.detail),
                _errors.data(),
                static_cast<std::uint32_t>(_errors.size()),
                static_cast<std::uint64_t>(std::max<std::int64_t>(0, p.retryAfter.count()))};
    }
    ProblemAbi(const ProblemAbi&) = delete;
    ProblemAbi& operator=(const ProblemAbi&) = delete;

    const zoco_problem* raw() const noexcept { return &_raw; }

private:
    std::vector<zoco_pair> _errors;
    zoco_problem _raw{};
};

/// Seconds; 0: none, or its maker does not know of it. What is longer than a year is a year.
inline std::uint64_t retryAfter(const zoco_problem& raw) noexcept
{
    constexpr std::uint64_t kYear = 365ull * 86'400;
    return has(&raw, &zoco_problem::retry_after) ? std::min(raw.retry_after, kYear) : 0;
}

/// What crossed, as a Problem of its own.
inline Problem toProblem(const zoco_problem& raw)
{
    Problem out{
        raw.status, std::string(view(raw.slug)), std::string(view(raw.title)), std::string(view(raw.detail)), {}};
    for (std::uint32_t i = 0; i < raw.error_count; ++i)
        out.errors.push_back({std::string(view(raw.errors[i].name)), std::string(view(raw.errors[i].value))});
    out.retryAfter = std::chrono::seconds(retryAfter(raw));
    return out;
}

} // namespace zoco::detail
