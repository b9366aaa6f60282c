#pragma once

#include "zoco/Value.h"

#include <bit>
#include <cstdint>
#include <cstring>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace zoco::detail
{

/// Named values as bytes that are kept: a version, then each field as its name's length and name, and its value as kind
/// and content. Numbers are little-endian. Lists hold no lists.
class FieldWriter
{
public:
    /// Empty when a value cannot be kept: a reference, or a list within a list.
    static std::string write(std::span<const NamedValue> fields)
    {
        FieldWriter out;
        out.number(kVersion, 1);
        out.number(fields.size(), 2);
        for (const auto& field : fields)
        {
            out.text(view(field.name));
            out.value(field.value, false);
        }
        return out._isGood ? std::move(out._bytes) : std::string();
    }

    static constexpr std::uint8_t kVersion = 1;

private:
    void number(std::uint64_t value, int bytes)
    {
        for (int i = 0; i < bytes; ++i) _bytes += static_cast<char>(value >> (8 * i) & 0xff);
    }
    void text(std::string_view text)
    {
        number(text.size(), 4);
        _bytes += text;
    }
    void value(const zoco_value& v, bool isInList)
    {
        number(v.kind, 1);
        switch (v.kind)
        {
        case ZOCO_NULL:
            return;
        case ZOCO_BOOL:
        case ZOCO_INT:
        case ZOCO_TIME:
            return number(static_cast<std::uint64_t>(v.as.i), 8);
        case ZOCO_REAL:
            return number(std::bit_cast<std::uint64_t>(v.as.d), 8);
        case ZOCO_TEXT:
        case ZOCO_BLOB:
            return text(view(v.as.b));
        case ZOCO_LIST:
            if (isInList) break;
            number(v.aux, 4);
            for (std::uint32_t i = 0; i < v.aux; ++i) value(v.as.list[i], true);
            return;
        default:
            break;
        }
        _isGood = false;
    }

    std::string _bytes;
    bool _isGood = true;
};

/// Reads what FieldWriter wrote. Views point into `bytes`, lists into this.
class FieldReader
{
public:
    /// False when it is something else; nothing of it may be used then.
    bool read(std::string_view bytes)
    {
        _rest = bytes;
        _isGood = true;
        fields.clear();
        _lists.clear();
        if (number(1) != FieldWriter::kVersion) return false;
        const auto count = number(2);
        for (std::uint64_t i = 0; i < count && _isGood; ++i)
        {
            const auto name = text();
            fields.push_back({str(name), value(false)});
        }
        return _isGood && _rest.empty();
    }

    std::vector<zoco_field> fields;

private:
    std::uint64_t number(std::size_t bytes)
    {
        std::uint64_t out = 0;
        const auto taken = take(bytes);
        for (std::size_t i = 0; i < taken.size(); ++i)
            out |= std::uint64_t{static_cast<unsigned char>(taken[i])} << (8 * i);
        return out;
    }
    std::string_view text() { return take(number(4)); }
    std::string_view take(std::uint64_t size)
    {
        if (size > _rest.size()) _isGood = false;
        if (!_isGood) return {};
        const auto out = _rest.substr(0, size);
        _rest.remove_prefix(size);
        return out;
    }
    Value value(bool isInList)
    {
        Value out;
        out.kind = static_cast<std::uint32_t>(number(1));
        switch (out.kind)
        {
        case ZOCO_NULL:
            return out;
        case ZOCO_BOOL:
        case ZOCO_INT:
        case ZOCO_TIME:
            out.as.i = static_cast<std::int64_t>(number(8));
            return out;
        case ZOCO_REAL:
            out.as.d = std::bit_cast<double>(number(8));
            return out;
        case ZOCO_TEXT:
        case ZOCO_BLOB:
        {
            const auto kept = text();
            out.as.b = {kept.data(), kept.size()};
            return out;
        }
        case ZOCO_LIST:
            return isInList ? bad() : list();
        default:
            return bad();
        }
    }
    Value list()
    {
        const auto count = number(4);
        if (count > _rest.size()) return bad(); // each element takes a byte at least
        auto& kept = _lists.emplace_back();
        kept.reserve(count);
        for (std::uint64_t i = 0; i < count && _isGood; ++i) kept.push_back(value(true));
        return Value::list(kept);
    }
    Value bad()
    {
        _isGood = false;
        return {};
    }

    std::string_view _rest;
    std::deque<std::vector<Value>> _lists;
    bool _isGood = true;
};

} // namespace zoco::detail
