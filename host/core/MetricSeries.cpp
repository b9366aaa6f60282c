#include "MetricSeries.h"

#include <sched.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <thread>

namespace zoco::host
{

namespace
{

constexpr std::size_t kMostParts = 16;

std::size_t partsFor(std::uint32_t kind)
{
    if (kind == ZOCO_GAUGE) return 1;
    return std::min(kMostParts, std::bit_ceil(std::size_t{std::max(1u, std::thread::hardware_concurrency())}));
}

/// Where this thread counts: threads that run at the same time have different processors.
std::size_t here(std::size_t parts) noexcept
{
    const auto processor = ::sched_getcpu();
    return processor < 0 ? 0 : static_cast<std::size_t>(processor) & (parts - 1);
}

const char* typeName(std::uint32_t kind)
{
    if (kind == ZOCO_COUNTER) return "counter";
    return kind == ZOCO_GAUGE ? "gauge" : "histogram";
}

} // namespace

bool MetricFamily::isLike(const MetricFamily& other) const
{
    return name == other.name && kind == other.kind && labels == other.labels && bounds == other.bounds;
}

MetricSeries::MetricSeries(std::shared_ptr<const MetricFamily> family, MetricLabels labels)
    : _family(std::move(family)),
      _labels(std::move(labels)),
      _parts(partsFor(_family->kind)),
      _linesEach(_family->kind == ZOCO_HISTOGRAM ? (_family->bounds.size() + 2 + 7) / 8 : 1),
      _lines(_parts * _linesEach)
{
}

bool MetricSeries::add(double by) noexcept
{
    const auto kind = _family->kind;
    if (!std::isfinite(by) || kind == ZOCO_HISTOGRAM || (kind == ZOCO_COUNTER && by < 0)) return false;
    cell(here(_parts), 0).fetch_add(by, std::memory_order_relaxed);
    return true;
}

bool MetricSeries::set(double value) noexcept
{
    if (!std::isfinite(value) || _family->kind != ZOCO_GAUGE) return false;
    cell(0, 0).store(value, std::memory_order_relaxed);
    _isSet.store(true, std::memory_order_release); // after the value: who takes it sees that one or a later one
    return true;
}

bool MetricSeries::grow(std::size_t index, double by) noexcept
{
    const auto kind = _family->kind;
    const bool onlyGrows = kind == ZOCO_COUNTER || (kind == ZOCO_HISTOGRAM && index > 0);
    if (index >= width() || !std::isfinite(by) || (onlyGrows && by < 0)) return false;
    cell(here(_parts), index).fetch_add(by, std::memory_order_relaxed);
    return true;
}

bool MetricSeries::observe(double value) noexcept
{
    if (!std::isfinite(value) || _family->kind != ZOCO_HISTOGRAM) return false;
    const auto& bounds = _family->bounds;
    const auto bucket =
        static_cast<std::size_t>(std::lower_bound(bounds.begin(), bounds.end(), value) - bounds.begin());
    const auto part = here(_parts);
    cell(part, 0).fetch_add(value, std::memory_order_relaxed);
    cell(part, 1 + bucket).fetch_add(1, std::memory_order_relaxed);
    return true;
}

double MetricSeries::total(std::size_t index) const noexcept
{
    double out = 0;
    for (std::size_t part = 0; part < _parts; ++part)
        out += _lines[part * _linesEach + index / 8].cells[index % 8].load(std::memory_order_relaxed);
    return out;
}

double MetricSeries::value() const noexcept { return total(0); }

double MetricSeries::count() const noexcept
{
    double out = 0;
    for (std::size_t bucket = 0; bucket <= _family->bounds.size(); ++bucket) out += total(1 + bucket);
    return out;
}

void MetricSeries::writeFamily(MetricText& text) const
{
    text.family(_family->name, typeName(_family->kind), _family->help);
}

void MetricSeries::write(MetricText& text) const
{
    if (_family->kind != ZOCO_HISTOGRAM) return text.sample("", _labels, value());
    double below = 0;
    for (std::size_t bucket = 0; bucket < _family->bounds.size(); ++bucket)
    {
        below += total(1 + bucket);
        text.bucket(_labels, _family->bounds[bucket], below);
    }
    below += total(1 + _family->bounds.size());
    text.bucket(_labels, HUGE_VAL, below);
    text.sample("_sum", _labels, value());
    text.sample("_count", _labels, below); // the same as the last bucket, even while others count
}

} // namespace zoco::host
