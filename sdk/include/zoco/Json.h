#pragma once

#include <charconv>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace zoco
{

/// Appends JSON (RFC 8259) to a string, with commas and escapes put in by itself. Building an invalid nesting is the
/// caller's mistake. Invalid UTF-8 passes as it is. One thread.
class JsonWriter
{
public:
    explicit JsonWriter(std::string& out) noexcept : _out(out) {}

    JsonWriter& beginObject() { return open('{'); }
    JsonWriter& endObject() { return close('}'); }
    JsonWriter& beginArray() { return open('['); }
    JsonWriter& endArray() { return close(']'); }

    JsonWriter& key(std::string_view name)
    {
        comma();
        quote(name);
        _out += ':';
        _comma = false;
        return *this;
    }

    JsonWriter& value(std::string_view text)
    {
        comma();
        quote(text);
        _comma = true;
        return *this;
    }
    JsonWriter& value(const char* text) { return value(std::string_view(text)); }
    JsonWriter& value(const std::string& text) { return value(std::string_view(text)); }
    JsonWriter& value(std::nullptr_t) { return raw("null"); }
    template <std::same_as<bool> B>
    JsonWriter& value(B b)
    {
        return raw(b ? "true" : "false");
    }
    template <std::integral I>
    requires(!std::same_as<I, bool>) JsonWriter& value(I number)
    {
        char buffer[24];
        const auto end = std::to_chars(buffer, buffer + sizeof buffer, number).ptr;
        return raw({buffer, static_cast<std::size_t>(end - buffer)});
    }
    /// Shortest text that reads back the same; NaN and infinities become null.
    JsonWriter& value(double number)
    {
        if (!std::isfinite(number)) return raw("null");
        char buffer[32];
        const auto end = std::to_chars(buffer, buffer + sizeof buffer, number).ptr;
        return raw({buffer, static_cast<std::size_t>(end - buffer)});
    }
    /// Text that is JSON already.
    JsonWriter& raw(std::string_view json)
    {
        comma();
        _out += json;
        _comma = true;
        return *this;
    }

    template <class T>
    JsonWriter& member(std::string_view name, const T& v)
    {
        return key(name).value(v);
    }

private:
    void comma()
    {
        if (_comma) _out += ',';
    }
    JsonWriter& open(char c)
    {
        comma();
        _out += c;
        _comma = false;
        return *this;
    }
    JsonWriter& close(char c)
    {
        _out += c;
        _comma = true;
        return *this;
    }
    static bool isPlain(unsigned char c) noexcept { return c >= 0x20 && c != '"' && c != '\\'; }
    void quote(std::string_view text)
    {
        _out += '"';
        std::size_t begin = 0;
        for (std::size_t i = 0; i < text.size(); ++i)
        {
            const auto c = static_cast<unsigned char>(text[i]);
            if (isPlain(c)) continue;
            _out.append(text, begin, i - begin);
            escape(c);
            begin = i + 1;
        }
        _out.append(text, begin, text.size() - begin);
        _out += '"';
    }
    void escape(unsigned char c)
    {
        static constexpr char kHex[] = "0123456789abcdef";
        switch (c)
        {
        case '"':
            _out += "\\\"";
            break;
        case '\\':
            _out += "\\\\";
            break;
        case '\n':
            _out += "\\n";
            break;
        case '\r':
            _out += "\\r";
            break;
        case '\t':
            _out += "\\t";
            break;
        default:
            _out += "\\u00";
            _out += kHex[c >> 4];
            _out += kHex[c & 15];
        }
    }

    std::string& _out;
    bool _comma = false;
};

} // namespace zoco
