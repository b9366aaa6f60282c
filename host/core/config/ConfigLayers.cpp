#include "ConfigLayers.h"

#include "HostSchema.h"
#include "NearestWord.h"
#include "PluginId.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace zoco::host
{

namespace
{

constexpr std::string_view kPlugins = "plugins.";

bool readFile(const std::string& path, std::string& out)
{
    std::ifstream in(path, std::ios::binary);
    if (!in) return false;
    out.clear();
    char buffer[16384];
    while (in.read(buffer, sizeof buffer) || in.gcount() > 0) out.append(buffer, static_cast<std::size_t>(in.gcount()));
    return !in.bad();
}

constexpr std::string_view kFileSuffix = "_file";

/// A secret has two names, `key` and `key_file`: whichever stands in the higher layer counts, alone.
void put(std::map<std::string, Property>& found, const ConfigSchema& schema, Property property)
{
    const auto isSecret = [&](const std::string& name)
    {
        const auto* key = schema.find(name);
        return key != nullptr && key->isSecret;
    };
    const auto& name = property.key;
    if (isSecret(name)) found.erase(name + std::string(kFileSuffix));
    if (name.ends_with(kFileSuffix))
        if (const auto base = name.substr(0, name.size() - kFileSuffix.size()); isSecret(base)) found.erase(base);
    found[property.key] = std::move(property);
}

/// "plugins.<id>.<key>" -> id, or empty.
std::string pluginOf(std::string_view key)
{
    if (!key.starts_with(kPlugins)) return {};
    key.remove_prefix(kPlugins.size());
    const auto dot = key.find('.');
    return dot == std::string_view::npos ? std::string() : std::string(key.substr(0, dot));
}

} // namespace

std::string variableName(std::string_view key)
{
    std::string out = "ZOCO_";
    for (const char c : key) out += c == '.' || c == '-' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    return out;
}

ConfigLayers::ConfigLayers(ConfigInput input, ConfigErrors& errors) : _input(std::move(input))
{
    for (const auto& [key, value] : _input.defines) _defines[key] = {key, value, {"-D", 0}, {}};
    if (_input.file.empty()) return;
    std::string text;
    if (!readFile(_input.file, text))
    {
        errors.push_back({{_input.file, 0}, "", std::string("cannot be read: ") + std::strerror(errno)});
        return;
    }
    for (const auto& property : parseProperties(text, _input.file, errors)) add(_files, property, errors);
    readPluginFolder((std::filesystem::path(_input.file).parent_path() / "plugins.d").string(), {}, _files, errors);
}

void ConfigLayers::addOperatorChanges(const std::string& dataDir, const OperatorFile& next, ConfigErrors& errors)
{
    readPluginFolder((std::filesystem::path(dataDir) / "plugins.d").string(), next, _operator, errors);
}

std::string ConfigLayers::pinOf(const std::string& key) const
{
    if (_defines.contains(key)) return "-D";
    const auto variable = variableName(key);
    return _input.environment.contains(variable) ? variable : std::string();
}

void ConfigLayers::readPluginFolder(const std::string& folder, const OperatorFile& next, Layer& layer,
                                    ConfigErrors& errors)
{
    std::error_code fault;
    std::vector<std::filesystem::path> paths;
    auto entries = std::filesystem::directory_iterator(folder, fault);
    if (fault && fault != std::errc::no_such_file_or_directory)
        errors.push_back({{folder, 0}, "", "cannot be read: " + fault.message()}); // not as if nothing were set
    for (const auto& entry : entries)
        if (entry.path().extension() == ".properties" && entry.path() != next.path) paths.push_back(entry.path());
    if (!next.path.empty()) paths.emplace_back(next.path);
    std::sort(paths.begin(), paths.end());
    for (const auto& path : paths)
    {
        const auto id = path.stem().string();
        std::string text = next.text;
        if (!isPluginId(id))
            errors.push_back({{path.string(), 0}, "", "the file's name is no plugin id"});
        else if (path != next.path && !readFile(path.string(), text))
            errors.push_back({{path.string(), 0}, "", std::string("cannot be read: ") + std::strerror(errno)});
        for (auto& property : parseProperties(text, path.string(), errors))
        {
            property.key = std::string(kPlugins) + id + "." + property.key;
            add(layer, property, errors);
        }
    }
}

void ConfigLayers::add(Layer& layer, const Property& property, ConfigErrors& errors)
{
    const auto present = layer.find(property.key);
    if (present == layer.end())
        layer.emplace(property.key, property);
    else
        errors.push_back(
            {property.origin, property.key, "set twice; it was set in " + present->second.origin.text() + " already"});
}

std::vector<Property> ConfigLayers::collect(const std::string& prefix, const ConfigSchema& schema)
{
    std::map<std::string, Property> found;
    const auto take = [&](const Layer& layer)
    {
        for (auto at = layer.lower_bound(prefix); at != layer.end() && at->first.starts_with(prefix); ++at)
        {
            auto property = at->second;
            property.key.erase(0, prefix.size());
            if (prefix.empty() && schema.find(property.key) == nullptr && !pluginOf(property.key).empty()) continue;
            if (!prefix.empty() && pluginSchema().find(property.key) != nullptr && &schema != &pluginSchema()) continue;
            if (&schema == &pluginSchema() && schema.find(property.key) == nullptr) continue;
            put(found, schema, std::move(property));
        }
    };
    take(_files);
    take(_operator);
    const auto takeVariable = [&](const std::string& name)
    {
        const auto variable = variableName(prefix + name);
        const auto set = _input.environment.find(variable);
        if (set == _input.environment.end()) return;
        put(found, schema, {name, set->second, {variable, 0}, {}});
        _usedVariables.insert(variable);
    };
    for (const auto& key : schema.keys())
    {
        takeVariable(key.name);
        if (key.isSecret) takeVariable(key.name + std::string(kFileSuffix));
    }
    take(_defines);
    std::vector<Property> out;
    for (auto& [name, property] : found) out.push_back(std::move(property));
    return out;
}

Config ConfigLayers::host(ConfigErrors& errors)
{
    return Config::build(hostSchema(), collect("", hostSchema()), "", errors);
}

std::vector<PluginChoice> ConfigLayers::plugins(const std::vector<std::string>& defaults,
                                                const std::vector<std::string>& installed, ConfigErrors& errors)
{
    std::set<std::string> ids(defaults.begin(), defaults.end());
    for (const auto* layer : {&_files, &_operator, &_defines})
        for (const auto& [key, property] : *layer)
        {
            const auto id = hostSchema().find(key) != nullptr ? std::string() : pluginOf(key);
            if (id.empty()) continue;
            if (isPluginId(id))
                ids.insert(id);
            else
                errors.push_back({property.origin, key, "'" + id + "' is no plugin id"});
        }
    for (const auto& id : installed)
        for (const auto& key : pluginSchema().names())
            if (_input.environment.contains(variableName(std::string(kPlugins) + id + "." + key))) ids.insert(id);

    std::vector<PluginChoice> out;
    for (const auto& id : ids)
    {
        const auto prefix = std::string(kPlugins) + id + ".";
        const auto common = Config::build(pluginSchema(), collect(prefix, pluginSchema()), prefix, errors);
        const bool isListed = std::find(defaults.begin(), defaults.end(), id) != defaults.end();
        const bool isEnabled = common.isDefault("enabled") ? isListed : common.boolean("enabled");
        const auto& placement = common.text("placement");
        const auto& library = common.text("library");
        const auto& canaryPlacement = common.text("canary_placement");
        const auto& canaryLibrary = common.text("canary_library");
        const bool hasCanary = !canaryPlacement.empty() || !canaryLibrary.empty();
        out.push_back({id, isEnabled, placement, library, common.origin("enabled"),
                       static_cast<std::uint64_t>(common.integer("memory_limit")),
                       static_cast<std::uint64_t>(common.integer("descriptors")), hasCanary,
                       canaryPlacement.empty() ? placement : canaryPlacement,
                       canaryLibrary.empty() ? library : canaryLibrary,
                       static_cast<std::uint32_t>(common.integer("canary_weight")), common.text("canary_header"),
                       common.text("address")});
        for (const auto* key : {"canary_weight", "canary_header"})
            if (!hasCanary && !common.isDefault(key))
                errors.push_back({common.origin(key), prefix + key,
                                  "there is no canary: set canary_library or canary_placement too"});
    }
    return out;
}

Config ConfigLayers::plugin(const std::string& id, const ConfigSchema& schema, ConfigErrors& errors)
{
    const auto prefix = std::string(kPlugins) + id + ".";
    return Config::build(schema, collect(prefix, schema), prefix, errors);
}

std::vector<std::string> ConfigLayers::unusedVariables() const
{
    std::vector<std::string> out;
    for (const auto& [name, value] : _input.environment)
        if (!_usedVariables.contains(name)) out.push_back(name);
    return out;
}

} // namespace zoco::host
