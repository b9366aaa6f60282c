#pragma once

#include <string>
#include <utility>
#include <vector>

namespace zoco::host
{

/// What the operator typed. A value.
struct CommandLine
{
    std::string command;                                      ///< first word that is no option; empty: none
    std::vector<std::string> args;                            ///< what follows the command and is none of our options
    std::string configFile;                                   ///< -c
    std::vector<std::pair<std::string, std::string>> defines; ///< -D key=value, in order
    std::string readyFile;                                    ///< --ready-file
    std::string operatorFolder; ///< ConfigInput::operatorFolder; not typed, but set by a command
    bool wantsHelp = false;
    bool wantsVersion = false;
    std::string error; ///< not empty: wrong usage, and why

    /// Our own options may stand before and after the command; for a command of a plugin, those after it are its own,
    /// except -c and -D.
    static CommandLine parse(const std::vector<std::string>& words);

    static const char* usage() noexcept;
};

} // namespace zoco::host
