#pragma once

#include "host/pipeline/FakeExchange.h"

#include "core/AsyncFile.h"
#include "pipeline/Pipeline.h"
#include "plugins/PluginManager.h"
#include "support/TempFolder.h"

#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

namespace zoco::host::test
{

/// The host without a transport: opens plugin files, runs them and sends them requests through the real pipeline.
class HostHarness
{
public:
    explicit HostHarness(std::chrono::milliseconds startTimeout = std::chrono::seconds(20));
    ~HostHarness();

    /// Path of a built fixture, such as "wrong_magic".
    static std::string fixture(const std::string& name);
    /// Path of a built example or plugin, such as "hola".
    static std::string plugin(const std::string& id);

    /// Opens a library as the host does; the reason when it is refused.
    std::string refusal(const std::string& path) const;

    /// Opens, initialises and starts; false with `errors` when something fails.
    bool start(const std::vector<std::string>& paths);
    void stop() { manager.stop(); }

    /// Sends a request and waits for the answer.
    std::unique_ptr<FakeExchange> ask(const std::string& target);

    /// All errors so far, one per line.
    std::string errorText() const;
    /// Everything that was logged.
    std::string log();

    zoco::test::TempFolder folder;
    AsyncFile logFile{folder.path("log")};
    Log logger{logFile, LogLevel::Debug};
    ServiceRegistry services;
    TimerQueue timers;
    Metrics metrics;
    EventBus events{timers, logger.source("host.events")};
    KeyRing keys{KeySet::fresh()};
    Pipeline pipeline;
    PluginManager manager;
    std::vector<std::string> errors;
};

} // namespace zoco::host::test
