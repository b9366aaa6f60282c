#include "support/HostProcess.h"

#include "support/Eventually.h"

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>

namespace zoco::test
{

HostProcess::HostProcess() : HostProcess(HostOptions{}) {}

HostProcess::HostProcess(const HostOptions& options)
    : _dataDir(options.dataDir.empty() ? _folder.path("data") : options.dataDir)
{
    auto argv = options.launcher;
    argv.insert(argv.end(), {binary(options.buildDir), "serve", "--ready-file", _folder.path("ready")});
    if (!options.configFile.empty()) argv.insert(argv.end(), {"-c", options.configFile});
    const std::vector<std::pair<std::string, std::string>> ours{
        {"host.listen", "127.0.0.1:0"},
        {"host.admin_listen", ""},
        {"data.dir", _dataDir},
        {"plugins.default", "gestorbbdd, catalogo"}}; // who tests others switches them on
    for (const auto* defines : {&ours, &options.defines})
        for (const auto& [key, value] : *defines) argv.insert(argv.end(), {"-D", key + "=" + value});
    _process.emplace(argv, ChildProcess::Options{options.environment, _folder.path()});
    awaitReady(options.startDeadline);
}

std::string HostProcess::binary(const std::string& buildDir)
{
    return (buildDir.empty() ? std::string(ZOCO_BUILD_DIR) : buildDir) + "/bin/zoco";
}

void HostProcess::awaitReady(std::chrono::milliseconds deadline)
{
    std::string line;
    bool isGone = false;
    const auto hasLine = [&]
    {
        isGone = !_process->isRunning();
        if (std::filesystem::exists(_folder.path("ready"))) line = _folder.read("ready");
        return line.ends_with('\n');
    };
    const bool isReady = eventually([&] { return hasLine() || isGone; }, deadline) && line.ends_with('\n');
    const auto colon = line.rfind(':');
    if (!isReady || colon == std::string::npos)
        throw std::runtime_error(std::string("the host ") + (isGone ? "ended" : "was not ready in time") +
                                 "; it wrote:\n" + _process->out() + _process->error());
    line.pop_back();
    _url = line;
    _port = static_cast<std::uint16_t>(std::atoi(line.c_str() + colon + 1));
}

std::optional<ExitStatus> HostProcess::stop(std::chrono::milliseconds deadline)
{
    _process->signal(SIGTERM);
    return _process->wait(deadline);
}

void HostProcess::kill()
{
    _process->signal(SIGKILL);
    (void)_process->wait(std::chrono::minutes(1));
}

} // namespace zoco::test
