#pragma once

#include <cstddef>
#include <tuple>
#include <type_traits>

namespace zoco::detail
{

/// Stands for any member while members are counted; never made.
struct AnyMember
{
    template <class T>
    operator T() const;
};

/// A struct without constructors: its members can be listed. Without a base class and without arrays, if they are.
template <class T>
concept Aggregate = std::is_class_v<T> && std::is_aggregate_v<T>;

template <Aggregate T, class... Known>
constexpr std::size_t memberCount()
{
    if constexpr (requires { T{Known{}..., AnyMember{}}; })
        return memberCount<T, Known..., AnyMember>();
    else
        return sizeof...(Known);
}

/// References to the members of a struct, in their order; at most 12.
template <Aggregate T>
auto membersOf(T& from)
{
    constexpr auto kCount = memberCount<T>();
    static_assert(kCount >= 1 && kCount <= 12, "a struct of 1 to 12 members");
#define ZOCO_MEMBERS(count, ...)                                                                                       \
    if constexpr (kCount == count)                                                                                     \
    {                                                                                                                  \
        auto& [__VA_ARGS__] = from;                                                                                    \
        return std::tie(__VA_ARGS__);                                                                                  \
    }
    ZOCO_MEMBERS(1, a)
    ZOCO_MEMBERS(2, a, b)
    ZOCO_MEMBERS(3, a, b, c)
    ZOCO_MEMBERS(4, a, b, c, d)
    ZOCO_MEMBERS(5, a, b, c, d, e)
    ZOCO_MEMBERS(6, a, b, c, d, e, f)
    ZOCO_MEMBERS(7, a, b, c, d, e, f, g)
    ZOCO_MEMBERS(8, a, b, c, d, e, f, g, h)
    ZOCO_MEMBERS(9, a, b, c, d, e, f, g, h, i)
    ZOCO_MEMBERS(10, a, b, c, d, e, f, g, h, i, j)
    ZOCO_MEMBERS(11, a, b, c, d, e, f, g, h, i, j, k)
    ZOCO_MEMBERS(12, a, b, c, d, e, f, g, h, i, j, k, l)
#undef ZOCO_MEMBERS
}

} // namespace zoco::detail
