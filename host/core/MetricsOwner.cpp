#include "MetricsOwner.h"

#include "zoco/Problem.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <initializer_list>
#include <utility>

namespace zoco::host
{

namespace
{

constexpr std::size_t kLongestName = 60, kLongestLabel = 40, kLongestValue = 100;
constexpr std::uint32_t kMostLabels = 6, kMostBounds = 40;

bool isWord(std::string_view word, std::size_t limit)
{
    return !word.empty() && word.size() <= limit && word[0] >= 'a' && word[0] <= 'z' &&
           word.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
}

/// Empty: the name is good.
std::string nameFault(std::string_view name, std::uint32_t kind)
{
    if (!isWord(name, kLongestName)) return "its name must be [a-z][a-z0-9_]*, at most 60 long";
    if (kind == ZOCO_COUNTER) return name.ends_with("_total") ? "" : "the name of a counter ends in _total";
    for (const std::string_view ending : {"_total", "_bucket", "_sum", "_count"})
        if (name.ends_with(ending)) return "the name of a gauge or histogram does not end in " + std::string(ending);
    return {};
}

std::string labelFault(const zoco_metric& metric)
{
    if (metric.label_count > kMostLabels) return "it has more than 6 labels";
    for (std::uint32_t i = 0; i < metric.label_count; ++i)
    {
        const auto name = view(metric.labels[i].name);
        if (!isWord(name, kLongestLabel) || name == "le") return "bad label name '" + std::string(name) + "'";
        if (metric.labels[i].value.size > kLongestValue)
            return "the value of label " + std::string(name) + " is too long";
        for (std::uint32_t k = 0; k < i; ++k)
            if (view(metric.labels[k].name) == name) return "label " + std::string(name) + " stands there twice";
    }
    return {};
}

std::string boundFault(const zoco_metric& metric)
{
    if (metric.bound_count == 0) return {};
    if (metric.kind != ZOCO_HISTOGRAM) return "only a histogram has bounds";
    if (metric.bound_count > kMostBounds) return "it has more than 40 bounds";
    for (std::uint32_t i = 0; i < metric.bound_count; ++i)
        if (!std::isfinite(metric.bounds[i]) || (i > 0 && !(metric.bounds[i - 1] < metric.bounds[i])))
            return "its bounds must be finite and grow";
    return {};
}

std::string faultOf(const zoco_metric& metric)
{
    if (metric.kind < ZOCO_COUNTER || metric.kind > ZOCO_HISTOGRAM) return "its kind is not known";
    if (metric.help == nullptr) return "it has no help";
    for (auto fault : {nameFault(metric.name, metric.kind), labelFault(metric), boundFault(metric)})
        if (!fault.empty()) return fault;
    return {};
}

} // namespace

MetricsOwner::MetricsOwner(Metrics& metrics, std::string pluginId) : _metrics(metrics), _plugin(std::move(pluginId)) {}

std::string MetricsOwner::prefix(std::string pluginId)
{
    std::replace(pluginId.begin(), pluginId.end(), '-', '_');
    return "zoco_plugin_" + pluginId + "_";
}

MetricSeries* MetricsOwner::declare(const zoco_metric& raw, zoco_status& status, std::string& reason)
{
    zoco_metric metric{}; // the tail that an older plugin does not know stays zero
    std::memcpy(&metric, &raw, std::min<std::size_t>(raw.struct_size, sizeof metric));
    const auto refuse = [&](zoco_status code, const std::string& why) -> MetricSeries*
    {
        status = code;
        reason = "metric '" + std::string(metric.name == nullptr ? "" : metric.name) + "': " + why;
        return nullptr;
    };
    if (metric.name == nullptr) return refuse(ZOCO_E_INVALID, "it has no name");
    if (const auto fault = faultOf(metric); !fault.empty()) return refuse(ZOCO_E_INVALID, fault);
    if (_series.size() >= kMostSeries) return refuse(ZOCO_E_UNAVAILABLE, "the plugin has 1,000 series already");

    MetricFamily family{prefix(_plugin) + metric.name, metric.kind, metric.help, {}, {}};
    if (metric.kind == ZOCO_HISTOGRAM)
        family.bounds = metric.bound_count == 0 ? Metrics::durationBounds()
                                                : std::vector(metric.bounds, metric.bounds + metric.bound_count);
    MetricLabels labels;
    for (std::uint32_t i = 0; i < metric.label_count; ++i)
    {
        labels.emplace_back(view(metric.labels[i].name), view(metric.labels[i].value));
        family.labels.emplace_back(labels.back().first);
    }
    for (const auto& own : _series)
    {
        if (own->family()->name != family.name) continue;
        if (!own->family()->isLike(family))
            return refuse(ZOCO_E_INVALID, "its series differ in kind, labels or bounds");
        if (own->labels() == labels) return refuse(ZOCO_E_INVALID, "it is declared twice");
    }
    auto series = _metrics.declare(_plugin, std::move(family), std::move(labels));
    if (series == nullptr) return refuse(ZOCO_E_INVALID, "its name is another plugin's");
    _series.push_back(std::move(series));
    status = ZOCO_OK;
    return _series.back().get();
}

} // namespace zoco::host
