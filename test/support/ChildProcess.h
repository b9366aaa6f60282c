#pragma once

#include <sys/types.h>

#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace zoco::test
{

/// How a process ended.
struct ExitStatus
{
    int code = -1;  ///< what it returned; -1: a signal ended it
    int signal = 0; ///< that signal
};

/// A program that we started: collects what it writes, and is killed and reaped with the object. Its environment is
/// ours without the ZOCO_ variables, so that a test does not depend on the tester's. Throws std::system_error.
class ChildProcess
{
public:
    struct Options
    {
        std::vector<std::string> environment; ///< "NAME=value", added, or in the place of ours
        std::string folder;                   ///< to start in; empty: ours
    };

    /// `argv[0]` is searched for in PATH when it has no '/'.
    explicit ChildProcess(const std::vector<std::string>& argv);
    ChildProcess(const std::vector<std::string>& argv, const Options& options);
    ~ChildProcess();
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    pid_t pid() const noexcept { return _pid; }
    /// Does nothing once it has ended.
    void signal(int number);
    /// Its end, with all its output collected; nothing when the deadline passes first.
    std::optional<ExitStatus> wait(std::chrono::milliseconds deadline);
    bool isRunning() { return !wait(std::chrono::milliseconds(0)); }

    /// To its standard input.
    void write(std::string_view text);
    void closeInput();

    /// Everything that it has written so far. [any-thread]
    std::string out() const;
    std::string error() const;

private:
    void collect();

    pid_t _pid = -1;
    int _pidFd = -1;
    int _input = -1;
    int _outputs[2] = {-1, -1};
    std::optional<ExitStatus> _ended;
    mutable std::mutex _mutex;
    std::string _texts[2];
    std::thread _collector;
};

/// What a short program came to.
struct ProcessResult
{
    ExitStatus status;
    bool isTimedOut = false; ///< it was killed at the deadline
    std::string out;
    std::string error;
};

/// Runs a program to its end. `input` is its standard input.
ProcessResult runProcess(const std::vector<std::string>& argv, const ChildProcess::Options& options = {},
                         std::string_view input = {}, std::chrono::milliseconds deadline = std::chrono::seconds(60));

} // namespace zoco::test
