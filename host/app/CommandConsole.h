#pragma once

#include "CommandJobs.h"

#include <string>

namespace zoco::host
{

/// Shows a command's events on this process's terminal: lines, and one progress bar on standard error that is drawn
/// only when somebody watches. One thread.
class CommandConsole
{
public:
    CommandConsole();
    ~CommandConsole();
    CommandConsole(const CommandConsole&) = delete;
    CommandConsole& operator=(const CommandConsole&) = delete;

    void show(const CommandEvent& event);

    /// "[#####.....]  50 % products 2032/4064", at most `columns` wide.
    static std::string bar(const CommandEvent& event, std::size_t columns);

private:
    void clearBar();

    const bool _isTerminal;
    bool _hasBar = false;
};

} // namespace zoco::host
