#pragma once

#include "Problem.h"
#include "Value.h"
#include "detail/Members.h"

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

namespace zoco
{

/// A row is not what its reader takes it for: SQL and code do not fit. `what` names operation and column, for the log;
/// a client is told of an internal error.
class RowException : public ProblemException
{
public:
    explicit RowException(std::string what)
        : ProblemException({500, "internal", "Internal error", "", {}, ZOCO_E_INVALID}), _what(std::move(what))
    {
    }
    const char* what() const noexcept override { return _what.c_str(); }

private:
    std::string _what;
};

namespace detail
{

template <class T>
concept Column = std::integral<T> || std::same_as<T, double> || std::same_as<T, std::string> ||
    std::same_as<T, std::string_view> || std::same_as<T, Value>;

/// How many columns a variable takes: a struct as many as its members.
template <class T>
struct Width
{
    static_assert(Aggregate<T>, "no column: integer, double, bool, string, string_view, Value, a struct or optional");
    template <class... M>
    static constexpr std::uint32_t sum(std::tuple<M&...>*)
    {
        return (Width<M>::value + ...);
    }
    static constexpr std::uint32_t value = sum(static_cast<decltype(membersOf(std::declval<T&>()))*>(nullptr));
};
template <Column T>
struct Width<T>
{
    static constexpr std::uint32_t value = 1;
};
template <class T>
struct Width<std::optional<T>> : Width<T>
{
};

} // namespace detail

/// One row of a result. Views are valid during the callback that received it.
class Row
{
public:
    /// `operation`: its name, for errors; borrowed.
    Row(const zoco_value* values, std::uint32_t count, std::string_view operation = {}) noexcept
        : _values(values), _count(count), _operation(operation)
    {
    }

    /// The same row with the name of its operation.
    Row of(std::string_view operation) const noexcept { return {_values, _count, operation}; }

    std::uint32_t size() const noexcept { return _count; }
    Value operator[](std::uint32_t column) const
    {
        if (column >= _count) throw RowException(subject() + " has no column " + std::to_string(column + 1));
        return Value(_values[column]);
    }

    /// Reads all columns in their order into variables: integers, double, bool, std::string, std::string_view, Value;
    /// structs of these, which take a column for each member; and std::optional of any, which is empty when all its
    /// columns are NULL. Throws RowException when the row has another number of columns, or a value does not fit.
    template <class... T>
    void read(T&... out) const
    {
        constexpr auto kWidth = (detail::Width<T>::value + ... + 0u);
        if (kWidth != _count)
            throw RowException(subject() + " has " + std::to_string(_count) + " columns, and " +
                               std::to_string(kWidth) + " are read");
        std::uint32_t column = 0;
        (take(column, out), ...);
    }

    /// The row as one value: a struct, member by member as `read` does, or the only column.
    template <class T>
    T as() const
    {
        T out{};
        read(out);
        return out;
    }

private:
    template <class T>
    void take(std::uint32_t& column, std::optional<T>& out) const
    {
        const auto end = column + detail::Width<T>::value;
        auto present = column;
        while (present < end && Value(_values[present]).isNull()) ++present;
        if (present < end) return take(column, out.emplace());
        out.reset();
        column = end;
    }

    template <detail::Aggregate T>
    void take(std::uint32_t& column, T& out) const
    {
        std::apply([&](auto&... member) { (take(column, member), ...); }, detail::membersOf(out));
    }

    template <detail::Column T>
    void take(std::uint32_t& column, T& out) const
    {
        const Value value(_values[column]);
        if (!assign(value, out))
            throw RowException("column " + std::to_string(column + 1) + " of " + subject() +
                               (value.isNull() ? " is NULL" : " does not fit its variable"));
        ++column;
    }

    static bool isInteger(const Value& v) noexcept
    {
        return v.kind == ZOCO_INT || v.kind == ZOCO_TIME || v.kind == ZOCO_BOOL;
    }

    static bool assign(const Value& v, Value& out)
    {
        out = v;
        return true;
    }
    static bool assign(const Value& v, bool& out)
    {
        out = isInteger(v) && v.as.i != 0;
        return isInteger(v);
    }
    template <std::integral I>
    static bool assign(const Value& v, I& out)
    {
        if (!isInteger(v) || !std::in_range<I>(v.as.i)) return false;
        out = static_cast<I>(v.as.i);
        return true;
    }
    static bool assign(const Value& v, double& out)
    {
        if (v.kind != ZOCO_REAL && !isInteger(v)) return false;
        out = v.real();
        return true;
    }
    template <class Text>
    requires(std::same_as<Text, std::string> || std::same_as<Text, std::string_view>) static bool assign(const Value& v,
                                                                                                         Text& out)
    {
        if (v.kind != ZOCO_TEXT && v.kind != ZOCO_BLOB) return false;
        out = v.text();
        return true;
    }

    std::string subject() const
    {
        return _operation.empty() ? std::string("the row") : "the row of '" + std::string(_operation) + "'";
    }

    const zoco_value* _values;
    std::uint32_t _count;
    std::string_view _operation;
};

} // namespace zoco
