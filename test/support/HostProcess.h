#pragma once

#include "support/ChildProcess.h"
#include "support/TempFolder.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace zoco::test
{

struct HostOptions
{
    std::vector<std::pair<std::string, std::string>> defines; ///< -D key=value; they win over the ones set here
    std::string configFile;                                   ///< -c; empty: none
    std::string dataDir; ///< kept afterwards, so that another host can go on with it; empty: one of its own
    std::vector<std::string> launcher;    ///< before its arguments: what starts it
    std::string buildDir;                 ///< whose bin/zoco runs; empty: ZOCO_BUILD_DIR of this test
    std::vector<std::string> environment; ///< "NAME=value", added
    std::chrono::milliseconds startDeadline = std::chrono::seconds(30);
};

/// The real program, serving: on free ports of 127.0.0.1 and below a data folder of its own. The constructor returns
/// when it is ready and throws std::runtime_error, with its log, when it ends or is late. Killed with the object.
class HostProcess
{
public:
    HostProcess();
    explicit HostProcess(const HostOptions& options);

    const std::string& url() const noexcept { return _url; } ///< such as http://127.0.0.1:34567
    std::uint16_t port() const noexcept { return _port; }
    const std::string& dataDir() const noexcept { return _dataDir; }
    std::string socketPath() const { return _dataDir + "/zoco.sock"; }
    pid_t pid() const noexcept { return _process->pid(); }
    bool isRunning() { return _process->isRunning(); }

    /// What it has written to standard error so far: its log, unless `log.file` says otherwise.
    std::string log() const { return _process->error(); }
    std::string out() const { return _process->out(); }
    void signal(int number) { _process->signal(number); }

    /// SIGTERM, and its end; nothing when it does not end in time.
    std::optional<ExitStatus> stop(std::chrono::milliseconds deadline = std::chrono::seconds(30));
    /// SIGKILL, as a crash would look; returns when it is gone.
    void kill();

    /// The program's path, for `runProcess` with other commands.
    static std::string binary(const std::string& buildDir = {});

private:
    void awaitReady(std::chrono::milliseconds deadline);

    TempFolder _folder;
    std::string _dataDir;
    std::string _url;
    std::uint16_t _port = 0;
    std::optional<ChildProcess> _process;
};

} // namespace zoco::test
