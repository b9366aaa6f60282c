#include "Metrics.h"

#include <algorithm>
#include <stdexcept>

namespace zoco::host
{

const std::vector<double>& Metrics::durationBounds()
{
    static const std::vector<double> kBounds = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                0.1,    0.25,  0.5,    1,     2.5,  5,     10};
    return kBounds;
}

std::shared_ptr<MetricSeries> Metrics::declare(MetricFamily family, MetricLabels labels)
{
    const auto name = family.name;
    auto out = declare(std::string(), std::move(family), std::move(labels));
    if (out == nullptr) throw std::invalid_argument("the metric " + name + " is a plugin's");
    return out;
}

void Metrics::collect(Collector collector)
{
    const std::lock_guard lock(_mutex);
    _collectors.push_back(std::move(collector));
}

/// Versions and series that nobody holds any more.
void Metrics::forgetEnded(std::vector<Shown>& versions)
{
    for (auto& version : versions) std::erase_if(version.series, [](const auto& s) { return s.second.expired(); });
    std::erase_if(versions, [](const Shown& version) { return version.series.empty(); });
}

std::shared_ptr<MetricSeries> Metrics::declare(const std::string& owner, MetricFamily family, MetricLabels labels)
{
    const std::lock_guard lock(_mutex);
    auto& versions = _families[family.name];
    forgetEnded(versions);
    if (!versions.empty() && versions.front().owner != owner) return nullptr;
    auto found = std::find_if(versions.begin(), versions.end(),
                              [&](const Shown& version) { return version.family->isLike(family); });
    if (found == versions.end())
        found = versions.insert(versions.end(), {owner, std::make_shared<MetricFamily>(std::move(family)), {}});
    auto& held = found->series[labels];
    if (auto living = held.lock()) return living;
    auto series = std::make_shared<MetricSeries>(found->family, std::move(labels));
    held = series;
    return series;
}

std::string Metrics::text() const
{
    MetricText text;
    const std::lock_guard lock(_mutex);
    for (const auto& collector : _collectors) collector(text);
    for (const auto& [name, versions] : _families)
    {
        std::vector<std::shared_ptr<MetricSeries>> living;
        for (auto version = versions.rbegin(); version != versions.rend() && living.empty(); ++version)
            for (const auto& [labels, series] : version->series)
                if (auto held = series.lock()) living.push_back(std::move(held));
        if (living.empty()) continue;
        living.front()->writeFamily(text);
        for (const auto& series : living) series->write(text);
    }
    return text.take();
}

} // namespace zoco::host
