#include "OutputLogger.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cstdint>
#include <utility>

namespace zoco::host
{

namespace
{
constexpr std::size_t kLine = 2048; ///< bytes of a record at most
}

OutputLogger::OutputLogger(int pipe, LogSource log)
    : _pipe(pipe), _log(std::move(log)), _end(::eventfd(0, EFD_CLOEXEC)), _thread([this] { work(); })
{
}

OutputLogger::~OutputLogger() { (void)finish(); }

std::string OutputLogger::finish()
{
    if (!_thread.joinable()) return _last;
    const std::uint64_t one = 1;
    (void)!::write(_end.get(), &one, sizeof one);
    _thread.join();
    return _last;
}

void OutputLogger::work()
{
    for (bool isOpen = true;;)
    {
        pollfd fds[] = {{_end.get(), POLLIN, 0}, {isOpen ? _pipe : -1, POLLIN, 0}};
        (void)::poll(fds, 2, -1);
        isOpen = isOpen && (fds[1].revents == 0 || take());
        if (fds[0].revents == 0) continue;
        if (isOpen) (void)take();
        if (!_partial.empty()) write();
        return;
    }
}

/// At most a pipe's content in one go, so that a flood does not keep the end from being seen. False at the end.
bool OutputLogger::take()
{
    char buffer[4096];
    for (int round = 0; round < 16; ++round)
    {
        const auto n = ::read(_pipe, buffer, sizeof buffer);
        if (n == 0) return false;
        if (n < 0) return true;
        for (const char c : std::string_view(buffer, static_cast<std::size_t>(n)))
        {
            if (c != '\n') _partial += c;
            if ((c != '\n' && _partial.size() < kLine) || _partial.empty()) continue;
            write();
        }
    }
    return true;
}

void OutputLogger::write()
{
    _log.warning("plugin output", {{"line", _partial}});
    _last = std::exchange(_partial, {});
}

} // namespace zoco::host
