#include "SettingValues.h"

#include <cstdint>
#include <fstream>
#include <limits>

namespace zoco::host::trial
{

namespace
{

std::vector<std::string> numbers(const KeySpec& key)
{
    std::vector<std::string> out{"0", "1", "-1", "2", "7", "1000"};
    const bool isInt = key.type == SettingType::Int;
    for (const auto& bound : {key.min, key.max})
        if (bound) out.push_back(isInt ? std::to_string(static_cast<std::int64_t>(*bound)) : std::to_string(*bound));
    if (!isInt) out.insert(out.end(), {"-0.0", "0.5", "1e308", "-1e308", "5e-324"});
    if (isInt)
        for (const auto edge : {std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max(),
                                std::int64_t{std::numeric_limits<std::int32_t>::max()}, std::int64_t{1} << 32})
            out.push_back(std::to_string(edge));
    return out;
}

std::vector<std::string> texts()
{
    return {"",
            "a",
            "  spaces in it ",
            "ñandú 日本語 🧉",
            "%s%n%d",
            "\"quoted\", 'too'",
            "a=b;c,d",
            "null",
            "-1",
            "<b>&amp;</b>",
            "\x01\x7f",
            std::string(64 * 1024, 'x')};
}

std::vector<std::string> paths(const std::string& folder)
{
    const auto empty = folder + "/empty";
    std::ofstream{empty};
    return {folder, folder + "/does/not/exist", empty, folder + "/ñ and spaces", folder + "/" + std::string(300, 'x')};
}

std::vector<std::string> candidates(const KeySpec& key, const std::string& folder)
{
    if (!key.values.empty()) return key.values;
    switch (key.type)
    {
    case SettingType::Int:
    case SettingType::Real:
        return numbers(key);
    case SettingType::Bool:
        return {"true", "false"};
    case SettingType::Path:
        return paths(folder);
    case SettingType::Text:
        return texts();
    }
    return {};
}

} // namespace

std::vector<Property> settingValues(const KeySpec& key, const std::string& folder)
{
    const Origin origin{key.isSecret ? "ZOCO_FUZZ" : "-D", 0}; // a secret comes from the environment
    std::vector<Property> out;
    for (auto& text : candidates(key, folder))
        if (key.faultOf(text).empty()) out.push_back({key.name, std::move(text), origin, {}});
    return out;
}

} // namespace zoco::host::trial
