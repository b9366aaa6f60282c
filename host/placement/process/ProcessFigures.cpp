#include "ProcessFigures.h"

#include "zoco/Problem.h"

#include <limits>
#include <utility>

namespace zoco::host
{

namespace
{

/// A declared series in a frame's payload, with the memory that its views need.
struct WireMetric
{
    std::string name;
    std::string help;
    std::vector<zoco_pair> labels;
    std::vector<double> bounds;
    zoco_metric raw{};

    WireMetric(Unpacker& in, std::string_view prefix)
    {
        const auto kind = static_cast<std::uint32_t>(in.number(ZOCO_HISTOGRAM));
        name = in.text();
        if (!name.starts_with(prefix)) throw MalformedFrame("a metric that is not its own");
        name.erase(0, prefix.size());
        help = in.text();
        for (auto left = in.list(); left > 0; --left)
        {
            const auto label = in.str();
            labels.push_back({label, in.str()});
        }
        for (auto left = in.list(); left > 0; --left) bounds.push_back(in.real());
        constexpr auto kMost = std::numeric_limits<std::uint16_t>::max(); // the rules allow far fewer
        if (labels.size() > kMost || bounds.size() > kMost) throw MalformedFrame("a metric is too long");
        raw = {sizeof raw,
               kind,
               name.c_str(),
               help.c_str(),
               labels.data(),
               static_cast<std::uint32_t>(labels.size()),
               static_cast<std::uint32_t>(bounds.size()),
               bounds.data()};
    }
    WireMetric(const WireMetric&) = delete;
    WireMetric& operator=(const WireMetric&) = delete;
};

} // namespace

ProcessFigures::ProcessFigures(Metrics& metrics, std::string pluginId)
    : _prefix(MetricsOwner::prefix(pluginId)), _owner(metrics, std::move(pluginId))
{
}

bool ProcessFigures::declare(Unpacker& in, std::string& reason)
{
    const auto count = in.list();
    bool isGood = !_isDeclared || count == _held.size();
    for (std::size_t i = 0; i < count; ++i)
    {
        const WireMetric metric(in, _prefix);
        if (isGood) isGood = _isDeclared ? isSame(i, metric.raw) : declareOne(metric.raw, reason);
    }
    if (!isGood && _isDeclared) reason = "it declared other metrics than before";
    if (isGood) _isDeclared = true;
    return isGood;
}

bool ProcessFigures::declareOne(const zoco_metric& metric, std::string& reason)
{
    zoco_status status = ZOCO_OK;
    if (_owner.declare(metric, status, reason) == nullptr) return false;
    _held.push_back({_owner.series().back()});
    return true;
}

bool ProcessFigures::isSame(std::size_t index, const zoco_metric& metric) const
{
    const auto& series = *_held[index].series;
    const auto& family = *series.family();
    MetricLabels labels;
    for (std::uint32_t i = 0; i < metric.label_count; ++i)
        labels.emplace_back(view(metric.labels[i].name), view(metric.labels[i].value));
    return family.kind == metric.kind && family.name == _prefix + metric.name && series.labels() == labels &&
           family.bounds == std::vector(metric.bounds, metric.bounds + metric.bound_count);
}

void ProcessFigures::take(Unpacker& frame)
{
    while (!frame.isAtEnd())
    {
        const auto index = frame.number();
        if (index >= _held.size()) throw MalformedFrame("a metric that it did not declare");
        auto& held = _held[index];
        const bool isSet = frame.boolean();
        for (auto left = frame.list(); left > 0; --left)
        {
            const auto figure = frame.number();
            takeOne(held, isSet, figure, frame.real());
        }
    }
}

void ProcessFigures::takeOne(Held& held, bool isSet, std::size_t figure, double by)
{
    auto& series = *held.series;
    if (!(isSet ? series.set(by) : series.grow(figure, by))) throw MalformedFrame("a figure that cannot be");
    held.added = isSet ? 0 : held.added + by;
}

void ProcessFigures::forget()
{
    for (auto& held : _held)
        if (held.series->family()->kind == ZOCO_GAUGE) (void)held.series->grow(0, -std::exchange(held.added, 0));
}

} // namespace zoco::host
