#include "Config.h"

#include "ConfigLayers.h"
#include "NearestWord.h"
#include "SecretFile.h"

#include <filesystem>
#include <stdexcept>

namespace zoco::host
{

namespace
{

/// The file a relative path counts from: only paths written in files do; others count from the working folder.
std::string resolvePath(const std::string& text, const Origin& origin)
{
    const std::filesystem::path path(text);
    if (path.is_absolute()) return path.lexically_normal().string();
    if (origin.line == 0) return std::filesystem::absolute(path).lexically_normal().string();
    const auto folder = std::filesystem::absolute(origin.file).parent_path();
    return (folder / path).lexically_normal().string();
}

void assign(Config::Setting& setting, const KeySpec& key, std::string text)
{
    setting.isSet = true;
    if (key.type == SettingType::Int) setting.integer = parseInt(text).value_or(0);
    if (key.type == SettingType::Bool) setting.integer = parseBool(text).value_or(false) ? 1 : 0;
    if (key.type == SettingType::Real) setting.real = parseReal(text).value_or(0);
    setting.text = key.type == SettingType::Path && !text.empty() ? resolvePath(text, setting.origin) : std::move(text);
}

bool isFromEnvironment(const Origin& origin) { return origin.line == 0 && origin.file.starts_with("ZOCO_"); }

} // namespace

Config Config::build(const ConfigSchema& schema, const std::vector<Property>& properties, std::string_view keyPrefix,
                     ConfigErrors& errors)
{
    Config out;
    for (const auto& key : schema.keys())
    {
        auto& setting = out._settings[key.name];
        setting.type = key.type;
        setting.isSecret = key.isSecret;
        if (key.hasDefault) assign(setting, key, key.defaultText);
    }
    const auto full = [&](std::string_view name) { return std::string(keyPrefix) + std::string(name); };
    for (const auto& property : properties)
    {
        const auto* key = schema.find(property.key);
        const auto base =
            property.key.ends_with("_file") ? property.key.substr(0, property.key.size() - 5) : std::string();
        const auto* secret = key == nullptr ? schema.find(base) : nullptr;
        std::string text = property.value;
        std::string fault;
        if (secret != nullptr && secret->isSecret)
        {
            key = secret;
            readSecretFile(resolvePath(property.value, property.origin), text, fault);
        }
        else if (key == nullptr)
            fault = "unknown key" + didYouMean(property.key, schema.names());
        else if (key->isSecret && !isFromEnvironment(property.origin))
            fault = "a secret must stand in a file of its own (" + full(property.key) +
                    "_file) or in the environment (" + variableName(full(property.key)) + ")";
        else
            fault = key->faultOf(text);
        if (!fault.empty())
        {
            errors.push_back({property.origin, full(property.key), fault});
            if (key != nullptr) out._settings[key->name].isSet = true; // it is faulty, not missing
            continue;
        }
        auto& setting = out._settings[key->name];
        setting.origin = property.origin;
        assign(setting, *key, std::move(text));
    }
    for (const auto& key : schema.keys())
        if (key.isRequired && !out._settings[key.name].isSet)
            errors.push_back({{}, full(key.name), "is missing and has no default"});
    return out;
}

const Config::Setting& Config::at(std::string_view key) const
{
    const auto found = _settings.find(key);
    if (found == _settings.end()) throw std::logic_error("no such setting: " + std::string(key));
    return found->second;
}

std::optional<zoco_value> Config::value(std::string_view key) const
{
    const auto found = _settings.find(key);
    if (found == _settings.end()) return std::nullopt;
    const auto& setting = found->second;
    zoco_value out{ZOCO_NULL, 0, {0}};
    if (!setting.isSet) return out;
    switch (setting.type)
    {
    case SettingType::Int:
        out.kind = ZOCO_INT;
        out.as.i = setting.integer;
        break;
    case SettingType::Bool:
        out.kind = ZOCO_BOOL;
        out.as.i = setting.integer;
        break;
    case SettingType::Real:
        out.kind = ZOCO_REAL;
        out.as.d = setting.real;
        break;
    case SettingType::Text:
    case SettingType::Path:
        out.kind = ZOCO_TEXT;
        out.as.b = {setting.text.data(), setting.text.size()};
        break;
    }
    return out;
}

std::vector<std::string> Config::differences(const Config& other) const
{
    std::vector<std::string> out;
    for (const auto& [key, setting] : _settings)
    {
        const auto found = other._settings.find(key);
        if (found == other._settings.end() || !setting.isSame(found->second)) out.push_back(key);
    }
    for (const auto& [key, setting] : other._settings)
        if (!_settings.contains(key)) out.push_back(key);
    return out;
}

} // namespace zoco::host
