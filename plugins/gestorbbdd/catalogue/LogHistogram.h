#pragma once

#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace zoco::gestorbbdd
{

/// How values spread, in constant memory and without a lock: below 8 each value has its own count, above it every
/// power of two is cut in eight, so that a quantile is at most 6.25 % off. [any-thread]
class LogHistogram
{
public:
    /// Negative ones count as 0, those of 2^32 and more as the highest.
    void add(std::int64_t value) noexcept { _counts[indexOf(value)].fetch_add(1, std::memory_order_relaxed); }

    /// The value that this part of all (0 to 1) does not exceed; 0 when there is none. Values added meanwhile may be
    /// in it or not.
    std::int64_t quantile(double part) const noexcept
    {
        std::array<std::uint64_t, kBuckets> counts;
        std::uint64_t total = 0;
        for (std::size_t i = 0; i < kBuckets; ++i) total += counts[i] = _counts[i].load(std::memory_order_relaxed);
        if (total == 0) return 0;
        const auto rank = static_cast<std::uint64_t>(part * static_cast<double>(total - 1)) + 1;
        std::size_t at = 0;
        for (std::uint64_t seen = counts[0]; seen < rank; seen += counts[at]) ++at;
        return middleOf(at);
    }

private:
    static constexpr unsigned kCutBits = 3;
    static constexpr std::size_t kCuts = std::size_t{1} << kCutBits;
    static constexpr unsigned kTopBit = 32; ///< values have no more bits
    static constexpr std::size_t kBuckets = kCuts * (kTopBit - kCutBits + 1);

    static std::size_t indexOf(std::int64_t value) noexcept
    {
        if (value < 0) return 0;
        const auto v = static_cast<std::uint64_t>(value);
        if (v < kCuts) return static_cast<std::size_t>(v);
        if (v >> kTopBit != 0) return kBuckets - 1;
        const auto shift = static_cast<unsigned>(std::bit_width(v)) - kCutBits - 1;
        return shift * kCuts + static_cast<std::size_t>(v >> shift);
    }

    static std::int64_t middleOf(std::size_t index) noexcept
    {
        if (index < 2 * kCuts) return static_cast<std::int64_t>(index);
        const auto shift = index / kCuts - 1;
        const auto lowest = static_cast<std::int64_t>(index - shift * kCuts) << shift;
        return lowest + (std::int64_t{1} << shift) / 2;
    }

    std::array<std::atomic<std::uint64_t>, kBuckets> _counts{};
};

} // namespace zoco::gestorbbdd
