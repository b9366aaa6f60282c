#include "OutputTrap.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <iostream>
#include <system_error>

namespace zoco::host::trial
{

OutputTrap::OutputTrap() : _fd(::memfd_create("output", 0))
{
    if (_fd < 0 || ::dup2(_fd, STDOUT_FILENO) < 0 || ::dup2(_fd, STDERR_FILENO) < 0)
        throw std::system_error(errno, std::generic_category(), "a file in memory");
}

std::string OutputTrap::firstLine() const
{
    std::cout.flush();
    std::fflush(nullptr);
    char buffer[120];
    const auto size = ::pread(_fd, buffer, sizeof buffer, 0);
    if (size <= 0) return {};
    const std::string text(buffer, static_cast<std::size_t>(size));
    return text.substr(0, text.find('\n'));
}

} // namespace zoco::host::trial
