#pragma once

#include "integration/Certificates.h"
#include "support/Eventually.h"
#include "support/HostProcess.h"

#include <csignal>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace zoco::test
{

/// The real `zoco node`, on 127.0.0.1 and with a data folder of its own, showing the certificate `name`. The
/// constructor returns when it is ready. Killed with the object.
class NodeProcess
{
public:
    /// `trusted` issued the gateways' certificates. `port` 0: any free one.
    NodeProcess(const Certificates& own, const std::string& name, const Certificates& trusted,
                const std::vector<std::string>& plugins, std::uint16_t port = 0)
    {
        std::vector<std::string> argv{HostProcess::binary(), "node", "--ready-file", _folder.path("ready")};
        const auto define = [&](const std::string& text) { argv.insert(argv.end(), {"-D", text}); };
        define("node.listen=127.0.0.1:" + std::to_string(port));
        define("node.certificate=" + own.certificate(name));
        define("node.key=" + own.key(name));
        define("node.ca=" + trusted.ca());
        define("data.dir=" + _folder.path("data"));
        define("plugins.default=");
        for (const auto& plugin : plugins) define("plugins." + plugin + ".enabled=true");
        define("plugins.hostile.library=" ZOCO_BUILD_DIR "/test/fixtures/hostile.so");
        define("plugins.recadero.library=" ZOCO_BUILD_DIR "/test/fixtures/errands.so");
        define("plugins.cofre.library=" ZOCO_BUILD_DIR "/test/fixtures/cofre.so");
        _process.emplace(argv, ChildProcess::Options{{}, _folder.path()});
        const auto isReady = [&] { return std::filesystem::exists(_folder.path("ready")) || !_process->isRunning(); };
        if (!eventually(isReady) || !std::filesystem::exists(_folder.path("ready")))
            throw std::runtime_error("the node is not ready; it wrote:\n" + _process->error());
        const auto line = _folder.read("ready");
        _port = static_cast<std::uint16_t>(std::stoi(line.substr(line.rfind(':') + 1)));
    }

    std::uint16_t port() const noexcept { return _port; }
    std::string address() const { return "127.0.0.1:" + std::to_string(_port); }
    pid_t pid() const noexcept { return _process->pid(); }
    std::string log() const { return _process->error(); }
    bool isRunning() { return _process->isRunning(); }

    void kill()
    {
        _process->signal(SIGKILL);
        (void)_process->wait(std::chrono::minutes(1));
    }
    std::optional<ExitStatus> stop()
    {
        _process->signal(SIGTERM);
        return _process->wait(std::chrono::seconds(30));
    }

private:
    TempFolder _folder;
    std::uint16_t _port = 0;
    std::optional<ChildProcess> _process;
};

} // namespace zoco::test
