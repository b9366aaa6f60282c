#include "HostedFigures.h"

#include "core/Clock.h"

namespace zoco::host
{

namespace
{
constexpr std::int64_t kEveryNs = 1'000'000'000;
} // namespace

void HostedFigures::begin(const std::vector<std::shared_ptr<MetricSeries>>& series, Packer& out)
{
    out.list(series.size());
    const std::lock_guard lock(_mutex);
    for (const auto& one : series)
    {
        const auto& family = *one->family();
        out.number(family.kind).text(family.name).text(family.help).list(one->labels().size());
        for (const auto& [name, value] : one->labels()) out.text(name).text(value);
        out.list(family.bounds.size());
        for (const auto bound : family.bounds) out.real(bound);
        _told.push_back({one, std::vector<double>(one->width(), 0.0)});
    }
    if (!_told.empty()) waitForNext();
}

void HostedFigures::waitForNext() { (void)_timers.add(steadyNs() + kEveryNs, {&onTimer, this}); }

void HostedFigures::onTimer(void* context)
{
    auto& self = *static_cast<HostedFigures*>(context);
    self.flush();
    self.waitForNext();
}

void HostedFigures::flush() noexcept
try
{
    const std::lock_guard lock(_mutex); // also of the order in which frames are sent
    auto out = frame(Frame::Figures, 0);
    bool isNews = false;
    for (std::size_t i = 0; i < _told.size(); ++i)
    {
        auto& told = _told[i];
        const bool isSet = told.series->takeIsSet(); // before its value is read
        bool hasChanged = isSet;
        for (std::size_t k = 0; k < told.figures.size(); ++k)
            hasChanged = hasChanged || told.series->figure(k) != told.figures[k];
        if (hasChanged) pack(out, i, told, isSet);
        isNews = isNews || hasChanged;
    }
    if (isNews) (void)_peer.send(out.finish());
}
catch (...)
{
    // No memory for the frame: the figures since the last one are lost.
}

/// A gauge that was set goes as it is; everything else as what was added since.
void HostedFigures::pack(Packer& out, std::size_t index, Told& told, bool isSet)
{
    out.number(index).boolean(isSet);
    std::size_t count = 0;
    std::vector<double> now;
    for (std::size_t k = 0; k < told.figures.size(); ++k)
    {
        now.push_back(told.series->figure(k));
        if (isSet || now[k] != told.figures[k]) ++count;
    }
    out.list(count);
    for (std::size_t k = 0; k < now.size(); ++k)
        if (isSet || now[k] != told.figures[k]) out.number(k).real(isSet ? now[k] : now[k] - told.figures[k]);
    told.figures = std::move(now);
}

} // namespace zoco::host
