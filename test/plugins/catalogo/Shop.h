#pragma once

#include "core/AsyncFile.h"
#include "core/Log.h"
#include "core/TimerQueue.h"
#include "plugins/PluginManager.h"
#include "services/ServiceRegistry.h"
#include "zoco/testing/FakeCommands.h"
#include "zoco/testing/FakeHttp.h"

#include <rapidjson/document.h>
#include <string>
#include <utility>
#include <vector>

namespace catalogo::test
{

/// The real plugins `gestorbbdd` and `catalogo`, loaded and started as the host does, without its network: requests and
/// commands come from the test. Data lie below `folder` and stay there, so that another Shop can go on with them.
class Shop
{
public:
    using Settings = std::vector<std::pair<std::string, std::string>>;

    /// Throws std::runtime_error when a plugin does not start. `settings`: of catalogo; `url`: of gestorbbdd, empty for
    /// its own.
    explicit Shop(const std::string& folder, const Settings& settings = {}, const std::string& url = {});
    ~Shop();

    zoco::testing::FakeCall& send(zoco::testing::FakeRequest request) { return _http.send(std::move(request)); }
    /// Sends a JSON body.
    zoco::testing::FakeCall& write(const std::string& method, const std::string& path, const std::string& body);
    /// The answer of a GET, which must be 200.
    rapidjson::Document get(const std::string& path);
    zoco::testing::CommandResult import(const std::vector<std::string>& args, const std::string& folder,
                                        bool isCancelled = false);
    std::int64_t total() { return get("/Catalogo/productos")["total"].GetInt64(); }
    const std::vector<zoco::host::Route>& routes() const noexcept { return _routes; }

private:
    zoco::host::PluginToRun load(const std::string& id, const std::string& folder, const Settings& settings);

    zoco::host::AsyncFile _logFile;
    zoco::host::Log _log;
    zoco::host::TimerQueue _timers;
    zoco::host::ServiceRegistry _services;
    zoco::host::Metrics _metrics;
    zoco::host::EventBus _events;
    zoco::host::KeyRing _keys{zoco::host::KeySet::fresh()};
    zoco::host::PluginManager _manager;
    std::vector<zoco::host::Route> _routes;
    zoco::testing::FakeHttp _http;
    zoco::testing::FakeCommands _commands;
};

} // namespace catalogo::test
