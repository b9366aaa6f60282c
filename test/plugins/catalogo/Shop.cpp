#include "Shop.h"

#include <filesystem>
#include <stdexcept>

namespace catalogo::test
{

namespace
{

std::string joined(const std::vector<std::string>& lines)
{
    std::string out;
    for (const auto& line : lines) out += line + '\n';
    return out;
}

} // namespace

Shop::Shop(const std::string& folder, const Settings& settings, const std::string& url)
    : _logFile(folder + "/log"),
      _log(_logFile, zoco::LogLevel::Info),
      _events(_timers, _log.source("host.events")),
      _manager({.filesRoot = folder + "/files"}, _services, _events, _keys, _metrics, _timers, _log)
{
    std::vector<zoco::host::PluginToRun> plugins;
    plugins.push_back(load("catalogo", folder, settings));
    plugins.push_back(load("gestorbbdd", folder, url.empty() ? Settings{} : Settings{{"url", url}}));
    std::vector<std::string> errors;
    if (!_manager.start(std::move(plugins), errors)) throw std::runtime_error(joined(errors));
    _routes = _manager.routes();
    for (const auto& r : _routes)
    {
        zoco_route raw{};
        raw.struct_size = sizeof raw;
        raw.auth = r.auth;
        raw.method = r.method.c_str();
        raw.pattern = r.pattern.text.c_str();
        raw.handler = r.handler;
        raw.ctx = r.context;
        _http.raw()->route(_http.raw()->self, &raw);
    }
    for (const auto& c : _manager.commands())
    {
        const zoco_command raw{sizeof raw, c.name.c_str(), "", "", c.run, c.context};
        _commands.raw()->add(_commands.raw()->self, &raw);
    }
}

Shop::~Shop() { _manager.stop(); }

zoco::host::PluginToRun Shop::load(const std::string& id, const std::string& folder, const Settings& settings)
{
    const auto code = folder + "/code";
    std::filesystem::create_directories(code);
    auto library = zoco::host::PluginLibrary::open(ZOCO_BUILD_DIR "/plugins/" + id + ".so", code);
    if (!library) throw std::runtime_error(library.problem().detail);
    zoco::host::ConfigErrors errors;
    const auto schema = zoco::host::ConfigSchema::parse(library->configSchema, id, errors);
    std::vector<zoco::host::Property> properties;
    for (const auto& [key, value] : settings) properties.push_back({key, value, {"test", 1}, {}});
    auto config = zoco::host::Config::build(schema, properties, "", errors);
    if (!errors.empty()) throw std::runtime_error("the settings of " + id + " are wrong");
    return {std::move(*library), std::move(config)};
}

zoco::testing::FakeCall& Shop::write(const std::string& method, const std::string& path, const std::string& body)
{
    return send({.method = method, .path = path, .body = body, .headers = {{"Content-Type", "application/json"}}});
}

rapidjson::Document Shop::get(const std::string& path)
{
    auto& call = send({.path = path});
    if (call.status() != 200) throw std::runtime_error(path + " answered " + std::to_string(call.status()));
    rapidjson::Document out;
    out.Parse(call.body().data(), call.body().size());
    if (out.HasParseError()) throw std::runtime_error(path + " answered no JSON");
    return out;
}

zoco::testing::CommandResult Shop::import(const std::vector<std::string>& args, const std::string& folder,
                                          bool isCancelled)
{
    return _commands.run("import productos", args, folder, isCancelled);
}

} // namespace catalogo::test
