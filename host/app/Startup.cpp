#include "Startup.h"

#include "Version.h"

#include <unistd.h>

#include <iostream>
#include <string_view>

namespace zoco::host
{

std::string_view version() noexcept { return kVersion; }

ConfigInput configInput(const CommandLine& line)
{
    ConfigInput out{line.configFile, line.defines, {}, line.operatorFolder};
    for (char** variable = environ; *variable != nullptr; ++variable)
    {
        const std::string_view text(*variable);
        const auto equals = text.find('=');
        if (text.starts_with("ZOCO_") && equals != std::string_view::npos)
            out.environment.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
    return out;
}

std::optional<Configuration> readConfiguration(const CommandLine& line)
{
    ConfigErrors errors;
    auto out = Configuration::read(configInput(line), Paths::ofThisProgram(), errors);
    std::vector<std::string> texts;
    for (const auto& error : errors) texts.push_back(error.text());
    printErrors(texts);
    if (!errors.empty()) return std::nullopt;
    return out;
}

void printErrors(const std::vector<std::string>& errors)
{
    for (const auto& error : errors) std::cerr << "zoco: " << error << '\n';
}

} // namespace zoco::host
