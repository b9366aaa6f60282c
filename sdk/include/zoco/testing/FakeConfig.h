#pragma once

#include "FakeSchema.h"
#include "zoco/abi/config.h"

namespace zoco::testing
{

/// zoco.config/1. Without a schema every value that was set is there, as text. With one (Instance takes the plugin's
/// own), values are checked and converted, defaults filled in, and unknown keys refused, as the host does.
class FakeConfig
{
public:
    FakeConfig() : _table{sizeof(zoco_config), this, &get} {}
    FakeConfig(const FakeConfig&) = delete;
    FakeConfig& operator=(const FakeConfig&) = delete;

    const zoco_config* raw() const noexcept { return &_table; }

    /// A line of the configuration file. Before the plugin's init.
    void set(const std::string& key, const std::string& value) { _texts[key] = value; }

    /// Applies a schema's text; throws std::invalid_argument naming the key at fault.
    void check(std::string_view schemaText)
    {
        const FakeSchema schema(schemaText);
        _settings.clear();
        _isChecked = true;
        for (const auto& [name, text] : _texts)
            if (!schema.keys().contains(name)) throw std::invalid_argument("the schema has no key " + name);
        for (const auto& [name, key] : schema.keys()) _settings[name] = valueOf(name, key);
    }

private:
    FakeKey::Setting valueOf(const std::string& name, const FakeKey& key) const
    {
        const auto given = _texts.find(name);
        if (given == _texts.end() && !key.defaultText)
        {
            if (key.isRequired) throw std::invalid_argument(name + ": must be set");
            return {};
        }
        try
        {
            return key.parse(given == _texts.end() ? *key.defaultText : given->second);
        }
        catch (const std::invalid_argument& e)
        {
            throw std::invalid_argument(name + ": " + e.what());
        }
    }

    static zoco_status get(void* self, zoco_str key, zoco_value* out)
    {
        const auto& fake = *static_cast<const FakeConfig*>(self);
        if (!fake._isChecked)
        {
            const auto found = fake._texts.find(view(key));
            if (found == fake._texts.end()) return ZOCO_E_UNSUPPORTED;
            *out = Value(found->second);
            return ZOCO_OK;
        }
        const auto found = fake._settings.find(view(key));
        if (found == fake._settings.end()) return ZOCO_E_UNSUPPORTED;
        *out = std::visit([](const auto& v) { return toValue(v); }, found->second);
        return ZOCO_OK;
    }
    static Value toValue(std::monostate) { return {}; }
    template <class T>
    static Value toValue(const T& v)
    {
        return Value(v);
    }

    zoco_config _table;
    std::map<std::string, std::string, std::less<>> _texts;
    std::map<std::string, FakeKey::Setting, std::less<>> _settings;
    bool _isChecked = false;
};

} // namespace zoco::testing
