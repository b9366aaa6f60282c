#pragma once

#include "core/Metrics.h"

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>

namespace zoco::host
{

/// The figures of one plugin's requests. [any-thread]
class RequestMeter
{
public:
    RequestMeter(Metrics& metrics, const std::string& plugin);

    /// An answer with `status`, `durationNs` after its request had arrived.
    void count(int status, std::int64_t durationNs) const noexcept;
    /// The answer to what was refused before it was a request.
    void countRefused(int status) const noexcept;

private:
    std::array<std::shared_ptr<MetricSeries>, 5> _byClass; ///< 1xx to 5xx
    std::shared_ptr<MetricSeries> _duration;
};

/// A meter for each plugin that ever had routes; "host" for the host's own, files and refusals. One thread at a time;
/// the meters live as long as this.
class RequestMeters
{
public:
    /// `metrics` outlives it.
    explicit RequestMeters(Metrics& metrics) : _metrics(metrics) {}

    const RequestMeter& of(const std::string& plugin);

private:
    Metrics& _metrics;
    std::map<std::string, RequestMeter> _meters;
};

} // namespace zoco::host
