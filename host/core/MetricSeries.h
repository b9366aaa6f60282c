#pragma once

#include "MetricText.h"
#include "zoco/abi/metrics.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace zoco::host
{

/// What the series of one name have in common. A value, immutable once it is shared.
struct MetricFamily
{
    std::string name; ///< as operators see it
    std::uint32_t kind = ZOCO_COUNTER;
    std::string help;
    std::vector<std::string> labels; ///< their names
    std::vector<double> bounds;      ///< of a histogram, growing, without the last one for everything

    /// Whether both may be one family: all but the help.
    bool isLike(const MetricFamily& other) const;
};

/// The figures of one series. Updates go to the part of the processor that runs them, so that threads do not wait for
/// each other's cache lines; a reader adds the parts up. Updates and reads [any-thread], without lock or allocation.
class MetricSeries
{
public:
    MetricSeries(std::shared_ptr<const MetricFamily> family, MetricLabels labels);

    const std::shared_ptr<const MetricFamily>& family() const noexcept { return _family; }
    const MetricLabels& labels() const noexcept { return _labels; }

    /// False, and nothing happens: not for this kind, not finite, or less than 0 for a counter.
    bool add(double by) noexcept;
    bool set(double value) noexcept;
    bool observe(double value) noexcept;

    /// The sum of what was added or observed.
    double value() const noexcept;
    /// How many values were observed.
    double count() const noexcept;
    /// The lines that stand once before all series of the family.
    void writeFamily(MetricText& text) const;
    void write(MetricText& text) const;

    // For a series whose figures are those of one in another process.
    /// How many figures it consists of: the sum, then a histogram's buckets.
    std::size_t width() const noexcept { return _family->kind == ZOCO_HISTOGRAM ? _family->bounds.size() + 2 : 1; }
    /// One of them; `index` is below the width.
    double figure(std::size_t index) const noexcept { return total(index); }
    /// Adds to one of them. False, and nothing happens: there is none, `by` is not finite, or less than 0 for what only
    /// grows.
    bool grow(std::size_t index, double by) noexcept;
    /// Whether a gauge has been set since this was last asked.
    bool takeIsSet() noexcept { return _isSet.exchange(false); }

private:
    using Cell = std::atomic<double>;

    /// First the sum, then the buckets of a histogram.
    Cell& cell(std::size_t part, std::size_t index) noexcept
    {
        return _lines[part * _linesEach + index / 8].cells[index % 8];
    }
    double total(std::size_t index) const noexcept;

    struct alignas(64) Line
    {
        Cell cells[8]{};
    };

    std::shared_ptr<const MetricFamily> _family;
    MetricLabels _labels;
    std::size_t _parts; ///< a power of two; 1 for a gauge, which is set as a whole
    std::size_t _linesEach;
    std::vector<Line> _lines;
    std::atomic<bool> _isSet{false};
};

} // namespace zoco::host
