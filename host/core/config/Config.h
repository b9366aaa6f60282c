#pragma once

#include "ConfigSchema.h"
#include "zoco/abi/base.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace zoco::host
{

/// Checked settings: every key of a schema with its value, or its default. Reading is [any-thread]; asking for a key
/// that the schema does not have throws std::logic_error.
class Config
{
public:
    struct Setting
    {
        SettingType type = SettingType::Text;
        std::string text;
        std::int64_t integer = 0;
        double real = 0;
        bool isSet = false; ///< has a value, be it the default
        bool isSecret = false;
        Origin origin; ///< file empty: the default

        bool isSame(const Setting& other) const
        {
            return type == other.type && text == other.text && integer == other.integer && real == other.real &&
                   isSet == other.isSet;
        }
    };

    using Settings = std::map<std::string, Setting, std::less<>>;

    Config() = default;
    /// Settings that were checked already, in another process.
    explicit Config(Settings settings) : _settings(std::move(settings)) {}
    /// Checks `properties` (names as in the schema) and fills in defaults; every fault goes to `errors`. Secrets are
    /// taken from `<key>_file` or, already read from the environment, as they are.
    static Config build(const ConfigSchema& schema, const std::vector<Property>& properties, std::string_view keyPrefix,
                        ConfigErrors& errors);

    const std::string& text(std::string_view key) const { return at(key).text; }
    std::int64_t integer(std::string_view key) const { return at(key).integer; }
    bool boolean(std::string_view key) const { return at(key).integer != 0; }
    std::vector<std::string> list(std::string_view key) const { return parseList(at(key).text); }
    /// Where a fault of this key is to be reported.
    const Origin& origin(std::string_view key) const { return at(key).origin; }
    bool isDefault(std::string_view key) const { return at(key).origin.file.empty(); }

    /// As zoco_config.get: nothing for an unknown key, ZOCO_NULL for an unset one. Text is borrowed from this object.
    std::optional<zoco_value> value(std::string_view key) const;

    /// Whether who reads them sees no difference.
    bool operator==(const Config& other) const { return differences(other).empty(); }
    /// The keys whose values differ, or that one of the two does not have. In order.
    std::vector<std::string> differences(const Config& other) const;

    const Settings& settings() const noexcept { return _settings; }

private:
    const Setting& at(std::string_view key) const;

    Settings _settings;
};

} // namespace zoco::host
