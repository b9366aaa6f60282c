#pragma once

#include "Properties.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace zoco::host
{

enum class SettingType
{
    Text = 1,
    Int,
    Real,
    Bool,
    Path, ///< text; a relative one in a file counts from that file's folder
};

/// One key that may be set.
struct KeySpec
{
    std::string name;
    SettingType type = SettingType::Text;
    std::string help;
    std::string defaultText;
    bool hasDefault = false;
    bool isRequired = false;
    bool isSecret = false;
    std::optional<double> min;
    std::optional<double> max;
    std::vector<std::string> values; ///< not empty: the only ones allowed

    /// Why `text` is no value of this key, or empty.
    std::string faultOf(std::string_view text) const;
};

/// The keys that the host or a plugin understands. A value.
///
/// Its text is properties: for a key `greeting`, `greeting.type` (text, int, real, bool, path, duration_ms), and where
/// they apply `.default`, `.min`, `.max`, `.values` (a list with commas), `.required`, `.secret`. The comment above the
/// first of them is the key's help.
class ConfigSchema
{
public:
    /// What is wrong with the text is added to `errors`, whose file is `origin`.
    static ConfigSchema parse(std::string_view text, const std::string& origin, ConfigErrors& errors);

    const KeySpec* find(std::string_view name) const;
    const std::vector<KeySpec>& keys() const noexcept { return _keys; }
    std::vector<std::string> names() const;

private:
    KeySpec& at(std::string_view name);

    std::vector<KeySpec> _keys;
};

std::optional<std::int64_t> parseInt(std::string_view text);
std::optional<double> parseReal(std::string_view text);
/// true, on, yes, 1; false, off, no, 0.
std::optional<bool> parseBool(std::string_view text);
/// The parts of a list with commas, trimmed, without empty ones.
std::vector<std::string> parseList(std::string_view text);

} // namespace zoco::host
