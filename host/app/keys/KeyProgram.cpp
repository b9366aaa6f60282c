#include "KeyProgram.h"

#include "core/Clock.h"
#include "core/UniqueFd.h"
#include "core/keys/SecretKey.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <string_view>
#include <vector>

namespace zoco::host
{

namespace
{

constexpr std::size_t kMost = 64 * 1024;

/// A process group of its own, so that all of it can be ended. 0: not made, and errno says why.
pid_t spawn(const std::string& command, int output)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t none;
    ::sigemptyset(&none);
    ::posix_spawn_file_actions_init(&files);
    ::posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_adddup2(&files, output, STDOUT_FILENO);
    ::posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    ::posix_spawnattr_init(&attributes);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
    ::posix_spawnattr_setsigmask(&attributes, &none);
    ::posix_spawnattr_setpgroup(&attributes, 0);
    std::vector<char*> environment;
    for (char** variable = environ; *variable != nullptr; ++variable)
        if (!std::string_view(*variable).starts_with("ZOCO_")) environment.push_back(*variable);
    environment.push_back(nullptr);
    std::string shell = "/bin/sh", option = "-c", text = command;
    char* const arguments[] = {shell.data(), option.data(), text.data(), nullptr};
    pid_t out = 0;
    errno = ::posix_spawn(&out, shell.c_str(), &files, &attributes, arguments, environment.data());
    const int error = errno;
    ::posix_spawnattr_destroy(&attributes);
    ::posix_spawn_file_actions_destroy(&files);
    errno = error;
    return error == 0 ? out : 0;
}

/// Reads to the end; false when it is late or too much, with the fault.
bool readAll(int fd, std::int64_t untilNs, std::string& out, std::string& fault)
{
    out.reserve(kMost + 1); // no copies are left behind
    for (;;)
    {
        pollfd waiting{fd, POLLIN, 0};
        const auto left = (untilNs - steadyNs()) / 1'000'000;
        if (left <= 0) fault = "it did not end in time";
        if (left <= 0) return false;
        if (::poll(&waiting, 1, static_cast<int>(left)) <= 0) continue;
        char part[4096];
        const auto size = ::read(fd, part, sizeof part);
        if (size > 0) out.append(part, static_cast<std::size_t>(size));
        std::memset(part, 0, sizeof part);
        if (size == 0) return true;
        if (size < 0 && errno != EINTR) fault = std::strerror(errno);
        if (out.size() > kMost) fault = "it wrote more than 64 KiB";
        if (!fault.empty()) return false;
    }
}

/// Its exit status as of waitpid; false when it does not end.
bool awaitEnd(pid_t pid, std::int64_t untilNs, int& status)
{
    for (;;)
    {
        const auto ended = ::waitpid(pid, &status, WNOHANG);
        if (ended == pid) return true;
        if (steadyNs() >= untilNs) return false;
        ::poll(nullptr, 0, 5);
    }
}

} // namespace

bool runKeyProgram(const std::string& command, std::string& output, std::string& fault,
                   std::chrono::milliseconds patience)
{
    output.clear();
    fault.clear();
    const auto until = steadyNs() + patience.count() * 1'000'000;
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
    {
        fault = std::strerror(errno);
        return false;
    }
    const UniqueFd in(ends[0]);
    UniqueFd out(ends[1]);
    const auto pid = spawn(command, out.get());
    out = UniqueFd();
    if (pid == 0)
    {
        fault = std::string("it cannot be started: ") + std::strerror(errno);
        return false;
    }
    int status = 0;
    bool isGood = readAll(in.get(), until, output, fault);
    if (!isGood || !awaitEnd(pid, until, status))
    {
        if (isGood) fault = "it did not end in time";
        isGood = false;
        ::kill(-pid, SIGKILL);
        ::waitpid(pid, &status, 0);
    }
    else if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
    {
        fault = WIFEXITED(status) ? "it ended with status " + std::to_string(WEXITSTATUS(status))
                                  : "it was ended by signal " + std::to_string(WTERMSIG(status));
        isGood = false;
    }
    if (!isGood) wipe(output);
    return isGood;
}

} // namespace zoco::host
