#include "Properties.h"

#include "core/Utf8.h"

#include <map>
#include <utility>

namespace zoco::host
{

namespace
{

constexpr std::string_view kKeyCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";

std::string_view nextLine(std::string_view& rest)
{
    const auto end = std::min(rest.find('\n'), rest.size());
    auto line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return trim(line);
}

/// What is wrong with a line that should be `key = value`, or empty.
std::string faultOf(std::string_view line, std::string_view key)
{
    if (line.find('=') == std::string_view::npos) return "expected 'key = value'";
    if (key.empty()) return "the key is missing before '='";
    if (key.find_first_not_of(kKeyCharacters) != std::string_view::npos)
        return "a key has only letters, digits, '.', '_' and '-'";
    return {};
}

} // namespace

std::string Origin::text() const { return line > 0 ? file + ":" + std::to_string(line) : file; }

std::string ConfigError::text() const
{
    std::string out = origin.text();
    if (!out.empty()) out += ": ";
    if (!key.empty()) out += key + ": ";
    return out + what;
}

std::string_view trim(std::string_view text) noexcept
{
    constexpr std::string_view kBlank = " \t\r\n";
    const auto first = text.find_first_not_of(kBlank);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

std::vector<Property> parseProperties(std::string_view text, const std::string& file, ConfigErrors& errors)
{
    std::vector<Property> out;
    std::map<std::string, int, std::less<>> seen;
    std::string scratch;
    std::string comment;
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    for (int number = 1; !text.empty(); ++number)
    {
        const auto line = nextLine(text);
        const Origin origin{file, number};
        if (line.starts_with('#'))
        {
            if (!comment.empty()) comment += '\n';
            comment += trim(line.substr(1));
            continue;
        }
        const auto above = std::exchange(comment, {});
        if (line.empty()) continue;
        const auto equals = std::min(line.find('='), line.size());
        const auto key = trim(line.substr(0, equals));
        if (const auto fault = faultOf(line, key); !fault.empty())
        {
            errors.push_back({origin, "", fault});
            continue;
        }
        const auto value = trim(line.substr(equals + 1));
        if (validUtf8(value, scratch).data() != value.data())
        {
            errors.push_back({origin, std::string(key), "the value is not UTF-8"});
            continue;
        }
        const auto [first, isNew] = seen.emplace(key, number);
        if (!isNew)
        {
            errors.push_back({origin, std::string(key),
                              "set twice; it was set in line " + std::to_string(first->second) + " already"});
            continue;
        }
        out.push_back({std::string(key), std::string(value), origin, above});
    }
    return out;
}

} // namespace zoco::host
