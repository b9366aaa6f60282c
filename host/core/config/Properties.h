#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace zoco::host
{

/// Where a setting was written: a file and its line, or "ZOCO_…" or "-D" with line 0. A value.
struct Origin
{
    std::string file;
    int line = 0;

    /// "etc/zoco.properties:12", or the file alone when there is no line.
    std::string text() const;
};

/// A fault of the configuration, as the operator reads it.
struct ConfigError
{
    Origin origin;
    std::string key;
    std::string what;

    /// "file:line: key: what"
    std::string text() const;
};

using ConfigErrors = std::vector<ConfigError>;

/// One `key = value` line.
struct Property
{
    std::string key;
    std::string value;
    Origin origin;
    std::string comment; ///< the comment lines right above it, without '#', joined by '\n'
};

/// Reads properties text: `key = value` lines, comment lines starting with '#', empty lines. UTF-8, no escapes, no
/// continuation lines. What is wrong is added to `errors`; the rest is still returned.
std::vector<Property> parseProperties(std::string_view text, const std::string& file, ConfigErrors& errors);

/// Without white space at both ends.
std::string_view trim(std::string_view text) noexcept;

} // namespace zoco::host
