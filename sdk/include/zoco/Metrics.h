#pragma once

#include "Problem.h"
#include "zoco/abi/metrics.h"

#include <chrono>
#include <initializer_list>
#include <string>
#include <string_view>

namespace zoco
{

/// A label of a series. Borrowed until it is declared.
struct Label : zoco_pair
{
    Label(std::string_view n, std::string_view v) noexcept : zoco_pair{str(n), str(v)} {}
};

static_assert(sizeof(Label) == sizeof(zoco_pair));

/// A declared series. Copies are the same series; one made from nothing counts nowhere. [any-thread], never waits.
class Series
{
public:
    Series() = default;
    Series(const zoco_metrics* table, zoco_series* series) noexcept : _table(table), _series(series) {}

protected:
    const zoco_metrics* _table = nullptr;
    zoco_series* _series = nullptr;
};

/// Only grows.
class Counter : public Series
{
public:
    using Series::Series;
    /// Not negative.
    void add(double by = 1) const noexcept
    {
        if (_table != nullptr) (void)_table->add(_series, by);
    }
};

/// Goes up and down.
class Gauge : public Series
{
public:
    using Series::Series;
    void set(double value) const noexcept
    {
        if (_table != nullptr) (void)_table->set(_series, value);
    }
    void add(double by) const noexcept
    {
        if (_table != nullptr) (void)_table->add(_series, by);
    }
};

/// How values are spread.
class Histogram : public Series
{
public:
    using Series::Series;
    void observe(double value) const noexcept
    {
        if (_table != nullptr) (void)_table->observe(_series, value);
    }
    /// In seconds.
    template <class Rep, class Period>
    void observe(std::chrono::duration<Rep, Period> time) const noexcept
    {
        observe(std::chrono::duration<double>(time).count());
    }
};

/// Figures for operators, as zoco_plugin_<id>_<name> at GET /metrics. Every series is declared in init [lifecycle]; a
/// name that breaks a rule of zoco/abi/metrics.h throws ProblemException and so fails the step.
class Metrics
{
public:
    using Labels = std::initializer_list<Label>;

    explicit Metrics(const zoco_metrics* table) noexcept : _table(table) {}

    /// The name ends in "_total".
    Counter counter(const char* name, const char* help, Labels labels = {}) const
    {
        return {_table, declare(ZOCO_COUNTER, name, help, labels, {})};
    }
    Gauge gauge(const char* name, const char* help, Labels labels = {}) const
    {
        return {_table, declare(ZOCO_GAUGE, name, help, labels, {})};
    }
    /// `bounds` grow; without them the host's own, for durations in seconds.
    Histogram histogram(const char* name, const char* help, Labels labels = {},
                        std::initializer_list<double> bounds = {}) const
    {
        return {_table, declare(ZOCO_HISTOGRAM, name, help, labels, bounds)};
    }

private:
    zoco_series* declare(std::uint32_t kind, const char* name, const char* help, Labels labels,
                         std::initializer_list<double> bounds) const
    {
        const zoco_metric raw{sizeof(zoco_metric),
                              kind,
                              name,
                              help,
                              labels.begin(),
                              static_cast<std::uint32_t>(labels.size()),
                              static_cast<std::uint32_t>(bounds.size()),
                              bounds.begin()};
        zoco_series* out = nullptr;
        const auto status = _table->declare(_table->self, &raw, &out);
        if (status != ZOCO_OK)
            throw ProblemException(
                {500, "bad-metric", "The host refused the metric " + std::string(name), "", {}, status});
        return out;
    }

    const zoco_metrics* _table;
};

} // namespace zoco
