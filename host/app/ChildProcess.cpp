#include "ChildProcess.h"

#include "core/Clock.h"
#include "core/UniqueFd.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>

namespace zoco::host
{

namespace
{

[[noreturn]] void runBody(int out, const std::function<std::string()>& body)
{
    const int nowhere = ::open("/dev/null", O_RDWR);
    for (const int standard : {0, 1, 2}) ::dup2(nowhere, standard);
    std::string text;
    try
    {
        text = body();
    }
    catch (...)
    {
        ::_exit(3);
    }
    for (std::size_t done = 0; done < text.size();)
    {
        const auto n = ::write(out, text.data() + done, text.size() - done);
        if (n <= 0) ::_exit(3);
        done += static_cast<std::size_t>(n);
    }
    ::_exit(0); // no destructor of the plugin's run-time may spoil the finding
}

/// Reads until the child closes its end. False when the deadline passed first.
bool readAll(int in, std::int64_t deadlineNs, std::string& out)
{
    char buffer[16 * 1024];
    for (;;)
    {
        const auto leftMs = (deadlineNs - steadyNs()) / 1'000'000;
        if (leftMs <= 0) return false;
        pollfd p{in, POLLIN, 0};
        if (::poll(&p, 1, static_cast<int>(leftMs)) <= 0) continue;
        const auto n = ::read(in, buffer, sizeof buffer);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return true;
        out.append(buffer, static_cast<std::size_t>(n));
    }
}

std::string faultOf(int status)
{
    if (WIFSIGNALED(status)) return std::string("it crashed (") + ::strsignal(WTERMSIG(status)) + ")";
    if (WIFEXITED(status) && WEXITSTATUS(status) != 0)
        return "it ended the process with status " + std::to_string(WEXITSTATUS(status));
    return {};
}

} // namespace

ChildResult runChild(std::chrono::milliseconds deadline, const std::function<std::string()>& body)
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return {{}, std::strerror(errno)};
    const UniqueFd in(ends[0]);
    UniqueFd out(ends[1]);
    const auto child = ::fork();
    if (child < 0) return {{}, std::strerror(errno)};
    if (child == 0) runBody(out.get(), body);

    out = UniqueFd();
    ChildResult result;
    const bool isEnded = readAll(in.get(), steadyNs() + deadline.count() * 1'000'000, result.output);
    if (!isEnded) ::kill(child, SIGKILL);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR)
    {
    }
    result.fault = isEnded ? faultOf(status) : "it did not finish within " + std::to_string(deadline.count()) + " ms";
    return result;
}

} // namespace zoco::host
