#pragma once

#include "zoco/Metrics.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace zoco::testing
{

/// zoco.metrics/1 that keeps the figures, by the name that the plugin gave. Updates are [any-thread].
class FakeMetrics
{
public:
    using Labels = std::map<std::string, std::string>;

    FakeMetrics() : _table{sizeof(zoco_metrics), this, &declare, &add, &set, &observe} {}
    FakeMetrics(const FakeMetrics&) = delete;
    FakeMetrics& operator=(const FakeMetrics&) = delete;

    const zoco_metrics* raw() const noexcept { return &_table; }

    bool has(const std::string& name, const Labels& labels = {}) const
    {
        return _series.find({name, labels}) != _series.end();
    }
    /// Of a counter or gauge. Throws std::out_of_range when it was not declared.
    double value(const std::string& name, const Labels& labels = {}) const { return read(name, labels, ZOCO_NULL).sum; }
    /// What a histogram observed, in order. Throws std::out_of_range when there is none.
    std::vector<double> observed(const std::string& name, const Labels& labels = {}) const
    {
        return read(name, labels, ZOCO_HISTOGRAM).observed;
    }

private:
    struct State
    {
        double sum = 0;
        std::vector<double> observed;
    };
    /// What a plugin's handle points to.
    struct Kept
    {
        std::uint32_t kind = 0;
        FakeMetrics* owner = nullptr;
        State state;
    };
    using Key = std::pair<std::string, Labels>;

    State read(const std::string& name, const Labels& labels, std::uint32_t kind) const
    {
        const auto& kept = _series.at({name, labels});
        if ((kind == ZOCO_HISTOGRAM) != (kept.kind == ZOCO_HISTOGRAM))
            throw std::out_of_range(name + " is of another kind");
        const std::lock_guard lock(_mutex);
        return kept.state;
    }

    static bool isWord(std::string_view word, std::size_t limit)
    {
        return !word.empty() && word.size() <= limit && word[0] >= 'a' && word[0] <= 'z' &&
               word.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == word.npos;
    }

    static bool isNameGood(std::string_view name, std::uint32_t kind)
    {
        const auto hasOneOf = [name](std::initializer_list<std::string_view> endings)
        { return std::any_of(endings.begin(), endings.end(), [name](auto e) { return name.ends_with(e); }); };
        if (!isWord(name, 60) || kind < ZOCO_COUNTER || kind > ZOCO_HISTOGRAM) return false;
        return kind == ZOCO_COUNTER ? hasOneOf({"_total"}) : !hasOneOf({"_total", "_bucket", "_sum", "_count"});
    }

    static bool areBoundsGood(const zoco_metric& metric)
    {
        if (metric.bound_count > 40 || (metric.bound_count > 0 && metric.kind != ZOCO_HISTOGRAM)) return false;
        const auto end = metric.bounds + metric.bound_count;
        return std::adjacent_find(metric.bounds, end, [](double a, double b) { return !(a < b); }) == end;
    }

    static zoco_status declare(void* self, const zoco_metric* metric, zoco_series** out)
    {
        auto& fake = *static_cast<FakeMetrics*>(self);
        if (metric->name == nullptr || metric->help == nullptr || !isNameGood(metric->name, metric->kind) ||
            !areBoundsGood(*metric) || metric->label_count > 6)
            return ZOCO_E_INVALID;
        Labels labels;
        for (uint32_t i = 0; i < metric->label_count; ++i)
        {
            const auto name = view(metric->labels[i].name), value = view(metric->labels[i].value);
            if (!isWord(name, 40) || name == "le" || value.size() > 100 || !labels.emplace(name, value).second)
                return ZOCO_E_INVALID;
        }
        const auto [at, isNew] = fake._series.try_emplace({metric->name, labels});
        if (!isNew) return ZOCO_E_INVALID;
        at->second.kind = metric->kind;
        at->second.owner = &fake;
        *out = reinterpret_cast<zoco_series*>(&at->second);
        return ZOCO_OK;
    }

    /// Runs `change` on the state of a series of one of these kinds.
    template <class Change>
    static zoco_status update(zoco_series* series, double value, std::initializer_list<std::uint32_t> kinds,
                              Change&& change)
    {
        auto* const kept = reinterpret_cast<Kept*>(series);
        if (kept == nullptr || !std::isfinite(value) ||
            std::find(kinds.begin(), kinds.end(), kept->kind) == kinds.end())
            return ZOCO_E_INVALID;
        const std::lock_guard lock(kept->owner->_mutex);
        change(kept->state);
        return ZOCO_OK;
    }
    static zoco_status add(zoco_series* series, double by)
    {
        const auto* const kept = reinterpret_cast<Kept*>(series);
        if (kept != nullptr && kept->kind == ZOCO_COUNTER && by < 0) return ZOCO_E_INVALID;
        return update(series, by, {ZOCO_COUNTER, ZOCO_GAUGE}, [by](State& s) { s.sum += by; });
    }
    static zoco_status set(zoco_series* series, double value)
    {
        return update(series, value, {ZOCO_GAUGE}, [value](State& s) { s.sum = value; });
    }
    static zoco_status observe(zoco_series* series, double value)
    {
        return update(series, value, {ZOCO_HISTOGRAM}, [value](State& s) { s.observed.push_back(value); });
    }

    zoco_metrics _table;
    std::map<Key, Kept> _series;
    mutable std::mutex _mutex; ///< of the figures
};

} // namespace zoco::testing
