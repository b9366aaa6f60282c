#include "ConfigSchema.h"

#include "NearestWord.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace zoco::host
{

namespace
{

template <class T>
std::optional<T> parseWhole(std::string_view text)
{
    T out{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return out;
}

std::string number(double value)
{
    char buffer[32];
    return {buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr};
}

std::string rangeFault(const KeySpec& key, double value)
{
    if (key.min && value < *key.min) return "must be at least " + number(*key.min);
    if (key.max && value > *key.max) return "must be at most " + number(*key.max);
    return {};
}

std::optional<SettingType> parseType(std::string_view text)
{
    if (text == "text") return SettingType::Text;
    if (text == "int" || text == "duration_ms") return SettingType::Int;
    if (text == "real") return SettingType::Real;
    if (text == "bool") return SettingType::Bool;
    if (text == "path") return SettingType::Path;
    return std::nullopt;
}

/// Sets one attribute; returns what is wrong, or empty.
std::string apply(KeySpec& key, std::string_view attribute, const std::string& value)
{
    if (attribute == "type")
    {
        const auto type = parseType(value);
        if (!type) return "unknown type '" + value + "'";
        key.type = *type;
        return {};
    }
    if (attribute == "default")
    {
        key.defaultText = value;
        key.hasDefault = true;
        return {};
    }
    if (attribute == "values")
    {
        key.values = parseList(value);
        return {};
    }
    if (attribute == "min" || attribute == "max")
    {
        const auto bound = parseReal(value);
        if (!bound) return "must be a number";
        (attribute == "min" ? key.min : key.max) = bound;
        return {};
    }
    if (attribute != "required" && attribute != "secret") return "unknown attribute '" + std::string(attribute) + "'";
    const auto flag = parseBool(value);
    if (!flag) return "must be true or false";
    (attribute == "required" ? key.isRequired : key.isSecret) = *flag;
    return {};
}

} // namespace

std::optional<std::int64_t> parseInt(std::string_view text) { return parseWhole<std::int64_t>(text); }

std::optional<double> parseReal(std::string_view text)
{
    const auto value = parseWhole<double>(text);
    return value && std::isfinite(*value) ? value : std::nullopt;
}

std::optional<bool> parseBool(std::string_view text)
{
    if (text == "true" || text == "on" || text == "yes" || text == "1") return true;
    if (text == "false" || text == "off" || text == "no" || text == "0") return false;
    return std::nullopt;
}

std::vector<std::string> parseList(std::string_view text)
{
    std::vector<std::string> out;
    while (!text.empty())
    {
        const auto end = std::min(text.find(','), text.size());
        if (const auto part = trim(text.substr(0, end)); !part.empty()) out.emplace_back(part);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

std::string KeySpec::faultOf(std::string_view text) const
{
    if (!values.empty() && std::find(values.begin(), values.end(), text) == values.end())
    {
        std::string all;
        for (const auto& v : values) all += (all.empty() ? "" : ", ") + v;
        return "must be one of " + all + didYouMean(text, values);
    }
    if (type == SettingType::Int)
    {
        const auto value = parseInt(text);
        return value ? rangeFault(*this, static_cast<double>(*value)) : "must be a whole number";
    }
    if (type == SettingType::Real)
    {
        const auto value = parseReal(text);
        return value ? rangeFault(*this, *value) : "must be a number";
    }
    if (type == SettingType::Bool && !parseBool(text)) return "must be true or false";
    if (type == SettingType::Path && text.empty()) return "must be a path";
    if (isRequired && text.empty()) return "must not be empty";
    return {};
}

ConfigSchema ConfigSchema::parse(std::string_view text, const std::string& origin, ConfigErrors& errors)
{
    ConfigSchema out;
    for (const auto& property : parseProperties(text, origin, errors))
    {
        const auto dot = property.key.rfind('.');
        if (dot == std::string::npos)
        {
            errors.push_back(
                {property.origin, property.key, "expected key.attribute, such as " + property.key + ".type"});
            continue;
        }
        auto& key = out.at(std::string_view(property.key).substr(0, dot));
        if (key.help.empty()) key.help = property.comment;
        const auto fault = apply(key, std::string_view(property.key).substr(dot + 1), property.value);
        if (!fault.empty()) errors.push_back({property.origin, property.key, fault});
    }
    for (const auto& key : out._keys)
    {
        const auto fault = key.hasDefault && !key.defaultText.empty() ? key.faultOf(key.defaultText) : std::string();
        if (!fault.empty()) errors.push_back({{origin, 0}, key.name + ".default", fault});
    }
    return out;
}

KeySpec& ConfigSchema::at(std::string_view name)
{
    for (auto& key : _keys)
        if (key.name == name) return key;
    _keys.emplace_back().name = name;
    return _keys.back();
}

const KeySpec* ConfigSchema::find(std::string_view name) const
{
    for (const auto& key : _keys)
        if (key.name == name) return &key;
    return nullptr;
}

std::vector<std::string> ConfigSchema::names() const
{
    std::vector<std::string> out;
    for (const auto& key : _keys) out.push_back(key.name);
    return out;
}

} // namespace zoco::host
