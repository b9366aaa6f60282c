#pragma once

#include "zoco/Value.h"

#include <charconv>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace zoco::testing
{

/// One key of a settings schema ("config-schema" resource), and the check of a value against it. A value.
struct FakeKey
{
    std::string type = "text";
    std::optional<std::string> defaultText;
    std::optional<double> min, max;
    std::vector<std::string> values;
    bool isRequired = false;

    using Setting = std::variant<std::monostate, std::string, std::int64_t, double, bool>;

    /// The value of a text as it would stand in a configuration file; throws std::invalid_argument when it is none.
    Setting parse(const std::string& text) const
    {
        if (type == "bool") return boolean(text);
        if (type == "real") return inRange(number<double>(text));
        if (type == "int" || type == "duration_ms") return inRange(number<std::int64_t>(text));
        if (text.empty() && (isRequired || type == "path")) throw std::invalid_argument("must not be empty");
        for (const auto& allowed : values)
            if (allowed == text) return text;
        if (!values.empty()) throw std::invalid_argument("'" + text + "' is not one of its values");
        return text;
    }

private:
    static bool boolean(const std::string& text)
    {
        if (text == "true" || text == "on" || text == "yes" || text == "1") return true;
        if (text == "false" || text == "off" || text == "no" || text == "0") return false;
        throw std::invalid_argument("'" + text + "' is not true or false");
    }
    template <class T>
    static T number(const std::string& text)
    {
        T out{};
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
        if (error != std::errc() || end != text.data() + text.size())
            throw std::invalid_argument("'" + text + "' is not a number of its type");
        return out;
    }
    template <class T>
    T inRange(T value) const
    {
        if ((min && static_cast<double>(value) < *min) || (max && static_cast<double>(value) > *max))
            throw std::invalid_argument(std::to_string(value) + " is out of range");
        return value;
    }
};

/// The keys that a schema's text declares; throws std::invalid_argument for a text that the host would refuse.
class FakeSchema
{
public:
    explicit FakeSchema(std::string_view text)
    {
        while (!text.empty())
        {
            const auto end = std::min(text.find('\n'), text.size());
            readLine(trim(text.substr(0, end)));
            text.remove_prefix(std::min(end + 1, text.size()));
        }
    }

    const std::map<std::string, FakeKey, std::less<>>& keys() const noexcept { return _keys; }

private:
    static std::string trim(std::string_view text)
    {
        const auto first = text.find_first_not_of(" \t\r");
        if (first == std::string_view::npos) return {};
        return std::string(text.substr(first, text.find_last_not_of(" \t\r") - first + 1));
    }

    void readLine(const std::string& line)
    {
        if (line.empty() || line[0] == '#') return;
        const auto equals = line.find('=');
        const auto name = trim(std::string_view(line).substr(0, std::min(equals, line.size())));
        const auto dot = name.rfind('.');
        if (equals == std::string::npos || dot == std::string::npos)
            throw std::invalid_argument("schema: expected key.attribute = value, not '" + line + "'");
        apply(_keys[name.substr(0, dot)], name.substr(dot + 1), trim(std::string_view(line).substr(equals + 1)));
    }

    static void apply(FakeKey& key, const std::string& attribute, const std::string& value)
    {
        if (attribute == "type")
            key.type = value;
        else if (attribute == "default")
            key.defaultText = value;
        else if (attribute == "min" || attribute == "max")
            (attribute == "min" ? key.min : key.max) = std::stod(value);
        else if (attribute == "values")
            key.values = split(value);
        else if (attribute == "required")
            key.isRequired = value == "true";
        else if (attribute != "secret")
            throw std::invalid_argument("schema: unknown attribute '" + attribute + "'");
    }

    static std::vector<std::string> split(std::string_view list)
    {
        std::vector<std::string> out;
        while (!list.empty())
        {
            const auto end = std::min(list.find(','), list.size());
            out.push_back(trim(list.substr(0, end)));
            list.remove_prefix(std::min(end + 1, list.size()));
        }
        return out;
    }

    std::map<std::string, FakeKey, std::less<>> _keys;
};

} // namespace zoco::testing
