#include "HostHarness.h"

#include "core/config/ConfigSchema.h"

namespace zoco::host::test
{

HostHarness::HostHarness(std::chrono::milliseconds startTimeout)
    : pipeline({}, AccessLog(nullptr), logger, nullptr, timers, metrics),
      manager({startTimeout, std::chrono::seconds(20), folder.path("files"), 2, 64}, services, events, keys, metrics,
              timers, logger)
{
}

HostHarness::~HostHarness() { manager.stop(); }

std::string HostHarness::fixture(const std::string& name) { return ZOCO_BUILD_DIR "/test/fixtures/" + name + ".so"; }

std::string HostHarness::plugin(const std::string& id) { return ZOCO_BUILD_DIR "/plugins/" + id + ".so"; }

std::string HostHarness::refusal(const std::string& path) const
{
    const auto library = PluginLibrary::open(path, folder.path("code"));
    return library.ok() ? std::string() : library.problem().detail;
}

bool HostHarness::start(const std::vector<std::string>& paths)
{
    std::vector<PluginToRun> plugins;
    for (const auto& path : paths)
    {
        auto library = PluginLibrary::open(path, folder.path("code"));
        if (!library.ok())
        {
            errors.push_back(library.problem().detail);
            return false;
        }
        ConfigErrors faults;
        const auto schema = ConfigSchema::parse(library->configSchema, path, faults);
        auto config = Config::build(schema, {}, "plugins." + library->identity.id + ".", faults);
        for (const auto& fault : faults) errors.push_back(fault.text());
        plugins.push_back({std::move(*library), std::move(config)});
    }
    if (!errors.empty() || !manager.start(std::move(plugins), errors)) return false;

    std::vector<RouteConflict> conflicts;
    auto table = RouteTable::build(manager.routes(), conflicts);
    for (const auto& c : conflicts) errors.push_back(c.method + " is claimed twice: " + c.first + ", " + c.second);
    if (!conflicts.empty()) return false;
    pipeline.setRoutes(std::move(table));
    return true;
}

std::unique_ptr<FakeExchange> HostHarness::ask(const std::string& target)
{
    auto exchange = std::make_unique<FakeExchange>("GET", target);
    pipeline.onRequest(*exchange);
    (void)exchange->response();
    return exchange;
}

std::string HostHarness::errorText() const
{
    std::string out;
    for (const auto& e : errors) out += e + "\n";
    return out;
}

std::string HostHarness::log()
{
    logFile.flush();
    return folder.read("log");
}

} // namespace zoco::host::test
