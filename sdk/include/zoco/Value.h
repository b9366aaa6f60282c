#pragma once

#include "Problem.h"

#include <concepts>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace zoco
{

/// A typed value as it crosses: layout of zoco_value, with names. Text, bytes and lists are borrowed.
class Value : public zoco_value
{
public:
    Value() noexcept : zoco_value{ZOCO_NULL, 0, {0}} {}
    Value(std::nullptr_t) noexcept : Value() {}
    Value(const zoco_value& v) noexcept : zoco_value(v) {}

    template <std::same_as<bool> B>
    Value(B b) noexcept : zoco_value{ZOCO_BOOL, 0, {b ? 1 : 0}}
    {
    }
    template <std::integral I>
    requires(!std::same_as<I, bool>) Value(I i)
    noexcept : zoco_value{ZOCO_INT, 0, {static_cast<std::int64_t>(i)}} {}
    Value(double d) noexcept : zoco_value{ZOCO_REAL, 0, {0}} { as.d = d; }
    Value(std::string_view text) noexcept : zoco_value{ZOCO_TEXT, 0, {0}} { as.b = {text.data(), text.size()}; }
    Value(const char* text) noexcept : Value(std::string_view(text)) {}
    Value(const std::string& text) noexcept : Value(std::string_view(text)) {}
    template <class T>
    Value(const std::optional<T>& v) noexcept : Value(v ? Value(*v) : Value())
    {
    }

    static Value blob(std::string_view bytes) noexcept
    {
        Value v(bytes);
        v.kind = ZOCO_BLOB;
        return v;
    }
    /// Microseconds since 1970-01-01T00:00:00Z.
    static Value time(std::int64_t microseconds) noexcept
    {
        Value v(microseconds);
        v.kind = ZOCO_TIME;
        return v;
    }
    /// In an atomic group: a column of the first row of an earlier step.
    static Value ref(std::uint32_t step, std::string_view column) noexcept
    {
        Value v(column);
        v.kind = ZOCO_REF;
        v.aux = step;
        return v;
    }
    static Value list(std::span<const Value> values) noexcept
    {
        Value v;
        v.kind = ZOCO_LIST;
        v.aux = static_cast<std::uint32_t>(values.size());
        v.as.list = values.data();
        return v;
    }

    bool isNull() const noexcept { return kind == ZOCO_NULL; }
    /// BOOL, INT and TIME; otherwise throws ProblemException (a broken contract between plugins).
    std::int64_t integer() const
    {
        if (kind != ZOCO_INT && kind != ZOCO_TIME && kind != ZOCO_BOOL) wrongKind();
        return as.i;
    }
    bool boolean() const { return integer() != 0; }
    double real() const
    {
        if (kind == ZOCO_REAL) return as.d;
        return static_cast<double>(integer());
    }
    /// TEXT and BLOB; borrowed.
    std::string_view text() const
    {
        if (kind != ZOCO_TEXT && kind != ZOCO_BLOB) wrongKind();
        return view(as.b);
    }

private:
    [[noreturn]] static void wrongKind()
    {
        throw ProblemException({500, "internal", "Internal error", "", {}, ZOCO_E_INVALID});
    }
};

static_assert(sizeof(Value) == sizeof(zoco_value));

/// A value with its name, as records of the log and events have them; layout of zoco_field. Borrowed.
struct NamedValue : zoco_field
{
    NamedValue(std::string_view n, const Value& v) noexcept : zoco_field{str(n), v} {}
};

static_assert(sizeof(NamedValue) == sizeof(zoco_field));

} // namespace zoco
