#pragma once

#include "FakeLog.h"
#include "zoco/Value.h"

#include <memory>
#include <string>
#include <utility>

namespace zoco::testing
{

/// A value that owns its text, for what a test writes down or looks at later.
class FakeValue
{
public:
    FakeValue() = default;
    template <class T>
    requires std::constructible_from<Value, const T&> FakeValue(const T& v) : FakeValue(Value(v), 0) {}
    FakeValue(const zoco_value& v) : FakeValue(Value(v), 0) {}

    /// Borrowed from this object.
    Value value() const
    {
        Value out(_value);
        if (isText()) out.as.b = {_text.data(), _text.size()};
        return out;
    }
    bool isNull() const noexcept { return _value.kind == ZOCO_NULL; }
    std::int64_t integer() const { return value().integer(); }
    double real() const { return value().real(); }
    std::string text() const { return std::string(value().text()); }

    /// The same kind and the same content.
    friend bool operator==(const FakeValue& a, const FakeValue& b)
    {
        return a._value.kind == b._value.kind && textOf(a.value()) == textOf(b.value());
    }

private:
    FakeValue(const Value& v, int) : _value(v)
    {
        if (isText()) _text = view(v.as.b);
    }
    bool isText() const noexcept
    {
        return _value.kind == ZOCO_TEXT || _value.kind == ZOCO_BLOB || _value.kind == ZOCO_REF;
    }

    zoco_value _value{ZOCO_NULL, 0, {0}};
    std::string _text;
};

} // namespace zoco::testing
