#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

namespace zoco::host
{

/// Which requests for a plugin's routes go to its canary: another version or placement of it that is tried out on some.
class CanaryRule
{
public:
    /// `weight`: percent of the requests, 0 to 100. `header`: a name, or "Name: value"; a request with it always goes
    /// to the canary. Empty: none.
    CanaryRule(std::uint32_t weight, const std::string& header);

    bool isSame(const CanaryRule& other) const
    {
        return _weight == other._weight && _name == other._name && _value == other._value;
    }
    const std::string& headerName() const noexcept { return _name; }
    /// Whether a header of that name chooses the canary.
    bool isChosenBy(std::string_view value) const noexcept { return _value.empty() || value == _value; }
    /// Whether the next request without the header goes there: of any 100 in a row just `weight` do. [any-thread]
    bool takesNext() const noexcept
    {
        const std::uint64_t n = _asked.fetch_add(1, std::memory_order_relaxed);
        return (n + 1) * _weight / 100 > n * _weight / 100;
    }

    /// What is wrong with a header as configured, or empty.
    static std::string faultOf(const std::string& header);

private:
    std::uint32_t _weight;
    std::string _name;
    std::string _value; ///< empty: any
    mutable std::atomic<std::uint64_t> _asked{0};
};

} // namespace zoco::host
