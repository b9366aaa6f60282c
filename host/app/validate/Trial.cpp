#include "Trial.h"

#include <dlfcn.h>

#include <algorithm>

namespace zoco::host::trial
{

std::string Trial::load()
{
    step("loading the library");
    void* handle = ::dlopen(path().c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (handle == nullptr) return std::string("it cannot be loaded: ") + ::dlerror();
    step("reading zoco_entry");
    _entry = static_cast<const zoco_plugin_entry*>(::dlsym(handle, "zoco_entry"));
    if (_entry == nullptr) return "it exports no zoco_entry";
    auto library = readEntry(_entry, path());
    if (!library) return library.problem().detail;
    _library = std::move(*library);
    return {};
}

std::string Trial::configure()
{
    ConfigErrors errors;
    _schema = ConfigSchema::parse(_library.configSchema, "config-schema", errors);
    if (errors.empty()) _config = with({}, errors);
    std::string out;
    for (const auto& error : errors) out += (out.empty() ? "" : "; ") + error.text();
    if (!out.empty()) out += " (-D key=value gives a setting)";
    return out;
}

std::string Trial::prepare()
{
    auto fault = load();
    if (!fault.empty()) return fault;
    fault = configure();
    return fault.empty() ? fault : "settings: " + fault;
}

Config Trial::with(const std::vector<Property>& others, ConfigErrors& errors) const
{
    std::vector<Property> all;
    for (const auto& given : _subject.settings)
        if (std::none_of(others.begin(), others.end(), [&](const Property& o) { return o.key == given.key; }))
            all.push_back(given);
    all.insert(all.end(), others.begin(), others.end());
    const auto prefix = "plugins." + _library.identity.id + ".";
    for (auto& property : all)
        if (property.key.starts_with(prefix)) property.key.erase(0, prefix.size());
    return Config::build(_schema, all, {}, errors);
}

} // namespace zoco::host::trial
