#pragma once

#include "integration/Examples.h"
#include "support/Eventually.h"

#include <sys/types.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <sstream>
#include <string>

namespace zoco::test
{

/// The same options with these plugins in processes of their own.
inline HostOptions inProcesses(HostOptions options, std::initializer_list<const char*> ids)
{
    for (const auto* id : ids) options.defines.emplace_back("plugins." + std::string(id) + ".placement", "process");
    // A process is to die of its signal also where a sanitizer would end it with a report.
    for (const auto* sanitizer : {"ASAN_OPTIONS", "TSAN_OPTIONS"})
        options.environment.push_back(std::string(sanitizer) + "=handle_segv=0:handle_abort=0");
    return options;
}

inline std::string readProc(const std::filesystem::path& path)
{
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf(); // a process that has ended meanwhile reads as nothing
    return out.str();
}

/// What proc(5) says of a process or thread behind its name, from the state on, by its folder in /proc. Empty: it is
/// gone.
inline std::string statusIn(const std::filesystem::path& folder)
{
    const auto stat = readProc(folder / "stat");
    const auto close = stat.rfind(')');
    return close == std::string::npos || close + 4 > stat.size() ? std::string() : stat.substr(close + 2);
}

/// Stops a process; returns when none of its threads runs, or after a while with false.
inline bool freeze(pid_t process)
{
    ::kill(process, SIGSTOP);
    const auto areStill = [&]
    {
        std::error_code none;
        for (const auto& thread :
             std::filesystem::directory_iterator("/proc/" + std::to_string(process) + "/task", none))
            if (!statusIn(thread.path()).starts_with('T')) return false;
        return true;
    };
    return eventually(areStill);
}

/// The process of a plugin, seen from outside: the child of `host` whose command line ends with the id. 0: none now.
inline pid_t processOf(pid_t host, const std::string& plugin)
{
    const auto wanted = "plugin-host" + std::string(1, '\0') + plugin + std::string(1, '\0');
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator("/proc", none))
    {
        const auto name = entry.path().filename().string();
        if (name.find_first_not_of("0123456789") != std::string::npos) continue;
        const auto status = statusIn(entry.path());
        if (status.empty() || status.front() == 'Z') continue;
        if (std::atoi(status.c_str() + 1) == host && readProc(entry.path() / "cmdline").ends_with(wanted))
            return std::atoi(name.c_str());
    }
    return 0;
}

} // namespace zoco::test
