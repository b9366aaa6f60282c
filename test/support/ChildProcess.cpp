#include "support/ChildProcess.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <system_error>
#include <utility>

namespace zoco::test
{

namespace
{

void check(int error, const char* what)
{
    if (error != 0) throw std::system_error(error, std::generic_category(), what);
}

struct Pipe
{
    Pipe() { check(::pipe2(ends, O_CLOEXEC) == 0 ? 0 : errno, "pipe2"); }
    ~Pipe()
    {
        for (const int fd : ends)
            if (fd >= 0) ::close(fd);
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;

    int take(int end) { return std::exchange(ends[end], -1); }

    int ends[2];
};

/// A variable that is added takes the place of ours of the same name.
std::vector<std::string> environmentOf(const std::vector<std::string>& added)
{
    const auto isReplaced = [&](const std::string& variable)
    {
        const auto name = variable.substr(0, variable.find('=') + 1);
        return std::any_of(added.begin(), added.end(), [&](const auto& a) { return a.starts_with(name); });
    };
    std::vector<std::string> out;
    for (char** at = environ; *at != nullptr; ++at)
        if (std::strncmp(*at, "ZOCO_", 5) != 0 && !isReplaced(*at)) out.emplace_back(*at);
    out.insert(out.end(), added.begin(), added.end());
    return out;
}

std::vector<char*> pointers(std::vector<std::string>& texts)
{
    std::vector<char*> out;
    for (auto& text : texts) out.push_back(text.data());
    out.push_back(nullptr);
    return out;
}

/// No signal blocked, none ignored: what a test program has set up for itself is not handed down.
void resetSignals(posix_spawnattr_t& attributes)
{
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
}

} // namespace

ChildProcess::ChildProcess(const std::vector<std::string>& argv) : ChildProcess(argv, Options{}) {}

ChildProcess::ChildProcess(const std::vector<std::string>& argv, const Options& options)
{
    auto words = argv;
    auto variables = environmentOf(options.environment);
    Pipe in;
    Pipe out;
    Pipe error;
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_adddup2(&actions, in.ends[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out.ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, error.ends[1], STDERR_FILENO);
    if (!options.folder.empty()) posix_spawn_file_actions_addchdir_np(&actions, options.folder.c_str());
    resetSignals(attributes);
    const int failed = ::posix_spawnp(&_pid, words[0].c_str(), &actions, &attributes, pointers(words).data(),
                                      pointers(variables).data());
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    check(failed, words[0].c_str());

    _pidFd = static_cast<int>(::syscall(SYS_pidfd_open, _pid, 0));
    _input = in.take(1);
    _outputs[0] = out.take(0);
    _outputs[1] = error.take(0);
    _collector = std::thread([this] { collect(); });
}

ChildProcess::~ChildProcess()
{
    signal(SIGKILL);
    (void)wait(std::chrono::minutes(1));
    closeInput();
    for (const int fd : {_outputs[0], _outputs[1], _pidFd}) ::close(fd);
}

void ChildProcess::signal(int number)
{
    if (!_ended) ::kill(_pid, number);
}

std::optional<ExitStatus> ChildProcess::wait(std::chrono::milliseconds deadline)
{
    if (_ended) return _ended;
    pollfd end{_pidFd, POLLIN, 0};
    if (::poll(&end, 1, static_cast<int>(deadline.count())) != 1) return std::nullopt;
    int status = 0;
    if (::waitpid(_pid, &status, 0) != _pid) return std::nullopt;
    _ended = WIFEXITED(status) ? ExitStatus{WEXITSTATUS(status), 0} : ExitStatus{-1, WTERMSIG(status)};
    _collector.join();
    return _ended;
}

void ChildProcess::write(std::string_view text)
{
    while (!text.empty())
    {
        const auto n = ::write(_input, text.data(), text.size());
        if (n <= 0) return; // it reads no more
        text.remove_prefix(static_cast<std::size_t>(n));
    }
}

void ChildProcess::closeInput()
{
    if (_input >= 0) ::close(std::exchange(_input, -1));
}

std::string ChildProcess::out() const
{
    const std::lock_guard lock(_mutex);
    return _texts[0];
}

std::string ChildProcess::error() const
{
    const std::lock_guard lock(_mutex);
    return _texts[1];
}

/// Until both pipes are closed, or the process has ended and they are empty: a grandchild may keep them open.
void ChildProcess::collect()
{
    pollfd fds[3] = {{_outputs[0], POLLIN, 0}, {_outputs[1], POLLIN, 0}, {_pidFd, POLLIN, 0}};
    while (fds[0].fd >= 0 || fds[1].fd >= 0)
    {
        if (::poll(fds, 3, -1) < 0) continue;
        bool isSilent = true;
        for (int i = 0; i < 2; ++i)
        {
            if (fds[i].fd < 0 || fds[i].revents == 0) continue;
            isSilent = false;
            char buffer[16384];
            const auto n = ::read(fds[i].fd, buffer, sizeof buffer);
            if (n <= 0) fds[i].fd = -1;
            const std::lock_guard lock(_mutex);
            if (n > 0) _texts[i].append(buffer, static_cast<std::size_t>(n));
        }
        if (isSilent && fds[2].revents != 0) return;
    }
}

ProcessResult runProcess(const std::vector<std::string>& argv, const ChildProcess::Options& options,
                         std::string_view input, std::chrono::milliseconds deadline)
{
    ChildProcess child(argv, options);
    child.write(input);
    child.closeInput();
    ProcessResult out;
    auto status = child.wait(deadline);
    out.isTimedOut = !status;
    if (!status)
    {
        child.signal(SIGKILL);
        status = child.wait(std::chrono::minutes(1));
    }
    out.status = status.value_or(ExitStatus{});
    out.out = child.out();
    out.error = child.error();
    return out;
}

} // namespace zoco::test
