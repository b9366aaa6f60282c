#include "PluginProcess.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string_view>
#include <system_error>
#include <vector>

namespace zoco::host
{

namespace
{

void check(int error, const char* what)
{
    if (error != 0) throw std::system_error(error, std::generic_category(), what);
}

/// The host's variables, without its own settings: among them are secrets of other plugins.
std::vector<char*> environment()
{
    std::vector<char*> out;
    for (char** variable = environ; *variable != nullptr; ++variable)
        if (!std::string_view(*variable).starts_with("ZOCO_")) out.push_back(*variable);
    out.push_back(nullptr);
    return out;
}

/// What the child's descriptors shall be. The socket goes through a high number, since it may be 0, 1 or 2 here.
class FileActions
{
public:
    FileActions(int socket, int output)
    {
        check(posix_spawn_file_actions_init(&_actions), "posix_spawn");
        check(posix_spawn_file_actions_adddup2(&_actions, output, 1), "posix_spawn");
        check(posix_spawn_file_actions_adddup2(&_actions, output, 2), "posix_spawn");
        check(posix_spawn_file_actions_adddup2(&_actions, socket, PluginProcess::kSocket), "posix_spawn");
        check(posix_spawn_file_actions_addopen(&_actions, 0, "/dev/null", O_RDONLY, 0), "posix_spawn");
        check(posix_spawn_file_actions_addclosefrom_np(&_actions, PluginProcess::kSocket + 1), "posix_spawn");
    }
    ~FileActions() { posix_spawn_file_actions_destroy(&_actions); }
    FileActions(const FileActions&) = delete;
    FileActions& operator=(const FileActions&) = delete;
    const posix_spawn_file_actions_t* get() const noexcept { return &_actions; }

private:
    posix_spawn_file_actions_t _actions;
};

/// A descriptor above those that the child gets, so that none is overwritten before it is used.
UniqueFd high(UniqueFd fd)
{
    UniqueFd out(::fcntl(fd.get(), F_DUPFD_CLOEXEC, 10));
    check(out ? 0 : errno, "fcntl");
    return out;
}

std::string describe(const siginfo_t& end)
{
    if (end.si_code == CLD_EXITED) return "exited with status " + std::to_string(end.si_status);
    return "was killed by signal " + std::to_string(end.si_status) + " (" + ::strsignal(end.si_status) + ")";
}

} // namespace

PluginProcess::PluginProcess(const ProcessSpec& spec, Reaper& reaper) : _reaper(reaper)
{
    int sockets[2];
    check(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets) == 0 ? 0 : errno, "socketpair");
    _socket = UniqueFd(sockets[0]);
    const auto theirs = high(UniqueFd(sockets[1]));
    int pipe[2];
    check(::pipe2(pipe, O_CLOEXEC) == 0 ? 0 : errno, "pipe");
    _output = UniqueFd(pipe[0]);
    const auto output = high(UniqueFd(pipe[1]));
    ::fcntl(_output.get(), F_SETFL, O_NONBLOCK);

    const FileActions actions(theirs.get(), output.get());
    std::string name = "zoco";
    std::vector<std::string> words{spec.command, spec.id};
    words.insert(words.end(), spec.arguments.begin(), spec.arguments.end());
    std::vector<char*> argv{name.data()};
    for (auto& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    check(::posix_spawn(&_pid, spec.program.c_str(), actions.get(), nullptr, argv.data(), environment().data()),
          "a process for a plugin");
}

PluginProcess::~PluginProcess()
{
    if (_isLeft) return;
    kill();
    leave();
}

void PluginProcess::kill() noexcept { ::kill(_pid, SIGKILL); }

/// It stays on the system's list: its number is still its own.
std::string PluginProcess::awaitEnd(std::chrono::milliseconds patience)
{
    const UniqueFd handle(static_cast<int>(::syscall(SYS_pidfd_open, _pid, 0)));
    pollfd end{handle.get(), POLLIN, 0};
    (void)::poll(&end, 1, static_cast<int>(patience.count()));
    kill();
    siginfo_t how{};
    while (::waitid(P_PID, static_cast<id_t>(_pid), &how, WEXITED | WNOWAIT) < 0 && errno == EINTR)
    {
    }
    return describe(how);
}

void PluginProcess::leave()
{
    _isLeft = true;
    _reaper.take(_pid);
}

} // namespace zoco::host
