#include "CommandConsole.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>

namespace zoco::host
{

namespace
{

std::size_t columnsOfTerminal()
{
    winsize size{};
    if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col < 20) return 80;
    return size.ws_col;
}

} // namespace

CommandConsole::CommandConsole() : _isTerminal(::isatty(STDERR_FILENO) == 1) {}

CommandConsole::~CommandConsole() { clearBar(); }

void CommandConsole::show(const CommandEvent& event)
{
    if (event.kind == CommandEvent::Kind::Progress)
    {
        if (!_isTerminal) return;
        std::cerr << '\r' << bar(event, columnsOfTerminal() - 1) << "\x1b[K" << std::flush;
        _hasBar = true;
        return;
    }
    clearBar();
    (event.kind == CommandEvent::Kind::Error ? std::cerr : std::cout) << event.text << std::endl;
}

std::string CommandConsole::bar(const CommandEvent& event, std::size_t columns)
{
    const auto total = std::max<std::uint64_t>(1, event.total);
    const auto done = std::min(event.done, total);
    auto tail = std::to_string(done * 100 / total) + " % " + event.text + ' ' + std::to_string(event.done) + '/' +
                std::to_string(event.total);
    if (columns < tail.size() + 8) return tail.substr(0, columns);
    const auto width = std::min<std::size_t>(40, columns - tail.size() - 3);
    const auto filled = static_cast<std::size_t>(done * width / total);
    return '[' + std::string(filled, '#') + std::string(width - filled, '.') + "] " + tail;
}

void CommandConsole::clearBar()
{
    if (_hasBar) std::cerr << "\r\x1b[K" << std::flush;
    _hasBar = false;
}

} // namespace zoco::host
